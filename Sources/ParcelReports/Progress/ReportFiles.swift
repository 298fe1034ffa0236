package import Foundation
package import Geodata

/// A report could not be written.
package struct ReportError: ExplainedError, Hashable {
  package var path: String
  package var reason: String

  package var code: String { "report-not-written" }
  package var message: Message { Messages.notWritten(path: path, reason: reason) }
  package var remedy: Message { Messages.notWrittenRemedy }
  package var outcome: Outcome { .internalError }
}

extension ProgressReport {
  package enum Format: String, CaseIterable, Sendable {
    case html, markdown, csv

    /// The end of a file's name.
    package var suffix: String { self == .markdown ? "md" : rawValue }

    /// Reads `--format`.
    package init?(word: String) {
      guard let format = Self.allCases.first(where: { $0.rawValue == word || $0.suffix == word }) else { return nil }
      self = format
    }
  }

  package func render(_ format: Format) -> String {
    switch format {
    case .html: html
    case .markdown: markdown
    case .csv: csv
    }
  }

  /// Writes `progress-<T>.<suffix>` for each format, each under a temporary name first: a reader sees all of a file or
  /// what was there before.
  ///
  /// - Returns: the files, in the order of `formats`.
  /// - Throws: `ReportError`.
  package func write(to directory: URL, formats: [Format]) throws(ReportError) -> [URL] {
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    } catch {
      throw ReportError(path: directory.path, reason: error.localizedDescription)
    }
    var files: [URL] = []
    for format in formats {
      let file = directory.appending(path: "progress-\(cutOff.asOf).\(format.suffix)")
      try Self.write(render(format), to: file)
      files.append(file)
    }
    return files
  }

  private static func write(_ text: String, to file: URL) throws(ReportError) {
    let temporary = file.deletingLastPathComponent()
      .appending(path: ".\(file.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try Data(text.utf8).write(to: temporary)
    } catch {
      try? FileManager.default.removeItem(at: temporary)
      throw ReportError(path: file.path, reason: error.localizedDescription)
    }
    guard rename(temporary.path, file.path) == 0 else {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(at: temporary)
      throw ReportError(path: file.path, reason: reason)
    }
  }
}
