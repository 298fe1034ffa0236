import Foundation
import ParcelTesting
import Testing

/// A folder of `Cases`: `steps`, the files that they use, and `expected`, the transcript that they must give.
///
/// A line of `steps` is a command (`$ parcels …`) or says something about the command above it:
/// `exit N` its exit code (0 where nothing is said), `kept` that the ledger of the workspace `ws` is as it was,
/// `silent` that what it prints is not part of the transcript. `copy FROM TO` copies a file. `#` begins a remark.
/// `SAMPLE` stands for the sample county's folder. The first line of `steps` may be `clock INSTANT`.
struct Case {
  let name: String

  static let root = packageRoot.appendingPathComponent("Tests/ParcelsEndToEndTests/Cases")

  static var all: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).filter { name in
      FileManager.default.fileExists(atPath: root.appendingPathComponent("\(name)/steps").path)
    }.sorted()
  }

  private var place: URL { Self.root.appendingPathComponent(name) }

  private struct Step {
    var line: String
    var exit: Int32 = 0
    var isKept = false
    var isSilent = false
  }

  private func steps() throws -> (now: String?, steps: [Step]) {
    var steps: [Step] = []
    var now: String?
    let text = try String(contentsOf: place.appendingPathComponent("steps"), encoding: .utf8)
    for line in text.split(separator: "\n").map(String.init) where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "$", "copy": steps.append(Step(line: line))
      case "clock": now = words.last
      case "exit": steps[steps.count - 1].exit = try #require(words.last.flatMap { Int32($0) })
      case "kept": steps[steps.count - 1].isKept = true
      case "silent": steps[steps.count - 1].isSilent = true
      default: Issue.record("\(name): no step: \(line)")
      }
    }
    return (now, steps)
  }

  /// Words of a line; double quotes keep spaces.
  private func words(_ line: String) -> [String] {
    var words: [String] = []
    for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 {
        words.append(String(part))
      } else {
        words += part.split(separator: " ").map(String.init)
      }
    }
    return words.map { $0.replacing("SAMPLE", with: sampleData.path) }
  }

  /// Runs the steps in a folder of its own and compares the transcript.
  func run() throws {
    let folder = try TemporaryFolder()
    for file in try FileManager.default.contentsOfDirectory(atPath: place.path)
    where file != "steps" && file != "expected" {
      try FileManager.default.copyItem(
        at: place.appendingPathComponent(file), to: folder.url.appendingPathComponent(file))
    }
    let (now, steps) = try steps()
    var program = Program(folder: folder.url)
    if let now { program.now = now }
    var transcript = ""
    for step in steps {
      let words = words(step.line)
      if words[0] == "copy" {
        let target = folder.url.appendingPathComponent(words[2])
        try? FileManager.default.removeItem(at: target)
        let source = words[1].hasPrefix("/") ? words[1] : folder.path(words[1])
        try FileManager.default.copyItem(at: URL(fileURLWithPath: source), to: target)
        continue
      }
      let before = step.isKept ? try head(program) : nil
      let result = try program.run(Array(words.dropFirst(2)))
      #expect(result.status == step.exit, "\(name): \(step.line)\n\(result.trouble)")
      if step.isKept { #expect(try head(program) == before, "\(name): \(step.line)") }
      expectExplained(result, step.line)
      transcript += "\(step.line)\n"
      if !step.isSilent {
        transcript += normalized(result.output, folder)
        for line in normalized(result.trouble, folder).split(separator: "\n") { transcript += "! \(line)\n" }
      }
      if result.status != 0 { transcript += "exit \(result.status)\n" }
      transcript += "\n"
    }
    try compare(transcript)
  }

  /// An error is one line that begins with the word, and one line with what to do.
  private func expectExplained(_ result: Program.Result, _ line: String) {
    let lines = result.trouble.split(separator: "\n")
    for (index, text) in lines.enumerated() where text.hasPrefix("错误：") || text.hasPrefix("error: ") {
      #expect(index + 1 < lines.count && lines[index + 1].contains("→ "), "\(name): \(line)")
    }
    #expect(!result.trouble.contains("内部错误") && !result.trouble.contains("internal error"), "\(name): \(line)")
  }

  private func head(_ program: Program) throws -> String {
    let json = try program.json("check", "--quick", "--json", "-C", "ws")
    let head = try #require(json["ledgerHead"] as? [String: Any])
    return "\(head["position"] ?? "") \(head["hash"] ?? "")"
  }

  /// What differs from run to run or from machine to machine.
  private func normalized(_ text: String, _ folder: TemporaryFolder) -> String {
    var text = text.replacing(folder.url.path, with: "DIR").replacing(sampleData.path, with: "SAMPLE")
      .replacing(/[0-9a-f]{64}/, with: "HASH").replacing(/"seconds":[0-9.]+/, with: "\"seconds\":0")
      .replacing(/[0-9]+\.[0-9]{2} (s|秒)/, with: { "0.00 \($0.output.1)" })
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    return text
  }

  private func compare(_ transcript: String) throws {
    let file = place.appendingPathComponent("expected")
    if ProcessInfo.processInfo.environment["PARCELS_RECORD"] == "1" {
      try Data(transcript.utf8).write(to: file)
      Issue.record("\(name): recorded; run again without PARCELS_RECORD")
      return
    }
    let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    guard transcript != expected else { return }
    let (wanted, got) = (
      expected.split(separator: "\n", omittingEmptySubsequences: false),
      transcript.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let first =
      zip(wanted, got).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(wanted.count, got.count)
    Issue.record(
      """
      \(name)/expected differs from line \(first + 1) on:
      wanted: \(first < wanted.count ? String(wanted[first]) : "(end)")
      got:    \(first < got.count ? String(got[first]) : "(end)")
      """)
  }
}

@Suite struct CaseTests {
  @Test(arguments: Case.all) func steps(_ name: String) throws { try Case(name: name).run() }

  @Test func thereAreCases() { #expect(Case.all.count >= 5) }
}
