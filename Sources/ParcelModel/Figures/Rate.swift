package import Geodata

/// A rate by its official name; numerator and denominator are figures of a status group (DOMAIN §3).
package enum Rate: String, CaseIterable, Codable, Sendable {
  /// 举证率: claims filed over issued less withdrawn.
  case filing
  /// 非违法审核通过率: determined without violation over issued.
  case noViolationAccepted
  /// 违法判定率: determined unlawful over issued.
  case unlawful
  /// 整改率: closed over what must be rectified.
  case rectification
  /// 恢复耕地率: restored over what must be rectified, by area and by farmland.
  case restoration

  package var title: Message { Messages.rate(self) }
  package var definition: Message { Messages.rateDefinition(self) }
}

/// A printed numerator over a printed denominator. Both in hundredths (亩), or whole (count).
package struct Quotient: Hashable, Sendable {
  package var numerator: Int64
  package var denominator: Int64
  package var isCount: Bool

  package init(numerator: Int64, denominator: Int64, isCount: Bool) {
    (self.numerator, self.denominator, self.isCount) = (numerator, denominator, isCount)
  }

  /// Per cent with two decimals as hundredths, half away from zero; nothing over a zero denominator.
  package var percentHundredths: Int64? {
    denominator == 0 ? nil : roundedQuotient(numerator * 10_000, by: denominator)
  }
}

/// One rate on its three bases; restoration has no count.
package struct RateFigures: Hashable, Sendable {
  package var count: Quotient?
  package var area: Quotient
  package var farmland: Quotient
}

extension Status.Group {
  package func figures(_ rate: Rate) -> RateFigures {
    switch rate {
    case .filing: figures(flag("filed"), over: issued, less: part(.withdrawn))
    case .noViolationAccepted: figures(part(.noViolation), over: issued)
    case .unlawful: figures(part(.unlawful), over: issued)
    case .rectification: figures(rectification(.closed), over: mustRectify)
    case .restoration:
      RateFigures(
        count: nil,
        area: Quotient(
          numerator: restored.area.hundredths, denominator: mustRectify.area.hundredths, isCount: false),
        farmland: Quotient(
          numerator: restored.farmland.hundredths, denominator: mustRectify.farmland.hundredths, isCount: false))
    }
  }

  private func figures(_ numerator: Total, over denominator: Total, less excluded: Total = Total()) -> RateFigures {
    var whole = denominator
    whole -= excluded
    return RateFigures(
      count: Quotient(numerator: Int64(numerator.count), denominator: Int64(whole.count), isCount: true),
      area: Quotient(
        numerator: numerator.area.hundredths, denominator: whole.area.hundredths, isCount: false),
      farmland: Quotient(
        numerator: numerator.farmland.hundredths, denominator: whole.farmland.hundredths, isCount: false))
  }
}
