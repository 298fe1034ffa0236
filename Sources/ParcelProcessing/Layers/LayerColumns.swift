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
    switch kind {
    case .townships:
      code = try index(order.codeField, ["XZQDM", "XZQHDM", "township_code", "ZLDWDM", "code"])
      name = try index(order.nameField, ["XZQMC", "XZMC", "ZLDWMC", "township_name", "name"])
    case .landUse:
      code = try index(order.codeField, ["DLBM", "dlbm", "code"])
      name = try index(order.nameField, ["DLMC", "name"])
    default:
      code = try index(order.codeField, [])
      name = try index(order.nameField, [])
    }
    let needsCode = kind == .townships || kind == .landUse
    guard code != nil || !needsCode else {
      throw .noLayerField(
        file: file, field: kind == .landUse ? "DLBM" : "XZQDM", known: schema.fields.map(\.name))
    }
    village = kind == .landUse ? try index(nil, ["ZLDWDM", "QSDWDM"]) : nil
    gross = kind == .landUse ? try index(nil, ["TBMJ"]) : nil
    net = kind == .landUse ? try index(nil, ["TBDLMJ"]) : nil
    ridge = kind == .landUse ? try index(nil, ["KCXS", "TKXS"]) : nil
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
