import Foundation
package import Geodata
package import ParcelLedger
package import ParcelWorkspace

/// What became of one file in the inbox.
package struct InboxItem: Sendable {
  package enum Result: Sendable {
    case ingested(Receipt)
    case recorded(RowReceipt)
    case refused(any ExplainedError)
    /// No rule of parcels.yaml names it: it stays where it is.
    case noRule
    /// It was written to within the last minutes and may still be growing: it stays for the next run.
    case settling
  }

  package var name: String
  package var result: Result

  /// The receipt of the file, or why there is none.
  package func json(_ language: Language) -> JSON {
    switch result {
    case .ingested(let receipt): receipt.json(language, seconds: nil)
    case .recorded(let receipt): receipt.json(language, seconds: nil)
    case .refused(let error):
      [
        "schema": "parcels.error/1", "code": .string(error.code), "message": .string(error.message.text(language)),
        "remedy": .string(error.remedy.text(language)),
      ]
    case .noRule, .settling: .null
    }
  }

  package var outcome: Outcome {
    switch result {
    case .ingested(let receipt): receipt.outcome
    case .recorded(let receipt): receipt.outcome
    case .refused, .noRule: .nothingTaken
    case .settling: .done
    }
  }
}

/// Takes in everything that lies in the inbox by the rules of parcels.yaml, and moves it away.
///
/// Each file is one transaction and is moved after it; a run that was killed between the two finds the file again and
/// the ledger answers that it is known.
package struct InboxRun: Sendable {
  private let workspace: Workspace
  private let ledger: Ledger
  private let reader: FeatureReader
  private let now: Instant
  private let workers: Int

  package init(workspace: Workspace, ledger: Ledger, reader: FeatureReader, now: Instant, workers: Int) {
    (self.workspace, self.ledger, self.reader) = (workspace, ledger, reader)
    (self.now, self.workers) = (now, workers)
  }

  fileprivate struct Job {
    var name: String
    var action: Settings.InboxRule.Action
    var match: NamePattern.Match
  }

  /// - Parameter progress: told the name of each file before it is taken up, with its number and how many there are.
  package func run(progress: (String, Int, Int) -> Void) async throws -> [InboxItem] {
    let names = try FileManager.default.contentsOfDirectory(atPath: workspace.inbox.path)
      // Spreadsheet programs leave ~$ files while a workbook is open.
      .filter { !$0.hasPrefix(".") && !$0.hasPrefix("~$") && !Self.folders.contains($0) }.sorted()
    var jobs: [Job] = []
    var items: [InboxItem] = []
    for name in names where !isSidecar(name, among: names) {
      if isBeingCopied(name) {
        items.append(InboxItem(name: name, result: .settling))
        continue
      }
      let found = workspace.settings.inbox.lazy.compactMap { rule in
        rule.pattern.match(name).map { Job(name: name, action: rule.action, match: $0) }
      }.first
      if let found { jobs.append(found) } else { items.append(InboxItem(name: name, result: .noRule)) }
    }
    // Parcels come before what is recorded of them.
    let ordered = jobs.filter(\.isDelivery) + jobs.filter { !$0.isDelivery }
    for (index, job) in ordered.enumerated() {
      progress(job.name, index + 1, ordered.count)
      let item = try await take(job)
      do {
        try moveAway(item)
        items.append(item)
      } catch let error as ProcessingError {
        // What is in the ledger is known there; one name that cannot be moved does not keep the others waiting.
        items += [item, InboxItem(name: job.name, result: .refused(error))]
      }
    }
    return items
  }

  private func take(_ job: Job) async throws -> InboxItem {
    let path = workspace.inbox.appending(path: job.name).path
    do {
      // A link would have the run read a file that was not delivered.
      guard (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil else {
        throw ProcessingError.link(job.name)
      }
      guard isOrdinary(path) else { throw ProcessingError.notPlain(job.name) }
      switch job.action {
      case .ingest(let campaign, let profile, let crs, let layer):
        var order = IngestOrder(path: path, campaign: campaign)
        (order.profile, order.reference, order.layer) = (profile, crs, layer)
        (order.batch, order.issued) = (job.match.batch, job.match.issued)
        let run = BatchRun(workspace: workspace, ledger: ledger, reader: reader, now: now, workers: workers)
        return InboxItem(name: job.name, result: .ingested(try await run.run(order)))
      case .record:
        let updates = Updates(workspace: workspace, ledger: ledger, reader: reader, now: now)
        return InboxItem(name: job.name, result: .recorded(try updates.record(path)))
      case .register:
        let register = RegisterImport(workspace: workspace, ledger: ledger, reader: reader, now: now)
        return InboxItem(name: job.name, result: .recorded(try register.importRegister(path)))
      }
    } catch let error as any ExplainedError {
      // A broken ledger or a full disk ends the run; a broken file or setting does not.
      if error.outcome != .nothingTaken || error.code == "cannot-keep" { throw error }
      return InboxItem(name: job.name, result: .refused(error))
    }
  }

  static let folders: Set<String> = ["processed", "refused"]

  /// Moves a file, and a shapefile's sidecars with it, to `processed` or `refused` under today's date.
  private func moveAway(_ item: InboxItem) throws {
    let folder: String
    switch item.result {
    case .noRule, .settling: return
    case .refused(let error):
      guard blamesFile(error) else { return }
      folder = "refused"
    case .recorded(let receipt): folder = receipt.outcome == .nothingTaken ? "refused" : "processed"
    case .ingested(let receipt): folder = receipt.verdict == .quarantined ? "refused" : "processed"
    }
    let target = workspace.inbox.appending(path: folder).appending(path: now.dayInShanghai.description)
    do {
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      for name in try parts(of: item.name) {
        var place = target.appending(path: name)
        var copy = 1
        while FileManager.default.fileExists(atPath: place.path) {
          copy += 1
          place = target.appending(path: "\(copy)-\(name)")
        }
        try FileManager.default.moveItem(at: workspace.inbox.appending(path: name), to: place)
      }
    } catch {
      throw ProcessingError.cannotKeep(target.path, reason: error.localizedDescription)
    }
  }

  /// A file, or a geodatabase's folder: a pipe would be waited for.
  private func isOrdinary(_ path: String) -> Bool {
    switch try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType {
    case .typeRegular: true
    case .typeDirectory: path.lowercased().hasSuffix(".gdb")
    default: false
    }
  }

  /// Minutes after its last change in which a file may still be growing; the next night takes it.
  private static let settling = 2.0

  /// By the run's own clock: one that is set back takes everything.
  private func isBeingCopied(_ name: String) -> Bool {
    let path = workspace.inbox.appending(path: name).path
    guard let changed = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date else {
      return false
    }
    let age = Double(now.milliseconds) / 1000 - changed.timeIntervalSince1970
    return (0..<Self.settling * 60).contains(age)
  }

  private func isSidecar(_ name: String, among names: [String]) -> Bool {
    let url = URL(filePath: name)
    let ending = url.pathExtension.lowercased()
    // A list of sums goes with the file that it is named after.
    if ending == "sha256", names.contains(url.deletingPathExtension().lastPathComponent) { return true }
    guard ending != "shp", DeliveryFile.shapefileParts.contains(ending) else { return false }
    let stem = url.deletingPathExtension().lastPathComponent
    return names.contains("\(stem).shp") || names.contains("\(stem).SHP")
  }

  private func parts(of name: String) throws -> [String] {
    let list = "\(name).sha256"
    let lists = FileManager.default.fileExists(atPath: workspace.inbox.appending(path: list).path) ? [list] : []
    guard name.lowercased().hasSuffix(".shp") else { return [name] + lists }
    let stem = URL(filePath: name).deletingPathExtension().lastPathComponent
    return try lists
      + FileManager.default.contentsOfDirectory(atPath: workspace.inbox.path).filter { other in
        let url = URL(filePath: other)
        let ending = url.pathExtension.lowercased()
        return other == name
          || ending != "shp" && DeliveryFile.shapefileParts.contains(ending)
            && url.deletingPathExtension().lastPathComponent == stem
      }
  }
}

extension InboxRun.Job {
  fileprivate var isDelivery: Bool { if case .ingest = action { true } else { false } }
}
