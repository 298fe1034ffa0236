import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelReports
import ParcelTesting
import ParcelWorkspace
import Spatial
import Testing

@testable import ParcelProcessing

/// A field is farmland in the survey that a campaign is pinned to, and construction land in the next one.
@Suite struct RemeasureTests {
  private static let afternoon = instant("2024-12-31T06:00:00Z")
  private static let reason = "2024年度成果已批复"

  /// Plots 1 and 2 in 0101 and 0103, plot 3 in 0301.
  private static let plots = [Plot("field", 0.2, 0.2), Plot("dry", 1.2, 0.2), Plot("wood", 2.2, 0.2)]

  private func add(
    _ county: SmallCounty, kind: LayerKind = .landUse, version: String = "2024", staysInPlace: Bool = false,
    _ change: (String) -> String = { $0.replacing("\"0101\"", with: "\"0701\"") }
  ) throws {
    var workspace = county.workspace
    let text =
      kind == .townships ? Ground.townships(["430321100", "430321101"]) : Ground.landUse(village: "430321100")
    let path = try county.folder.write(change(text).utf8, to: "\(kind.rawValue)-\(version).geojson")
    var order = LayerOrder(kind: kind, files: [path])
    (order.version, order.staysInPlace) = (version, staysInPlace)
    let intake = LayerIntake(reader: SmallCounty.reader, now: instant("2024-12-31T05:00:00Z"))
    _ = try intake.add(order, to: &workspace)
  }

  @discardableResult
  private func remeasure(
    _ county: SmallCounty, campaign: String = "provincial", reason: String = reason, workers: Int = 2,
    dryRun: Bool = false, _ change: (inout RemeasureOrder) -> Void = { _ in }
  ) async throws -> RemeasureReceipt {
    var order = RemeasureOrder(campaign: campaign, reason: reason)
    change(&order)
    return try await RemeasureRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: Self.afternoon,
      workers: workers
    ).run(order, dryRun: dryRun)
  }

  /// Everything that a status prints, on every basis.
  private func figures(_ county: SmallCounty, known: Int? = nil) throws -> [Status.Group] {
    try county.ledger.read { snapshot in
      try Campaign.Basis.allCases.flatMap { basis in
        try snapshot.status(by: .township, known: known, basis: basis).groups
      }
    }
  }

  private func write(_ line: String, to county: SmallCounty) throws {
    let file = county.workspace.campaigns.appending(path: "provincial.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data((text + line + "\n").utf8).write(to: file)
  }

  private func story(_ county: SmallCounty, _ code: String, known: Int? = nil) throws -> ParcelStory {
    try county.ledger.read { snapshot in
      let identity = try #require(snapshot.identities(code: code).first)
      let story = try ParcelStory(
        snapshot.history(of: identity, known: known), rules: Rulebook(snapshot, known: known), asOf: nil)
      return try #require(story)
    }
  }

  @Test(arguments: [false, true]) func aSecondMeasurementBesideTheFirst(staysInPlace: Bool) async throws {
    let county = try SmallCounty()
    try await county.ingest(Self.plots)
    let first = try county.state("field")
    let before = try (head: county.head(), figures: figures(county))
    try add(county, staysInPlace: staysInPlace)
    #expect(try figures(county) == before.figures)
    // To be shown is not to be written.
    #expect(try await remeasure(county, dryRun: true).moved.count == 1)
    #expect(try county.head() == before.head)

    let receipt = try await remeasure(county)
    #expect((receipt.measured, receipt.changes.count, receipt.outcome) == (3, 3, .done))
    let moved = try #require(receipt.moved.first)
    #expect((receipt.moved.count, moved.identity.code, moved.before) == (1, "field", first.issue.measured))
    #expect(moved.after.farmland == .zero && moved.after.area == moved.before.area)
    #expect(receipt.townships.map { $0.township?.digits } == ["430321100"])
    #expect(receipt.total.before.farmland == Mu(try #require(moved.before.farmland)))
    #expect((receipt.total.after.farmland, receipt.total.after.count) == (.zero, 1))

    // The first stays where it was, and figures are made of it.
    let state = try county.state("field")
    #expect(state.issue == first.issue)
    #expect(state.measured == first.issue.measured && state.latestMeasurement == moved.after)
    let remeasured = try #require(state.remeasured)
    #expect((remeasured.reason, remeasured.on, remeasured.counts) == (Self.reason, day("2024-12-31"), false))
    #expect(try figures(county) == before.figures)
    // Before it was known, nothing was.
    let known = try county.ledger.read { try $0.states(asOf: nil, known: before.head.position) }
    #expect(known.count == 3 && known.allSatisfy { $0.remeasured == nil })
    #expect(try story(county, "field", known: before.head.position).json(.english).text.contains("\"remeasured\":null"))

    // Once more: 0 changes.
    let head = try county.head()
    let again = try await remeasure(county, reason: "另一原因")
    #expect((again.changes.count, again.measured) == (0, 3))
    #expect(try county.head() == head && again.head == head)
    #expect(try county.ledger.check().problems.isEmpty)
  }

  @Test func bothAreShown() async throws {
    let county = try SmallCounty()
    try await county.ingest(Self.plots)
    try add(county)
    try await remeasure(county)
    let story = try story(county, "field")
    let state = story.parcel
    let json = story.json(.english).text
    #expect(json.contains("\"reason\":\"\(Self.reason)\"") && json.contains("\"event\":\"remeasure\""))
    for measured in [state.issue.measured, state.latestMeasurement] {
      let layer = try #require(measured.layers.first { $0.hasPrefix("land-use@") })
      #expect(json.contains(layer))
      for language in [Language.chinese, .english] {
        let text = story.text(language, width: nil, isColored: false)
        #expect(text.contains(layer) && text.contains(Self.reason))
        #expect(text.contains(Mu(measured.farmland ?? .zero).description))
      }
    }
    let construction = try #require(state.latestMeasurement.majorClasses[.construction])
    #expect(construction > .zero && json.contains("\"construction\":\(JSON(construction).text)"))
  }

  /// What comes later is measured against the pinned survey still.
  @Test func thePinStays() async throws {
    let county = try SmallCounty()
    try await county.ingest([Self.plots[0]])
    let pinned = try county.state("field").issue.measured.layers
    try add(county)
    try await remeasure(county)
    try await county.ingest([Plot("later", 0.6, 0.6)], as: "later.geojson")
    let later = try county.state("later")
    #expect(later.issue.measured.layers == pinned)
    #expect(try #require(later.issue.measured.farmland) > .zero)
    // Which does not hinder measuring it again, alone.
    let receipt = try await remeasure(county)
    #expect(receipt.changes.map(\.identity.code) == ["later"])
    // A corrected shape is measured by the pin too, and has no second measurement until somebody wants one.
    try await county.ingest([Self.plots[0].with { $0.width = 0.1 }], as: "smaller.geojson")
    #expect(try county.state("field").remeasured == nil)
    #expect(try county.state("field").issue.measured.layers == pinned)
    #expect(try county.ledger.check().problems.isEmpty)
  }

  @Test func theCampaignMayCountTheLatest() async throws {
    let county = try SmallCounty()
    try await county.ingest(Self.plots)
    let before = try figures(county)
    try add(county)
    try write("measurement: latest", to: county)
    let position = try county.head().position
    try await remeasure(county)
    let state = try county.state("field")
    #expect(state.remeasured?.counts == true && state.measured == state.latestMeasurement)
    let farmland = Mu(try #require(state.issue.measured.farmland))
    let after = try figures(county)
    // Farmland was not declared, so that the measured figure stood in on every basis.
    #expect(zip(before, after).allSatisfy { $0.issued.farmland - $1.issued.farmland == farmland } && before.count == 3)
    #expect(zip(before, after).allSatisfy { $0.issued.area == $1.issued.area })
    #expect(try figures(county, known: position) == before)
    #expect(try county.ledger.check().problems.isEmpty)
  }

  /// Whether the base survey is named anew, and where.
  @Test func aSurveyThatTheFileNames() async throws {
    let county = try SmallCounty()
    try await county.ingest([Self.plots[0]])
    try add(county, version: "2024")
    try add(county, version: "2025") { $0.replacing("\"0101\"", with: "\"0301\"") }
    func classes() throws -> [String] {
      try county.state("field").latestMeasurement.classes.keys.sorted().map(\.rawValue)
    }
    try write("baseSurvey: \"2024\"", to: county)
    try await remeasure(county)
    #expect(try classes() == ["0701", "1203"])
    // And back, which is another event although it was measured so once.
    try add(county, version: "2023x") { $0 }
    let file = county.workspace.campaigns.appending(path: "provincial.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    for (version, expected) in [("2023x", "0101"), ("2024", "0701"), ("2025", "0301")] {
      try Data(text.replacing("baseSurvey: \"2024\"", with: "baseSurvey: \"\(version)\"").utf8).write(to: file)
      try await remeasure(county)
      #expect(try classes().first == expected)
    }
    #expect(try county.history("field").count { $0.deed.kind == "remeasure" } == 4)
    #expect(try county.ledger.check().problems.isEmpty)
    try Data(text.replacing("baseSurvey: \"2024\"", with: "baseSurvey: \"1999\"").utf8).write(to: file)
    await #expect(throws: ProcessingError.self) { try await remeasure(county) }
  }

  @Test func outsideTheNewerLayers() async throws {
    let county = try SmallCounty()
    try await county.ingest([Plot("west", 1.2, 0.2), Plot("east", 7.2, 0.2)])
    // The east township went to another county.
    try add(county, kind: .townships) { text in
      // One feature a line.
      String(text.split(separator: "\n")[0].dropLast()) + "]}"
    }
    let receipt = try await remeasure(county)
    #expect(receipt.findings.map(\.code) == [.nowOutside] && receipt.findings.map(\.parcel) == ["east"])
    #expect((receipt.measured, receipt.changes.map(\.identity.code), receipt.outcome) == (2, ["west"], .incomplete))
    #expect(try county.state("east").remeasured == nil)
  }

  @Test func workersDoNotShow() async throws {
    var heads: [LedgerHead] = []
    for workers in [1, 2, 8] {
      let county = try SmallCounty()
      // Off the fields' borders, which are a hair bent in the plane.
      try await county.ingest(Plot.many(200).map { plot in plot.with { $0.x += 0.05 } })
      try add(county)
      let receipt = try await remeasure(county, workers: workers)
      #expect(receipt.changes.count == 200)
      #expect(receipt.moved.count == 20)
      heads.append(receipt.head)
    }
    #expect(heads[0] == heads[1] && heads[0] == heads[2])
  }

  @Test func whatIsRefused() async throws {
    let county = try SmallCounty()
    try await county.ingest([Self.plots[0]])
    try add(county)
    let head = try county.head()
    await #expect(throws: ProcessingError.noReason) { try await remeasure(county, reason: " 　") }
    await #expect(throws: WorkspaceError.self) { try await remeasure(county, campaign: "nowhere") }
    await #expect(throws: ProcessingError.noParcels) { try await remeasure(county, campaign: "drive") }
    await #expect(throws: ProcessingError.noParcels) {
      try await remeasure(county) { $0.county = DivisionCode("430382") }
    }
    // A layer that is gone is missed, not left out.
    for name in try FileManager.default.contentsOfDirectory(atPath: county.workspace.layers.path)
    where name.hasPrefix("townships") {
      try FileManager.default.removeItem(at: county.workspace.layers.appending(path: name))
    }
    await #expect(throws: ProcessingError.badLayer(path: county.workspace.layers.path, reason: "townships")) {
      try await remeasure(county)
    }
    #expect(try county.head() == head)
  }
}
