import Geodata
import Yams

/// One mapping of a configuration file, read key by key; every complaint names file, line and remedy.
struct YAMLSection {
  let file: String
  private let mapping: Node.Mapping
  private let line: Int

  /// The whole file. An empty one is an empty mapping.
  init(text: String, file: String) throws(ConfigurationError) {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      // The parser's words go on with the text around the place.
      let words = "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      throw ConfigurationError(file: file, line: error.line, .notYAML(words))
    } catch {
      throw ConfigurationError(file: file, line: nil, .notYAML("\(error)"))
    }
    try self.init(node ?? Node([] as [(Node, Node)]), file: file)
  }

  private init(_ node: Node, file: String) throws(ConfigurationError) {
    guard let mapping = node.mapping else {
      throw ConfigurationError(file: file, line: node.mark?.line, .notAMapping)
    }
    self.file = file
    self.mapping = mapping
    line = node.mark?.line ?? 1
  }

  /// Refuses keys that the program does not know: a misspelled key must not be passed over.
  func allow(_ keys: String...) throws(ConfigurationError) { try allow(keys) }

  func allow(_ keys: [String]) throws(ConfigurationError) {
    for (key, _) in mapping {
      guard let name = key.string, keys.contains(name) else {
        throw error(.unknownKey(key.string ?? "?", known: keys), at: key)
      }
    }
  }

  func text(_ key: String) throws(ConfigurationError) -> String? {
    guard let node = mapping[key], node.null == nil else { return nil }
    guard let scalar = node.scalar else { throw error(.wrongValue(key, "…"), at: node) }
    return scalar.string
  }

  func required(_ key: String) throws(ConfigurationError) -> String { try required(key) { $0 } }

  func required<Value>(_ key: String, _ read: (String) -> Value?) throws(ConfigurationError) -> Value {
    guard try text(key)?.isEmpty == false, let value = try value(key, read) else {
      throw ConfigurationError(file: file, line: line, .missingKey(key))
    }
    return value
  }

  func texts(_ key: String) throws(ConfigurationError) -> [String] { try values(key) { $0 } }

  /// A list whose elements `read` understands.
  func values<Value>(_ key: String, _ read: (String) -> Value?) throws(ConfigurationError) -> [Value] {
    guard let node = mapping[key], node.null == nil else { return [] }
    guard let sequence = node.sequence else { throw error(.wrongValue(key, node.scalar?.string ?? "…"), at: node) }
    var values: [Value] = []
    for element in sequence {
      guard let text = element.scalar?.string, let value = read(text) else {
        throw error(.wrongValue(key, element.scalar?.string ?? "…"), at: element)
      }
      values.append(value)
    }
    return values
  }

  func sections(_ key: String) throws(ConfigurationError) -> [YAMLSection] {
    guard let node = mapping[key], node.null == nil else { return [] }
    guard let sequence = node.sequence else { throw error(.wrongValue(key, node.scalar?.string ?? "…"), at: node) }
    var sections: [YAMLSection] = []
    for element in sequence { sections.append(try YAMLSection(element, file: file)) }
    return sections
  }

  func section(_ key: String) throws(ConfigurationError) -> YAMLSection? {
    guard let node = mapping[key], node.null == nil else { return nil }
    return try YAMLSection(node, file: file)
  }

  var keys: [String] { mapping.keys.compactMap(\.string) }

  /// A value that `read` understands, or the complaint that it does not.
  func value<Value>(_ key: String, _ read: (String) -> Value?) throws(ConfigurationError) -> Value? {
    guard let text = try text(key) else { return nil }
    guard let value = read(text) else { throw error(.wrongValue(key, text), at: mapping[key]) }
    return value
  }

  func flag(_ key: String) throws(ConfigurationError) -> Bool? {
    try value(key) { ["true": true, "yes": true, "false": false, "no": false][$0.lowercased()] }
  }

  private func error(_ reason: ConfigurationError.Reason, at node: Node?) -> ConfigurationError {
    ConfigurationError(file: file, line: node?.mark?.line ?? line, reason)
  }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }
}
