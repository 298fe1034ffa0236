/// One part of a document that every medium can print.
package enum Block: Hashable, Sendable {
  /// Level 2 and below; level 1 is the title of the document.
  case heading(level: Int, String)
  case paragraph(String)
  /// What a reader must know before using the figures.
  case note(String)
  case list([String])
  case definitions([Definition])
  case table(Table)
  /// Media without pictures print the caption.
  case figure(Picture, caption: String)

  package struct Definition: Hashable, Sendable {
    package var term: String
    package var meaning: String

    package init(_ term: String, _ meaning: String) {
      (self.term, self.meaning) = (term, meaning)
    }
  }

  package var html: HTML {
    switch self {
    case .heading(let level, let text): .heading(level, text)
    case .paragraph(let text): .paragraph(.text(text))
    case .note(let text): .note(.text(text))
    case .list(let items): .list(items.map { .text($0) })
    case .definitions(let entries): .definitions(entries.map { ($0.term, .text($0.meaning)) })
    case .table(let table): .table(table)
    case .figure(let picture, let caption): .figure(picture, caption: caption)
    }
  }
}
