import Drawing
package import Geodata
package import ParcelLedger
package import ParcelModel

extension Status {
  /// `parcels.status/1` of INTERFACE.
  ///
  /// - Parameter head: where the ledger ends, whatever K is.
  package func json(county: String?, cutOff: CutOff, head: LedgerHead, overdue: Overdue = Overdue()) -> JSON {
    [
      "schema": "parcels.status/1", "county": JSON(county), "asOf": JSON(cutOff.asOf),
      "knownAt": JSON(cutOff.recorded?.description), "knownPosition": JSON(cutOff.position),
      "area": .string(basis?.rawValue ?? "mixed"), "ledgerHead": head.json,
      "groups": .array(
        groups.map { group in
          group.json(
            key: .object([dimension.rawValue: group.key.isEmpty ? .null : .string(group.key)]),
            overdue: overdue.byGroup[group.key] ?? Total())
        }),
      "total": total.json(key: [:], overdue: overdue.total),
    ]
  }
}

extension Status.Group {
  fileprivate func json(key: JSON, overdue: Total) -> JSON {
    var flags: [String: JSON] = ["overdue": overdue.json]
    for (name, _) in Flags.named { flags[name] = flag(name).json }
    return [
      "key": key, "issued": issued.json,
      "partition": JSON(Stage.Part.allCases.map { ($0.rawValue, part($0).json) }),
      "mustRectify": mustRectify.json,
      "rectification": JSON(RectificationStage.allCases.map { ($0.rawValue, rectification($0).json) }),
      "flags": .object(flags),
      "restored": [
        "areaMu": JSON(restored.area), "farmlandMu": JSON(restored.farmland),
        "byKind": .object(
          restoredByMeasure.mapValues { ["areaMu": JSON($0.area), "farmlandMu": JSON($0.farmland)] }),
      ],
      "rates": JSON(Rate.allCases.map { ($0.rawValue, figures($0).json) }),
    ]
  }
}

extension JSON {
  init(_ members: [(String, JSON)]) { self = .object(Dictionary(members, uniquingKeysWith: { first, _ in first })) }
}

extension Total {
  var json: JSON {
    [
      "count": JSON(count), "areaMu": JSON(area), "farmlandMu": JSON(farmland), "basicFarmlandMu": JSON(basicFarmland),
      "areaM2": JSON(squareMeters), "fallbacks": JSON(fallbacks),
    ]
  }
}

extension RateFigures {
  fileprivate var json: JSON { ["count": count?.json ?? .null, "area": area.json, "farmland": farmland.json] }
}

extension Quotient {
  fileprivate var json: JSON {
    func number(_ value: Int64) -> JSON { isCount ? .integer(value) : .hundredths(value) }
    return [
      "numerator": number(numerator), "denominator": number(denominator),
      "percent": percentHundredths.map { .hundredths($0) } ?? .null,
    ]
  }

  /// With two decimals, or a dash over a zero denominator.
  var percent: String { percentHundredths.map { decimal(hundredths: $0) + "%" } ?? "—" }

  /// The same as a cell of a table whose title says per cent.
  var percentCell: Cell { percentHundredths.map { .number(Double($0) / 100, decimals: 2) } ?? .text("—") }

  func cell(_ value: Int64) -> Cell { isCount ? .count(Int(value)) : .area(Mu(hundredths: value)) }
}
