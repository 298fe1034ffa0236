package import Foundation
package import Geodata
package import ParcelModel

/// The county folder: where everything lies, and its settings.
package struct Workspace: Sendable {
  package let root: URL
  package private(set) var settings: Settings

  package var ledger: URL { root.appending(path: "ledger.sqlite") }
  package var campaigns: URL { root.appending(path: "campaigns") }
  package var profiles: URL { root.appending(path: "profiles") }
  package var deliveries: URL { root.appending(path: "deliveries") }
  package var quarantine: URL { root.appending(path: "quarantine") }
  package var layers: URL { root.appending(path: "layers") }
  /// What is made from `layers`, and made again where it is missing.
  package var preparedLayers: URL { layers.appending(path: "prepared") }
  package var evidence: URL { root.appending(path: "evidence") }
  package var inbox: URL { root.appending(path: "inbox") }
  package var reports: URL { root.appending(path: "reports") }
  /// Where zips are unpacked while they are read; whoever takes the lock finds it empty.
  package var scratch: URL { root.appending(path: ".scratch") }

  private static let settingsName = "parcels.yaml"

  /// Opens the workspace at `root`.
  package init(at root: URL) throws {
    let file = root.appending(path: Self.settingsName)
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw WorkspaceError.noWorkspace(path: root.path)
    }
    self.root = root.standardizedFileURL
    settings = try Settings(text: try readText(file), file: Self.settingsName)
  }

  /// Makes a workspace: folders and a documented `parcels.yaml`. The caller makes the ledger.
  package static func create(at root: URL, county: DivisionCode, name: String?, zone: WorkingZone?) throws -> Workspace
  {
    let file = root.appending(path: settingsName)
    guard !FileManager.default.fileExists(atPath: file.path) else {
      throw WorkspaceError.alreadyThere(path: root.path)
    }
    do {
      let folders = ["campaigns", "profiles", "deliveries", "quarantine", "layers", "evidence", "inbox", "reports"]
      for folder in folders {
        try FileManager.default.createDirectory(
          at: root.appending(path: folder), withIntermediateDirectories: true)
      }
      try Data(Settings.template(county: county, name: name ?? county.digits, zone: zone).utf8)
        .write(to: file, options: .atomic)
    } catch {
      throw WorkspaceError.cannotWrite(path: root.path, reason: error.localizedDescription)
    }
    return try Workspace(at: root)
  }

  // MARK: Working zone

  /// The zone in whose plane edges are straight.
  package func zone() throws -> WorkingZone {
    guard let zone = settings.zone else { throw WorkspaceError.noWorkingZone(county: settings.county.digits) }
    return zone
  }

  /// Writes the zone into `parcels.yaml` in the place of `auto`, or below where there is no such line; nothing else in
  /// the file changes.
  package mutating func settle(zone: WorkingZone) throws {
    let file = root.appending(path: Self.settingsName)
    let line = "zone: \(zone.number)"
    let auto = /^zone:[ \t]*["']?auto["']?/.anchorsMatchLineEndings()
    var text = try readText(file)
    if text.contains(auto) {
      text = text.replacing(auto, with: line, maxReplacements: 1)
    } else {
      text += (text.hasSuffix("\n") ? "" : "\n") + line + "\n"
    }
    // Read before it is written: what does not read back as settled leaves the file alone.
    let settled = try Settings(text: text, file: Self.settingsName)
    do {
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw WorkspaceError.cannotWrite(path: file.path, reason: error.localizedDescription)
    }
    settings = settled
  }

  // MARK: Campaigns

  /// The ids of the campaign files, sorted.
  package func campaignNames() -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: campaigns.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The text of a campaign file, as it goes into the ledger.
  package func campaignText(_ id: String) throws -> String {
    let file = campaigns.appending(path: "\(id).yaml")
    guard !id.isEmpty, !id.contains("/"), FileManager.default.fileExists(atPath: file.path) else {
      throw WorkspaceError.unknownCampaign(id, known: campaignNames())
    }
    return try readText(file)
  }

  package func campaign(_ id: String) throws -> Campaign {
    try Campaign(text: campaignText(id), id: id)
  }

  /// Writes a campaign file from a template; never over one that is there.
  package func addCampaign(_ id: String, template: CampaignTemplate, name: String?, year: Int?) throws -> Campaign {
    let allowed = id.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    guard !id.isEmpty, id.count <= 64, allowed else { throw WorkspaceError.badCampaignName(id) }
    guard !campaignNames().contains(id) else { throw WorkspaceError.campaignExists(id) }
    let text = template.text(name: name, year: year)
    let campaign = try Campaign(text: text, id: id)
    let file = campaigns.appending(path: "\(id).yaml")
    do {
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw WorkspaceError.cannotWrite(path: file.path, reason: error.localizedDescription)
    }
    return campaign
  }

  // MARK: Calendar

  /// Holidays and worked weekends from `calendar.yaml`; nothing where there is no such file.
  package func calendar() throws -> WorkCalendar? {
    let file = root.appending(path: "calendar.yaml")
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try WorkCalendar(file: try readText(file))
  }

  // MARK: Profiles

  /// A mapping profile: the workspace's own before a built-in one of the same name.
  package func profile(_ name: String) throws -> Profile {
    let file = profiles.appending(path: "\(name).yaml")
    if !name.contains("/"), FileManager.default.fileExists(atPath: file.path) {
      return try Profile(text: try readText(file), name: name)
    }
    guard let profile = Profile.builtIn.first(where: { $0.name == name }) else {
      throw WorkspaceError.unknownProfile(name, known: Profile.builtIn.map(\.name))
    }
    return profile
  }

  // MARK: Lock

  /// Runs `body` while no other command writes in this workspace; waits up to `seconds`.
  package func locked<Result>(waiting seconds: Double = 10, _ body: () throws -> Result) throws -> Result {
    let lock = try takeLock(waiting: seconds)
    defer { lock.release() }
    return try body()
  }

  /// The same for work that suspends.
  package func locked<Result>(
    waiting seconds: Double = 10, _ body: () async throws -> Result
  ) async throws -> Result {
    let lock = try takeLock(waiting: seconds)
    defer { lock.release() }
    return try await body()
  }

  /// What a run that was killed left unpacked is nobody's now.
  private func takeLock(waiting seconds: Double) throws -> WorkspaceLock {
    let lock = try WorkspaceLock(at: root.appending(path: ".lock"), waiting: seconds)
    try? FileManager.default.removeItem(at: scratch)
    return lock
  }
}

/// Reads a text file in UTF-8.
private func readText(_ file: URL) throws -> String {
  do {
    return try String(contentsOf: file, encoding: .utf8)
  } catch {
    throw WorkspaceError.cannotRead(path: file.path, reason: error.localizedDescription)
  }
}
