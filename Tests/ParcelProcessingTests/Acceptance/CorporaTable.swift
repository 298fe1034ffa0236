import Foundation

/// `Corpora.md`: what becomes of every vector file of the corpora, and why that is right.
struct CorporaTable {
  /// What can be said of a file.
  struct Outcome: Hashable {
    var verdict: String
    /// Sorted; findings with how many records have them.
    var codes: [String]
    /// Records read; nothing where the file could not be read.
    var records: Int?

    fileprivate var cells: String {
      "\(verdict) | \(codes.joined(separator: ", ")) | \(records.map(String.init) ?? "–")"
    }
  }

  struct Row {
    /// A path below the corpora, or `folder/*.ending` for all files of that ending in a folder.
    var pattern: String
    var outcome: Outcome
    var why: String

    func covers(_ path: String) -> Bool {
      guard let star = pattern.firstIndex(of: "*") else { return pattern == path }
      let (folder, ending) = (pattern[..<star], pattern[pattern.index(after: star)...])
      return path.hasPrefix(folder) && path.hasSuffix(ending) && !path.dropFirst(folder.count).contains("/")
    }
  }

  private static let head = "| file | verdict | codes | records | why |\n|---|---|---|---|---|\n"

  private let introduction: String
  private(set) var rows: [Row]

  init(_ text: String) throws {
    let parts = text.split(separator: Self.head, maxSplits: 1, omittingEmptySubsequences: false)
    introduction = String(parts[0])
    rows = (parts.count == 2 ? parts[1] : "").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard cells.count == 7 else { return nil }
      let codes = cells[3].split(separator: ", ").map(String.init)
      return Row(
        pattern: cells[1].trimmingCharacters(in: ["`"]),
        outcome: Outcome(verdict: cells[2], codes: codes, records: Int(cells[4])), why: cells[5])
    }
  }

  func row(of path: String) -> Row? {
    rows.first { $0.pattern == path } ?? rows.first { $0.covers(path) }
  }

  /// The table with what was found, explanations kept; a new file has none yet.
  func recorded(_ found: [String: Outcome]) -> String {
    let covered = Dictionary(grouping: found.keys.sorted()) { row(of: $0)?.pattern ?? $0 }
    let lines = covered.keys.sorted().map { pattern in
      let why = rows.first { $0.pattern == pattern }?.why ?? ""
      return "| `\(pattern)` | \(found[covered[pattern]![0]]!.cells) | \(why) |\n"
    }
    return introduction + Self.head + lines.joined()
  }
}
