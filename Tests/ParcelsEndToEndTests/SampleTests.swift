import Foundation
import ParcelTesting
import Testing

/// The demo as a user runs it, against the figures that the sample is built to (../shared/reports, 湘潭县 2024).
@Suite struct SampleTests {
  @Test func demoShowsThePublishedFigures() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let workspace = try TemporaryFolder()
    let program = Bundle.main.executableURL!.deletingLastPathComponent().appending(path: "parcels").path
    try #require(FileManager.default.isExecutableFile(atPath: program), "the program stands beside the tests")
    let demo = try run(
      root.appending(path: "Scripts/demo").path, [workspace.url.path], ["PARCELS_PROGRAM": program, "LANG": "C"])
    #expect(demo.status == 0, "\(demo.output.suffix(2000))")
    #expect(demo.output.contains("Report: \(workspace.url.path)"))

    let arguments = ["-C", workspace.url.path, "status", "--json", "--as-of", "2024-12-31"]
    let status = try run(program, arguments, ["PARCELS_NOW": "2024-12-31T10:00:00Z"])
    #expect(status.status == 0)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(status.output.utf8)) as? [String: Any])
    for (campaign, path, expected) in Self.figures {
      #expect(Self.number(json, campaign, path) == expected, "\(campaign) \(path)")
    }
    // Declared and measured agree for at least 95 % of the parcels; the others are findings.
    let list = try run(
      program, ["-C", workspace.url.path, "list", "--json"], ["PARCELS_NOW": "2024-12-31T10:00:00Z"])
    let parcels = list.output.split(separator: "\n")
    #expect(parcels.count == 4188)
    let off = parcels.count { $0.contains("area-differs") || $0.contains("farmland-differs") }
    #expect(off > 0 && Double(off) <= 0.05 * Double(parcels.count), "\(off) of \(parcels.count)")
  }

  /// Campaign, path in its group of the status, value.
  private static let figures: [(String, String, Double)] = [
    ("provincial-2024", "issued.count", 139), ("provincial-2024", "issued.areaMu", 976.32),
    ("provincial-2024", "issued.farmlandMu", 209.89), ("provincial-2024", "partition.noViolation.count", 135),
    ("provincial-2024", "partition.noViolation.areaMu", 970.62),
    ("provincial-2024", "partition.noViolation.farmlandMu", 205.01),
    ("provincial-2024", "partition.unlawful.count", 4), ("provincial-2024", "partition.unlawful.areaMu", 5.7),
    ("provincial-2024", "partition.unlawful.farmlandMu", 4.88), ("provincial-2024", "rectification.closed.count", 3),
    ("provincial-2024", "flags.penalised.count", 1),
    ("hundred-days", "mustRectify.count", 392), ("hundred-days", "mustRectify.farmlandMu", 337.9),
    ("hundred-days", "rectification.closed.count", 335), ("hundred-days", "rectification.closed.farmlandMu", 306.5),
    ("hundred-days", "rates.rectification.farmland.percent", 90.71),
    ("hundred-days", "rates.rectification.count.percent", 85.46),
    ("backlog-2018-2023", "mustRectify.count", 661), ("backlog-2018-2023", "mustRectify.farmlandMu", 1512.07),
    ("backlog-2018-2023", "rectification.closed.count", 522),
    ("backlog-2018-2023", "rectification.closed.farmlandMu", 935.11),
    ("backlog-2018-2023", "rates.rectification.farmland.percent", 61.84),
    ("backlog-2018-2023", "rates.rectification.count.percent", 78.97),
    ("ministry-2024", "issued.count", 2996), ("ministry-2024", "issued.farmlandMu", 1691.31),
    ("ministry-2024", "partition.noViolation.farmlandMu", 922.16),
    ("ministry-2024", "partition.inReview.farmlandMu", 760.52),
    ("ministry-2024", "partition.unlawful.farmlandMu", 8.63),
    ("ministry-2024", "rates.filing.count.percent", 100),
  ]

  private static func number(_ status: [String: Any], _ campaign: String, _ path: String) -> Double? {
    let groups = status["groups"] as? [[String: Any]] ?? []
    var value: Any? = groups.first { ($0["key"] as? [String: Any])?["campaign"] as? String == campaign }
    for key in path.split(separator: ".") { value = (value as? [String: Any])?[String(key)] }
    return (value as? NSNumber)?.doubleValue
  }

  private func run(
    _ program: String, _ arguments: [String], _ environment: [String: String]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
