/// XML or HTML source in which every text was escaped when it entered.
///
/// Names of elements and attributes are literals of the program; values and texts may come from anywhere.
struct Markup: Hashable, Sendable {
  private(set) var source: String

  static func text(_ text: String) -> Markup { Markup(source: escaped(text)) }

  typealias Attribute = (name: StaticString, value: String)

  static func element(_ name: StaticString, _ attributes: [Attribute] = [], _ children: [Markup]) -> Markup {
    var source = "<\(name)"
    for (name, value) in attributes { source += " \(name)=\"\(escaped(value))\"" }
    source += ">"
    for child in children { source += child.source }
    return Markup(source: source + "</\(name)>")
  }

  /// An element without content: closed as XML demands, which HTML permits for its void elements.
  static func empty(_ name: StaticString, _ attributes: [Attribute] = []) -> Markup {
    var source = "<\(name)"
    for (name, value) in attributes { source += " \(name)=\"\(escaped(value))\"" }
    return Markup(source: source + "/>")
  }

  /// Source written in this module, such as a style sheet.
  static func literal(_ source: StaticString) -> Markup { Markup(source: "\(source)") }

  static func + (a: Markup, b: Markup) -> Markup { Markup(source: a.source + b.source) }
}

private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in printable(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
