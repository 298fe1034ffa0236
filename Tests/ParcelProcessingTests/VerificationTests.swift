import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelTesting
import Spatial
import Testing

@testable import ParcelProcessing

/// What `ingest --verify-areas` and `--dump` say.
@Suite struct VerificationTests {
  private static let plots = Plot.many(9) + [Plot("across", 0.9, 0.2).with { $0.width = 1.7 }]

  private func receipt(
    _ county: SmallCounty, _ path: String, workers: Int, _ state: (inout IngestOrder) -> Void
  ) async throws -> Receipt {
    var order = IngestOrder(path: path, campaign: "provincial")
    (order.batch, order.issued) = ("1", day("2024-02-05"))
    state(&order)
    return try await BatchRun(
      workspace: county.workspace, ledger: county.ledger, reader: SmallCounty.reader, now: county.now, workers: workers
    ).run(order, dryRun: true)
  }

  @Test func allWaysOfMeasuringAgree() async throws {
    let county = try SmallCounty()
    let path = try county.folder.write(Ground.delivery(Self.plots).utf8, to: "delivery.geojson")
    let verification = try #require(
      try await receipt(county, path, workers: 1) { $0.verifiesAreas = true }.verification)
    #expect(verification.parcels == Self.plots.count)
    #expect(verification.pieces > 2 * Self.plots.count)
    #expect(verification.isSound)
    // Not one of them compares a number with itself.
    #expect(verification.geodesic.share >= 0 && verification.overlap.share < 1e-9)
    let again = try await receipt(county, path, workers: 3) { $0.verifiesAreas = true }.verification
    #expect(again == verification)
    #expect(try await receipt(county, path, workers: 1) { _ in }.verification == nil)
  }

  @Test func aDifferenceIsNoticed() {
    for path in [\AreaVerification.overlap, \.series, \.geodesic, \.surplus] { checkThatADifferenceIsNoticed(path) }
  }

  private func checkThatADifferenceIsNoticed(_ path: WritableKeyPath<AreaVerification, AreaVerification.Largest>) {
    var verification = AreaVerification()
    #expect(verification.isSound)
    verification[keyPath: path].add(0.02, of: 1000, record: 12)
    verification[keyPath: path].add(0.01, of: 1000, record: 3)
    #expect(!verification.isSound)
    #expect(verification.firstDoubtful == 12)
    var whole = AreaVerification()
    whole.add(verification)
    #expect(whole[keyPath: path] == .init(share: 2e-5, record: 12))
    // A number that is none is no agreement either.
    var broken = AreaVerification()
    broken[keyPath: path].add(.nan, of: 1000, record: 5)
    #expect(!broken.isSound && broken.firstDoubtful == 5)
  }

  @Test func everyDeliveredRowIsDumped() async throws {
    let county = try SmallCounty()
    let rows = Self.plots + [Plot("", 5.2, 5.2)]
    let path = try county.folder.write(Ground.delivery(rows).utf8, to: "delivery.geojson")
    let dump = county.folder.path("dump.csv")
    let receipt = try await receipt(county, path, workers: 2) { $0.dump = dump }
    #expect(receipt.delivery.rejects.count == 1)
    let lines = try String(contentsOfFile: dump, encoding: .utf8).split(separator: "\r\n").map(String.init)
    #expect(
      lines[0].drop { $0 == "\u{FEFF}" }
        == "record,code,areaM2,township,farmlandM2,basicFarmlandM2,redlineM2,earlier,earlierShare,classes")
    #expect(lines.count == rows.count + 1)
    #expect(lines.last == "\(rows.count),,,,,,,,,")
    let across = try #require(lines.first { $0.contains(",across,") }).split(
      separator: ",", omittingEmptySubsequences: false)
    let area = try #require(Double(across[2]))
    // The classes are gross, so they are the parcel; farmland is net of a tenth of ridges.
    let classes = across[9].filter { $0 != "\"" }.split(separator: ";").compactMap {
      Double($0.split(separator: ":")[1])
    }
    #expect(classes.count > 1 && abs(classes.reduce(0, +) - area) < 1e-9 * area)
    #expect(try #require(Double(across[4])) < area)
    #expect(across[3] == "430321100")
  }
}
