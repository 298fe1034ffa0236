import Drawing
import Foundation
import Geodata
import ParcelReports
import ParcelWorkspace

/// A command that prints for people or scripts and ends with an exit code of the contract.
struct Console {
  let isJSON: Bool
  let isQuiet: Bool
  let isVerbose: Bool
  var language: Language

  init(_ options: CommonOptions) {
    (isJSON, isQuiet, isVerbose) = (options.json, options.quiet, options.verbose)
    language = .current
    isColored =
      !options.noColor && ProcessInfo.processInfo.environment["NO_COLOR"] == nil && isatty(STDOUT_FILENO) == 1
  }

  let isColored: Bool

  /// Data, on stdout.
  func print(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// A message with words of others in it, on stdout: what would steer the terminal is taken out.
  func tell(_ message: Message) { print(Self.visible(message.text(language))) }

  /// Control characters and marks of writing direction made visible; lines stay lines.
  static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
      let isDirection = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      result.append(isControl || isDirection ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  /// Messages and progress, on stderr.
  func say(_ message: Message) {
    guard !isQuiet else { return }
    sayAlways(message.text(language))
  }

  /// What a long command is doing, on stderr where a person looks on.
  func progress(_ message: Message) {
    if isatty(STDERR_FILENO) == 1 { say(message) }
  }

  func sayAlways(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((Self.visible(text) + "\n").utf8))
  }

  func explain(_ error: any ExplainedError) {
    if isJSON {
      let json: JSON = [
        "schema": "parcels.error/1", "code": .string(error.code), "message": .string(error.message.text(language)),
        "remedy": .string(error.remedy.text(language)),
      ]
      sayAlways(json.text)
    } else {
      sayAlways(Messages.errorLine(error.message.text(language)).text(language))
      sayAlways(Messages.remedyLine(error.remedy.text(language)).text(language))
    }
  }

  /// Writes to `--output FILE` under a temporary name, or prints.
  func deliver(_ text: String, to output: String?) throws {
    guard let output else { return print(text) }
    let url = URL(filePath: output)
    try guardOutput(output)
    do {
      // A device or pipe is written to; only a file is put in the place of another.
      try Data(text.utf8).write(to: url, options: isPlain(output) ? .atomic : [])
    } catch {
      throw WorkspaceError.cannotWrite(path: output, reason: error.localizedDescription)
    }
    say(Messages.wrote(output))
  }

  /// Refuses to write over what a workspace is made of: anything below a folder with a `parcels.yaml` but `reports`.
  func guardOutput(_ path: String) throws {
    let target = URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath()
    let names = target.pathComponents
    for depth in 1..<max(2, names.count) {
      let root = names[..<depth].joined(separator: "/")
      guard FileManager.default.fileExists(atPath: "\(root)/parcels.yaml") else { continue }
      let inside = names[depth...]
      let own = ["campaigns", "profiles", "deliveries", "quarantine", "layers", "evidence", "inbox"]
      let isOwn = own.contains(inside.first ?? "") || inside.first?.hasPrefix(".") == true
      let isSetting =
        inside.count == 1 && (inside.first == "parcels.yaml" || inside.first?.hasPrefix("ledger.sqlite") == true)
      if isOwn || isSetting { throw UsageError.outputRefused(path) }
    }
  }

  private func isPlain(_ path: String) -> Bool {
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return type == nil || type == .typeRegular
  }

  /// Columns of the terminal; nothing where there is none.
  var width: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else {
      return nil
    }
    return Int(size.ws_col)
  }
}

extension Console {
  /// Tables as CSV, or as text: to a file in full width, on the terminal as wide as that is.
  func deliver(_ tables: [Table], asCSV: Bool, to output: String?) throws {
    if asCSV {
      try deliver(tables.map { CSV($0).render() }.joined(separator: "\r\n"), to: output)
    } else if let output {
      let text = tables.map { TerminalTable($0, width: nil, isColored: false).text }
      try deliver(text.joined(separator: "\n"), to: output)
    } else {
      for table in tables { print(table) }
    }
  }

  /// A table for people, as wide as the terminal.
  func print(_ table: Table) {
    print(TerminalTable(table, width: width, isColored: isColored).text)
  }
}
