import Geodata
import ParcelModel
import Spatial

/// Which fields of a layer are what (DOMAIN §6).
struct LayerColumns {
  private let kind: LayerKind
  private let code: Int?
  private let name: Int?
  private let village: Int?
  private let gross: Int?
  private let net: Int?
  private let ridge: Int?

  init(_ schema: FeatureSchema, _ order: LayerOrder, file: String) throws(ProcessingError) {
    let names = schema.fields.map { $0.name.folded() }
    func index(_ stated: String?, _ usual: [String]) throws(ProcessingError) -> Int? {
      if let stated {
        guard let index = names.firstIndex(of: stated.folded()) else {
          throw .noLayerField(file: file, field: stated, known: schema.fields.map(\.name))
        }
        return index
      }
      return usual.lazy.compactMap { names.firstIndex(of: $0.folded()) }.first
    }
    kind = order.kind
    let usual = Self.usualNames(kind)
    code = try index(order.codeField, usual.code)
    name = try index(order.nameField, usual.name)
    guard code != nil || usual.code.isEmpty else {
      throw .noLayerField(file: file, field: usual.code[0], known: schema.fields.map(\.name))
    }
    village = try index(nil, usual.village)
    gross = try index(nil, usual.gross)
    net = try index(nil, usual.net)
    ridge = try index(nil, usual.ridge)
  }

  /// What fields are usually called; none where a layer of the kind needs none. A code is then called for.
  private static func usualNames(
    _ kind: LayerKind
  ) -> (code: [String], name: [String], village: [String], gross: [String], net: [String], ridge: [String]) {
    switch kind {
    case .townships:
      (
        ["XZQDM", "XZQHDM", "township_code", "ZLDWDM", "code"], ["XZQMC", "XZMC", "ZLDWMC", "township_name", "name"],
        [], [], [], []
      )
    case .landUse:
      (["DLBM", "code"], ["DLMC", "name"], ["ZLDWDM", "QSDWDM"], ["TBMJ"], ["TBDLMJ"], ["KCXS", "TKXS"])
    default: ([], [], [], [], [], [])
    }
  }

  /// Every name under which a field of the order may be found.
  static func candidates(_ order: LayerOrder) -> [String] {
    let usual = usualNames(order.kind)
    let named = [order.codeField.map { [$0] } ?? usual.code, order.nameField.map { [$0] } ?? usual.name]
    return (named + [usual.village, usual.gross, usual.net, usual.ridge]).flatMap { $0 }
  }

  private func text(_ index: Int?, _ feature: Feature) -> String {
    index.flatMap { feature.values[$0].text?.normalizedCode() } ?? ""
  }

  private func number(_ index: Int?, _ feature: Feature) -> Double? {
    guard let index else { return nil }
    switch feature.values[index] {
    case .integer(let value): return Double(value)
    case .real(let value): return value
    case .text(let text): return Double(text.normalizedCode())
    case .null, .day: return nil
    }
  }

  func code(_ feature: Feature) -> String {
    let text = text(code, feature)
    // 村 codes of twelve and more digits name their township in the first nine.
    return kind == .townships && text.count > 9 ? String(text.prefix(9)) : text
  }

  func name(_ feature: Feature) -> String { text(name, feature) }

  func village(_ feature: Feature) -> String { String(text(village, feature).prefix(12)) }

  /// net / gross; where TBMJ is absent 1 − KCXS; where both are, the piece counts in full.
  func netShare(_ feature: Feature) -> Double {
    if let gross = number(gross, feature), let net = number(net, feature), gross > 0, (0...gross).contains(net) {
      return net / gross
    }
    if let ridge = number(ridge, feature), (0...1).contains(ridge) { return 1 - ridge }
    return 1
  }
}
