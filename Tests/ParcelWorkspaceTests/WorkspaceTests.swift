import Foundation
import Geodata
import ParcelModel
import ParcelTesting
import ParcelWorkspace
import Testing

/// A workspace in a temporary folder.
final class Place {
  let folder: TemporaryFolder
  var workspace: Workspace

  init(zone: Int? = nil, name: String? = "湘潭县") throws {
    folder = try TemporaryFolder()
    workspace = try Workspace.create(
      at: folder.url, county: division("430321"), name: name, zone: zone.flatMap { WorkingZone($0) })
  }

  func write(_ text: String, to name: String) throws { try folder.write(text.utf8, to: name) }
  func text(_ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }
  func reopened() throws -> Workspace { try Workspace(at: folder.url) }
}

@Suite("The workspace")
struct WorkspaceTests {
  @Test("A new one has its folders and a file that reads back")
  func create() throws {
    let place = try Place()
    #expect(
      place.folder.names == [
        "campaigns", "deliveries", "evidence", "inbox", "layers", "parcels.yaml", "profiles", "quarantine", "reports",
      ])
    let settings = place.workspace.settings
    #expect(settings.county == division("430321"))
    #expect(settings.name == "湘潭县")
    #expect(settings.zone == nil)
    #expect(settings.inbox == [])
    #expect(try place.reopened().settings == settings)
    #expect(try Place(zone: 38).workspace.settings.zone?.number == 38)
  }

  @Test(
    "What would break out of its quotes is left out of the county's name",
    arguments: [
      ("a\"b\\c", "abc"), ("a\nzone: 30", "azone: 30"), ("#县: x", "#县: x"),
    ])
  func names(name: String, kept: String) throws {
    #expect(try Place(name: name).workspace.settings.name == kept)
  }

  @Test("The examples in the comments of the new file are right")
  func examples() throws {
    let place = try Place()
    let lines = try place.text("parcels.yaml").split(separator: "\n", omittingEmptySubsequences: false)
    let uncommented = lines.map { line in
      line.hasPrefix("# language:") || line.hasPrefix("# inbox:") || line.hasPrefix("#   ")
        ? String(line.dropFirst(2)) : String(line)
    }.filter { $0 != "inbox: []" }
    let settings = try Settings(text: uncommented.joined(separator: "\n"), file: "parcels.yaml")
    #expect(settings.language == .chinese)
    #expect(settings.inbox.count == 3)
  }

  @Test("One that is there already is left alone; none is made by opening")
  func existing() throws {
    let place = try Place()
    try place.write("county: 430321 # 改过\n", to: "parcels.yaml")
    #expect(throws: WorkspaceError.alreadyThere(path: place.folder.url.path)) {
      try Workspace.create(at: place.folder.url, county: division("430322"), name: nil, zone: nil)
    }
    #expect(try place.text("parcels.yaml") == "county: 430321 # 改过\n")
    let empty = try TemporaryFolder()
    #expect(throws: WorkspaceError.noWorkspace(path: empty.url.path)) { try Workspace(at: empty.url) }
    #expect(empty.names == [])
  }

  @Test("A file that is not UTF-8 is refused")
  func encoding() throws {
    let place = try Place()
    // 湘潭 in GBK.
    try place.folder.write(Array("county: 430321\nname: ".utf8) + [0xCF, 0xE6, 0xCC, 0xB6], to: "parcels.yaml")
    let error = #expect(throws: WorkspaceError.self) { try place.reopened() }
    #expect(error?.code == "cannot-read")
  }

  // MARK: Zone

  @Test("The zone takes the place of auto, and nothing else changes")
  func settle() throws {
    let place = try Place()
    #expect(throws: WorkspaceError.noWorkingZone(county: "430321")) { try place.workspace.zone() }
    let before = try place.text("parcels.yaml")
    try place.workspace.settle(zone: try #require(WorkingZone(38)))
    #expect(try place.workspace.zone().number == 38)
    #expect(try place.reopened().zone().number == 38)
    #expect(try place.text("parcels.yaml") == before.replacing("\nzone: auto\n", with: "\nzone: 38\n"))
  }

  @Test(
    "However a person wrote auto, the zone is settled for good",
    arguments: [
      ("county: 430321\nzone: auto\n", "county: 430321\nzone: 38\n"),
      ("county: 430321\nzone:  auto # 由图层\n", "county: 430321\nzone: 38 # 由图层\n"),
      ("county: 430321\nzone: \"auto\"\n", "county: 430321\nzone: 38\n"),
      ("county: 430321\nzone: 'auto'", "county: 430321\nzone: 38"),
      ("zone: auto\r\ncounty: 430321\r\n", "zone: 38\r\ncounty: 430321\r\n"),
      ("county: 430321\n", "county: 430321\nzone: 38\n"),
      ("county: 430321", "county: 430321\nzone: 38\n"),
      ("# zone: auto\ncounty: 430321\n", "# zone: auto\ncounty: 430321\nzone: 38\n"),
      ("name: \"zone: auto\"\ncounty: 430321\nzone: auto\n", "name: \"zone: auto\"\ncounty: 430321\nzone: 38\n"),
    ])
  func settledForGood(before: String, after: String) throws {
    let place = try Place()
    try place.write(before, to: "parcels.yaml")
    place.workspace = try place.reopened()
    try place.workspace.settle(zone: try #require(WorkingZone(38)))
    #expect(try place.text("parcels.yaml") == after)
    #expect(try place.reopened().zone().number == 38)
    #expect(try place.reopened().settings == place.workspace.settings)
  }

  @Test(
    "A file in which the zone cannot be settled is left alone",
    arguments: [
      "\"zone\": auto\ncounty: 430321\n", "{county: 430321, zone: auto}\n",
    ])
  func notSettled(text: String) throws {
    let place = try Place()
    try place.write(text, to: "parcels.yaml")
    place.workspace = try place.reopened()
    #expect(throws: ConfigurationError.self) { try place.workspace.settle(zone: try #require(WorkingZone(38))) }
    #expect(try place.text("parcels.yaml") == text)
    #expect(place.workspace.settings.zone == nil)
  }

  // MARK: Campaigns

  @Test("A campaign is written from its template and read back as it was written", arguments: CampaignTemplate.allCases)
  func campaigns(template: CampaignTemplate) throws {
    let place = try Place()
    let added = try place.workspace.addCampaign("c-2024", template: template, name: "某专项", year: 2024)
    #expect(try place.workspace.campaign("c-2024") == added)
    #expect(try place.workspace.campaignText("c-2024") == template.text(name: "某专项", year: 2024))
    #expect(place.workspace.campaignNames() == ["c-2024"])
    #expect(throws: WorkspaceError.campaignExists("c-2024")) {
      try place.workspace.addCampaign("c-2024", template: .lead, name: nil, year: nil)
    }
    #expect(try place.workspace.campaign("c-2024") == added)
  }

  @Test(
    "Campaign ids are plain words",
    arguments: [
      ("drive", true), ("drive_2024-1", true), ("百日攻坚", true), ("", false), ("a b", false), ("../a", false),
      ("a/b", false), ("a.b", false), ("a:b", false), ("a\u{0}", false), (String(repeating: "a", count: 65), false),
    ])
  func campaignNames(id: String, isGood: Bool) throws {
    let place = try Place()
    if isGood {
      #expect(try place.workspace.addCampaign(id, template: .lead, name: nil, year: nil).id == id)
    } else {
      #expect(throws: WorkspaceError.badCampaignName(id)) {
        try place.workspace.addCampaign(id, template: .lead, name: nil, year: nil)
      }
      #expect(place.workspace.campaignNames() == [])
    }
  }

  @Test("A campaign that is not there is named with those that are", arguments: ["none", "", "../parcels", "a/b"])
  func unknownCampaign(id: String) throws {
    let place = try Place()
    for name in ["b", "a"] { _ = try place.workspace.addCampaign(name, template: .lead, name: nil, year: nil) }
    let error = #expect(throws: WorkspaceError.unknownCampaign(id, known: ["a", "b"])) {
      try place.workspace.campaign(id)
    }
    #expect(error?.remedy.en.contains("a, b") == true)
  }

  // MARK: Lock

  @Test("Who comes second is told soon, and may when the first has ended")
  func lock() throws {
    let place = try Place()
    let workspace = place.workspace
    let clock = ContinuousClock()
    try workspace.locked(waiting: 0.2) {
      let time = clock.measure {
        #expect(throws: WorkspaceError.locked(path: workspace.root.path)) {
          try workspace.locked(waiting: 0.2) { Testing.Issue.record("two at once") }
        }
      }
      #expect(time > .milliseconds(150) && time < .seconds(5))
    }
    #expect(try workspace.locked(waiting: 0) { 1 } == 1)
    #expect(place.folder.names.contains(".lock"))
  }

  @Test("A lock ends with an error, too, and holds over suspensions")
  func lockEnds() async throws {
    struct Stop: Error {}
    let place = try Place()
    let workspace = place.workspace
    #expect(throws: Stop.self) { try workspace.locked(waiting: 0.2) { throw Stop() } }
    try await workspace.locked(waiting: 0.2) {
      await Task.yield()
      #expect(throws: WorkspaceError.self) { try workspace.locked(waiting: 0) {} }
    }
    #expect(try workspace.locked(waiting: 0) { 1 } == 1)
    #expect(place.folder.names.contains(".lock"))
  }

  @Test("Where no lock can be made, the folder is named")
  func noLock() throws {
    let place = try Place()
    let workspace = place.workspace
    try FileManager.default.removeItem(at: place.folder.url)
    let error = #expect(throws: WorkspaceError.self) { try workspace.locked(waiting: 0) {} }
    #expect(error?.code == "cannot-write")
  }

  // MARK: Errors

  @Test(
    "Every error has a code of its own, both languages and its exit code",
    arguments: [
      (WorkspaceError.noWorkspace(path: "p"), Outcome.noWorkspace), (.alreadyThere(path: "p"), .usage),
      (.locked(path: "p"), .locked), (.unknownCampaign("p", known: ["k"]), .nothingTaken),
      (.campaignExists("p"), .nothingTaken), (.badCampaignName("p"), .usage), (.unknownTemplate("p"), .usage),
      (.unknownProfile("p", known: ["k"]), .nothingTaken), (.badCounty("p"), .usage),
      (.noWorkingZone(county: "p"), .nothingTaken), (.cannotWrite(path: "p", reason: "r"), .nothingTaken),
      (.cannotRead(path: "p", reason: "r"), .nothingTaken),
    ])
  func errors(error: WorkspaceError, outcome: Outcome) {
    #expect(error.outcome == outcome)
    for language in Language.allCases {
      #expect(error.message.text(language).contains("p"))
      #expect(!error.remedy.text(language).isEmpty)
    }
    #expect(!error.code.contains(" "))
  }
}
