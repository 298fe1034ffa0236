import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelWorkspace

/// An open workspace.
struct Session {
  var workspace: Workspace
  let ledger: Ledger
  let now: Instant
  let reader: FeatureReader

  init(_ options: CommonOptions, _ console: inout Console) throws {
    workspace = try Workspace(at: URL(filePath: options.directory))
    if Language.stated == nil, let language = workspace.settings.language { console.language = language }
    guard FileManager.default.fileExists(atPath: workspace.ledger.path) else {
      throw WorkspaceError.noLedger(path: workspace.ledger.path)
    }
    ledger = try Ledger(path: workspace.ledger.path) { try Campaign(text: $0.text, id: $0.name) }
    now = try options.now()
    reader = FeatureReader(executable: Self.executable, scratch: workspace.scratch)
  }

  /// This program, to be called again for reading files.
  static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  /// K from `--known-at`: a position, a moment, or the end of a day in Shanghai.
  func known(_ text: String?) throws -> Int? {
    guard let text else { return nil }
    if let position = Int(text), position >= 0 { return position }
    if let instant = Instant(text) { return try ledger.read { try $0.position(knownAt: instant) } }
    if let day = Day(text) {
      let end = Instant(milliseconds: Int64(day.number + 1) * 86_400_000 - 8 * 3_600_000 - 1)
      return try ledger.read { try $0.position(knownAt: end) }
    }
    throw UsageError.badMoment(text)
  }

  /// What groups and codes are called: campaigns by id, townships and the county by code.
  func names() throws -> [String: String] {
    var names: [String: String] = [:]
    for id in workspace.campaignNames() { names[id] = try workspace.campaign(id).name }
    for (code, name) in try LayerShelf(workspace).townshipNames() { names[code.digits] = name }
    names[workspace.settings.county.digits] = workspace.settings.name
    return names
  }
}
