import Foundation
import ParcelTesting
import Testing

/// Several writers in one workspace: each waits or says that it did not get in, and nothing is lost or doubled.
@Suite struct WriterTests {
  @Test func writersAtOnce() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    try program.run("init", ".", "--county", "430321")
    try program.run("campaign", "add", "c", "--template", "provincial-satellite")
    try program.run("layer", "add", "townships", sampleData.appendingPathComponent("layers/XZQ-2023.gpkg").path)
    // Each of two deliveries three times, all at the same moment.
    let names = ["省卫片2024-第1批-20240205.zip", "省卫片2024-第2批-20240311.zip"]
    let running = try (0..<6).map { number in
      try program.start(
        [
          "ingest", sampleData.appendingPathComponent("deliveries/\(names[number % 2])").path, "--campaign", "c",
          "--issued", "2024-03-11", "--json",
        ], output: folder.url.appendingPathComponent("output-\(number)"),
        trouble: folder.url.appendingPathComponent("trouble-\(number)"))
    }
    for process in running { process.waitUntilExit() }
    #expect(running.allSatisfy { [0, 11].contains($0.terminationStatus) })
    var accepted: [String: Int] = [:]
    for (number, process) in running.enumerated() where process.terminationStatus == 0 {
      let text = try Data(contentsOf: folder.url.appendingPathComponent("output-\(number)"))
      let receipt = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
      let delivery = try #require(receipt["delivery"] as? [String: Any])
      let count = try #require(receipt["accepted"] as? Int)
      accepted[try #require(delivery["name"] as? String), default: 0] += count
    }
    #expect(accepted.values.allSatisfy { $0 > 0 } && accepted.count == 2)
    let status = try program.json("status", "--json")
    let total = try #require(status["total"] as? [String: Any])
    let issued = try #require(total["issued"] as? [String: Any])
    #expect(issued["count"] as? Int == accepted.values.reduce(0, +))
    #expect(try program.json("check", "--json")["ok"] as? Bool == true)
  }

  /// A writer that does not get in within ten seconds says so and ends with 11.
  @Test func aWorkspaceThatIsHeld() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    try program.run("init", ".", "--county", "430321")
    try program.run("campaign", "add", "c", "--template", "lead")
    let lock = open(folder.path(".lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(lock) }
    try #require(lock >= 0 && flock(lock, LOCK_EX) == 0)
    try folder.write("code,event,date\n1,file,2024-03-01\n".utf8, to: "rows.csv")
    let result = try program.run("record", "rows.csv", "--campaign", "c", "--lang", "zh")
    #expect(result.status == 11)
    #expect(result.trouble.hasPrefix("错误："))
    // Readers do not wait.
    #expect(try program.run("status").status == 0)
  }
}
