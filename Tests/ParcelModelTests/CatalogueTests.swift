import Foundation
import Geodata
import ParcelModel
import Testing

/// One `Message(zh: "…", en: "…")` of a source file, its interpolations taken out.
private struct Literal {
  var line: Int
  /// Nothing where it is not written as two literals.
  var texts: (zh: String, en: String)?
  /// Whether both texts come from elsewhere by name, as where an error is read from another process.
  var isRelay = false
}

/// The messages that a Swift source builds.
private func literals(in source: String) -> [Literal] {
  let text = Array(source.unicodeScalars)
  let opening = Array("Message(".unicodeScalars)
  var found: [Literal] = []
  var line = 1
  for start in text.indices {
    if text[start] == "\n" { line += 1 }
    guard text[start...].starts(with: opening) else { continue }
    if start > 0, text[start - 1].properties.isAlphabetic || text[start - 1] == "_" { continue }
    var cursor = Cursor(text: text, index: start + opening.count)
    var texts: (zh: String, en: String)?
    if cursor.take("zh:"), let zh = cursor.string(), cursor.take(","), cursor.take("en:"), let en = cursor.string(),
      cursor.take(")")
    {
      texts = (zh, en)
    }
    var relay = Cursor(text: text, index: start + opening.count)
    let isRelay =
      relay.take("zh:") && relay.takeName() && relay.take(",") && relay.take("en:") && relay.takeName()
      && relay.take(")")
    found.append(Literal(line: line, texts: texts, isRelay: isRelay))
  }
  return found
}

private struct Cursor {
  let text: [Unicode.Scalar]
  var index: Int

  mutating func take(_ word: String) -> Bool {
    while index < text.count, text[index].properties.isWhitespace { index += 1 }
    let scalars = Array(word.unicodeScalars)
    guard text[index...].starts(with: scalars) else { return false }
    index += scalars.count
    return true
  }

  mutating func takeName() -> Bool {
    while index < text.count, text[index].properties.isWhitespace { index += 1 }
    let start = index
    while index < text.count, text[index].properties.isAlphabetic { index += 1 }
    return index > start
  }

  /// A string literal without its interpolations.
  mutating func string() -> String? {
    guard take("\"") else { return nil }
    var result = String.UnicodeScalarView()
    while index < text.count {
      let scalar = text[index]
      index += 1
      switch scalar {
      case "\"": return String(result)
      case "\\":
        guard index < text.count else { return nil }
        let escaped = text[index]
        index += 1
        if escaped == "(" { skipInterpolation() } else { result.append(escaped) }
      default: result.append(scalar)
      }
    }
    return nil
  }

  private mutating func skipInterpolation() {
    var depth = 1
    while index < text.count, depth > 0 {
      switch text[index] {
      case "\"":
        _ = string()
        continue
      case "(": depth += 1
      case ")": depth -= 1
      default: break
      }
      index += 1
    }
  }
}

private func isHan(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isIdeographic || (0x3000...0x303F).contains(scalar.value)
    || (0xFF00...0xFFEF).contains(scalar.value)
}

private let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("Sources")

/// Every Swift file of the package, by its path below `Sources`.
private func sourceFiles() throws -> [(path: String, text: String)] {
  let paths = try #require(FileManager.default.enumerator(atPath: sources.path)).compactMap { $0 as? String }
  return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
    (path, try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8))
  }
}

@Suite("Message catalogues")
struct CatalogueTests {
  @Test("The scanner itself sees what it must")
  func scanner() {
    let source = #"""
      case .a: Message(zh: "没有 \(names.joined(separator: "、"))", en: "no \(a("（")) \"b\"")
      return Message(
        zh: "一", en: "one")
      Message(zh: text, en: "x"); SomeMessage(zh: 1)
      Message(zh: text, en: other)
      """#
    let found = literals(in: source)
    #expect(found.map(\.line) == [1, 2, 4, 5])
    #expect(found[0].texts?.zh == "没有 ")
    #expect(found[0].texts?.en == "no  \"b\"")
    #expect(found[1].texts?.zh == "一")
    #expect(found[2].texts == nil && !found[2].isRelay)
    #expect(found[3].texts == nil && found[3].isRelay)
  }

  @Test("Every message is there in Chinese and in English")
  func complete() throws {
    var count = 0
    for (path, text) in try sourceFiles() where path.hasSuffix("/Messages.swift") {
      for literal in literals(in: text) where !literal.isRelay {
        count += 1
        let place = "\(path):\(literal.line)"
        guard let (zh, en) = literal.texts else {
          Testing.Issue.record("\(place): not two literals")
          continue
        }
        let hasHan = zh.unicodeScalars.contains { $0.properties.isIdeographic }
        let hasLetters = zh.unicodeScalars.contains { $0.properties.isAlphabetic }
        #expect(!zh.isEmpty && (hasHan || !hasLetters), "\(place): \(zh)")
        #expect(!en.isEmpty && !en.unicodeScalars.contains(where: isHan), "\(place): \(en)")
      }
    }
    #expect(count > 100)
  }

  @Test("Messages are built in the catalogues and nowhere else")
  func onlyThere() throws {
    for (path, text) in try sourceFiles() where !path.hasSuffix("/Messages.swift") && path != "Geodata/Message.swift" {
      for literal in literals(in: text) { Testing.Issue.record("\(path):\(literal.line) builds a message") }
      #expect(!text.contains("init(zh:"), "\(path)")
    }
  }

  @Test("Everything that can be said says something in both languages, once")
  func spoken() {
    func check(_ messages: [Message], _ what: String) {
      for message in messages {
        #expect(message.zh.unicodeScalars.contains { $0.properties.isIdeographic }, "\(what): \(message.zh)")
        #expect(!message.en.unicodeScalars.contains(where: isHan), "\(what): \(message.en)")
      }
      for language in Language.allCases {
        #expect(Set(messages.map { $0.text(language) }).count == messages.count, "\(what)")
      }
    }
    check(WorkflowKind.allCases.map(\.title), "events")
    check(WorkflowField.allCases.map(\.title), "columns")
    check(RegisterColumn.allCases.map(\.title), "register")
    check(Verdict.allCases.map(\.title), "verdicts")
    check(Stage.Part.allCases.map(Messages.part), "parts")
    check(RectificationStage.allCases.map(Messages.rectification), "rectification")
    check(Stage.all.map(Messages.stage), "stages")
    check(Rate.allCases.map(\.title), "rates")
    check(Rate.allCases.map(\.definition), "definitions")
    check(Campaign.Basis.allCases.map { Messages.basis($0) } + [Messages.basis(nil)], "bases")
    check(Finding.Code.allCases.map(\.message), "findings")
  }

  @Test("Only errors reject, and every finding has a remedy")
  func findings() {
    let rejecting = Finding.Code.allCases.filter { $0.severity == .error }
    #expect(
      rejecting == [
        .missingCode, .missingGeometry, .unsupportedGeometry, .emptyAfterRepair, .outsideCounty, .wrongCounty,
        .badNumber, .codeRepeated,
      ])
    #expect([Finding.Severity.error, .note, .warning].sorted() == [Finding.Severity.note, .warning, .error])
    for code in Finding.Code.allCases { #expect(!code.remedy.zh.isEmpty && !code.remedy.en.isEmpty) }
  }
}
