/// A piece of a page. A literal or any other text is escaped; markup comes from the functions below alone.
package struct HTML: Hashable, Sendable {
  let markup: Markup

  private init(_ name: StaticString, _ attributes: [Markup.Attribute] = [], _ children: [HTML]) {
    markup = .element(name, attributes, children.map(\.markup))
  }

  init(_ markup: Markup) { self.markup = markup }

  package static func text(_ text: String) -> HTML { HTML(.text(text)) }
  package static func strong(_ text: String) -> HTML { HTML("strong", [], [.text(text)]) }
  /// Smaller and paler: sources, bases, cut-offs.
  package static func small(_ text: String) -> HTML { HTML("small", [], [.text(text)]) }
  /// A link to the place in the same page that `id` names; nothing leads out of a page.
  package static func link(_ text: String, toID id: String) -> HTML {
    HTML("a", [("href", "#" + anchor(id))], [.text(text)])
  }
  package static func group(_ pieces: [HTML]) -> HTML {
    HTML(pieces.reduce(Markup.text("")) { $0 + $1.markup })
  }

  /// - Parameter level: 1 for the title of the page to 4.
  package static func heading(_ level: Int, _ text: String, id: String? = nil) -> HTML {
    let name: StaticString =
      switch level {
      case ...1: "h1"
      case 2: "h2"
      case 3: "h3"
      default: "h4"
      }
    return if let id { HTML(name, [("id", anchor(id))], [.text(text)]) } else { HTML(name, [], [.text(text)]) }
  }

  package static func paragraph(_ pieces: HTML...) -> HTML { HTML("p", [], pieces) }
  /// A paragraph set apart: what a reader must know before using the figures.
  package static func note(_ pieces: HTML...) -> HTML { HTML("p", [("class", "note")], pieces) }
  package static func list(_ items: [HTML]) -> HTML { HTML("ul", [], items.map { HTML("li", [], [$0]) }) }

  package static func definitions(_ entries: [(term: String, meaning: HTML)]) -> HTML {
    HTML("dl", [], entries.flatMap { [HTML("dt", [], [.text($0.term)]), HTML("dd", [], [$0.meaning])] })
  }

  /// A picture in the page itself, with its caption below.
  package static func figure(_ picture: Picture, caption: String) -> HTML {
    HTML("figure", [], [HTML(picture.markup), HTML("figcaption", [], [.text(caption)])])
  }

  /// A table that scrolls on a narrow screen and repeats its header on every printed page.
  package static func table(_ table: Table, id: String? = nil) -> HTML {
    var parts: [HTML] = []
    if let caption = table.caption { parts.append(HTML("caption", [], [.text(caption)])) }
    let titles = table.columns.map { HTML("th", [("scope", "col"), ("class", $0.kind.name)], [.text($0.title)]) }
    parts.append(HTML("thead", [], [HTML("tr", [], titles)]))
    parts.append(HTML("tbody", [], table.rows.map { row($0, of: table) }))
    if let total = table.total { parts.append(HTML("tfoot", [], [row(total, of: table)])) }
    let notes = table.notes.map { HTML("p", [("class", "source")], [.text($0)]) }
    let inner = HTML("table", [], parts)
    return if let id {
      HTML("div", [("class", "table"), ("id", anchor(id))], [inner] + notes)
    } else {
      HTML("div", [("class", "table")], [inner] + notes)
    }
  }

  private static func row(_ cells: [Cell], of table: Table) -> HTML {
    HTML(
      "tr", [],
      zip(cells, table.columns).map { cell, column in HTML("td", [("class", column.kind.name)], [.text(cell.plain)]) })
  }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .text(text) }
}

extension Table.Column.Kind {
  fileprivate var name: String {
    switch self {
    case .text: "text"
    case .number: "number"
    case .day: "day"
    }
  }
}

/// `id` without what an address may not contain: everything but letters, digits, `-`, `_` and `.` becomes `-`.
private func anchor(_ id: String) -> String {
  String(
    String.UnicodeScalarView(
      id.unicodeScalars.map { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-_.".unicodeScalars.contains(scalar)
          ? scalar : "-"
      }))
}
