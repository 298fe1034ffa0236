import Foundation
import Geodata
import ParcelModel
import Testing

/// One `Message(zh: …, en: …)` of a source file: what its string literals say, interpolations taken out.
private struct Literal {
  var line: Int
  /// Nothing where the text is no literal: it comes from another message, or from another process.
  var zh: String?
  var en: String?
}

/// The messages that a Swift source builds.
private func literals(in source: String) -> [Literal] {
  let text = Array(source.unicodeScalars)
  let opening = Array("Message(".unicodeScalars)
  var found: [Literal] = []
  var line = 1
  for start in text.indices {
    if text[start] == "\n" { line += 1 }
    guard text[start] == "M", text[start...].starts(with: opening) else { continue }
    if start > 0, text[start - 1].properties.isAlphabetic || text[start - 1] == "_" { continue }
    var cursor = Cursor(text: text, index: start + opening.count)
    guard cursor.take("zh:") else { continue }
    let zh = cursor.expression()
    guard cursor.take(","), cursor.take("en:") else { continue }
    found.append(Literal(line: line, zh: zh, en: cursor.expression()))
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

  /// An argument up to its comma or the closing parenthesis: what its literals say together, or nothing without one.
  mutating func expression() -> String? {
    var said: String?
    var depth = 0
    while index < text.count {
      switch text[index] {
      case "\"":
        said = (said ?? "") + string()
        continue
      case "(", "[", "{": depth += 1
      case ")", "]", "}":
        if depth == 0 { return said }
        depth -= 1
      case "," where depth == 0: return said
      default: break
      }
      index += 1
    }
    return said
  }

  /// A string literal, of one line or several, without its interpolations.
  private mutating func string() -> String {
    let mark = Array((take("\"\"\"") ? "\"\"\"" : take("\"") ? "\"" : "").unicodeScalars)
    var result = String.UnicodeScalarView()
    while index < text.count {
      if text[index...].starts(with: mark) {
        index += mark.count
        break
      }
      let scalar = text[index]
      index += 1
      guard scalar == "\\", index < text.count else {
        result.append(scalar)
        continue
      }
      let escaped = text[index]
      index += 1
      if escaped == "(" { skipInterpolation() } else { result.append(escaped) }
    }
    return String(result)
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
        zh: "一" + (b ? "二" : c("三")), en: "one")
      Message(zh: text.zh, en: "x"); SomeMessage(zh: 1)
      Message(zh: text, en: other)
      """#
    let found = literals(in: source)
    #expect(found.map(\.line) == [1, 2, 4, 5])
    #expect(found.map(\.zh) == ["没有 ", "一二三", nil, nil])
    #expect(found.map(\.en) == ["no  \"b\"", "one", "x", nil])
  }

  @Test("Every message is there in Chinese and in English")
  func complete() throws {
    var count = 0
    for (path, text) in try sourceFiles() where path.hasSuffix("/Messages.swift") {
      for literal in literals(in: text) {
        count += 1
        let place = "\(path):\(literal.line)"
        // A part of a sentence may be left out, but in both languages.
        #expect((literal.zh == "") == (literal.en == ""), "\(place): one language is empty")
        if let zh = literal.zh {
          let hasHan = zh.unicodeScalars.contains { $0.properties.isIdeographic }
          let hasLetters = zh.unicodeScalars.contains { $0.properties.isAlphabetic }
          #expect(hasHan || !hasLetters, "\(place): \(zh)")
        }
        if let en = literal.en { #expect(!en.unicodeScalars.contains(where: isHan), "\(place): \(en)") }
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
        .missingCode, .badCode, .damagedCode, .codeRepeated, .missingGeometry, .unsupportedGeometry, .damagedGeometry,
        .emptyAfterRepair, .outsideCounty, .wrongCounty, .badNumber, .damagedCell,
      ])
    #expect([Finding.Severity.error, .note, .warning].sorted() == [Finding.Severity.note, .warning, .error])
    for code in Finding.Code.allCases { #expect(!code.remedy.zh.isEmpty && !code.remedy.en.isEmpty) }
  }
}
