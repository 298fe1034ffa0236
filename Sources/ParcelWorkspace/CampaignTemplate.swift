package import Geodata
import ParcelModel

/// The campaign families of DOMAIN §2, as starting points of a campaign file. They differ in configuration only.
package enum CampaignTemplate: String, CaseIterable, Sendable {
  case ministrySatellite = "ministry-satellite"
  case provincialSatellite = "provincial-satellite"
  case backlog
  case specialDrive = "special-drive"
  case dynamicMonitoring = "dynamic-monitoring"
  case mineralSatellite = "mineral-satellite"
  case forestInspection = "forest-inspection"
  case transitionPeriod = "transition-period"
  case inspectionFindings = "inspection-findings"
  case ruralHousing = "rural-housing"
  case lead

  package var title: Message { Messages.template(self) }

  private var reviewLevels: [String] {
    switch self {
    case .ministrySatellite, .backlog, .mineralSatellite: ["市级", "省级", "部级"]
    case .provincialSatellite, .dynamicMonitoring, .transitionPeriod, .ruralHousing: ["市级", "省级"]
    case .specialDrive, .forestInspection, .inspectionFindings: ["市级"]
    case .lead: ["县级"]
    }
  }

  private var rates: [Rate] {
    switch self {
    case .ministrySatellite, .provincialSatellite, .mineralSatellite, .dynamicMonitoring, .ruralHousing:
      Rate.allCases
    case .backlog, .specialDrive, .forestInspection, .transitionPeriod, .inspectionFindings, .lead:
      [.rectification, .restoration]
    }
  }

  /// Code, names and verdict of the usual grounds. A bureau changes them to its province's list.
  private var grounds: [(code: String, names: [String], verdict: Verdict)] {
    let unlawful = [
      ("unlawful-construction", ["违法占地", "违法建设", "未批先建"], Verdict.unlawful),
      ("unlawful-farmland-use", ["违法占用耕地", "非农化"], .unlawful),
    ]
    let lawful = [
      ("approved", ["合法审批", "合法", "已批准用地"], Verdict.noViolation),
      ("pseudo-change", ["伪变化"], .noViolation),
      ("no-change", ["未变化", "实地未变化"], .noViolation),
    ]
    let outside = [("rural-road", ["农村道路"], Verdict.outside), ("facility", ["设施农用地", "设施农用地备案"], .outside)]
    switch self {
    case .provincialSatellite, .ministrySatellite, .dynamicMonitoring, .backlog, .ruralHousing, .transitionPeriod,
      .specialDrive:
      // These campaigns count roads and facility agriculture as no violation; where the province keeps them out of
      // the scheme, change the verdict to `outside`.
      return lawful + outside.map { ($0.0, $0.1, .noViolation) } + unlawful
    case .mineralSatellite:
      return [
        ("licensed", ["持证开采", "合法开采"], .noViolation), ("pseudo-change", ["伪变化"], .noViolation),
        ("unlicensed", ["无证开采"], .unlawful), ("beyond-limits", ["越界开采"], .unlawful),
      ]
    case .forestInspection:
      return [
        ("approved", ["林地审批", "合法"], .noViolation), ("pseudo-change", ["伪变化"], .noViolation),
        ("unlawful-forest-use", ["违法占用林地"], .unlawful), ("unlawful-felling", ["滥伐林木"], .unlawful),
      ]
    case .inspectionFindings, .lead:
      return [("unfounded", ["不属实"], .noViolation), ("founded", ["属实"], .unlawful)]
    }
  }

  /// The file that `campaign add` writes.
  package func text(name: String?, year: Int?) -> String {
    let quotedName = (name ?? title.zh).filter { !$0.isNewline && $0 != "\"" && $0 != "\\" }
    let groundLines = grounds.map { ground in
      """
        - code: \(ground.code)
          names: [\(ground.names.joined(separator: ", "))]
          verdict: \(ground.verdict.rawValue)
      """
    }
    return """
      # 专项 / campaign (template \(rawValue))
      name: "\(quotedName)"
      template: \(rawValue)
      \(year.map { "year: \($0)" } ?? "# year: 2024")
      # 统计所用面积 / which area counts: declared 下发, measured 量算, determined 核定
      area: declared
      # 统计所用乡镇 / which township counts: assigned 属地（没有则按套合）, overlap 套合
      township: assigned
      # 套合底图版本；不写则为首次使用时最新的一版，以后不变
      # base survey; without it the newest land-use layer when first used, and that one for ever
      # baseSurvey: "2023"
      # 重新量算（parcels remeasure）后以哪次为准：first 首次，latest 最近一次
      # which measurement counts where parcels were measured again: first, latest
      # measurement: first
      # 先验收后销号 / acceptance comes before closure
      acceptanceBeforeClosure: true
      reviewLevels: [\(reviewLevels.joined(separator: ", "))]
      # 整改期限 / everything must be closed by
      # rectifyBy: 2025-12-31
      # 各环节期限 / steps that must be taken in time: step 填报 file, 判定 determine, 整改到位 rectify, 验收 accept, 销号 close;
      # within 15 days / 10 working days / 3 months; from issued 下发, assigned 交办, sentBack 退回, determined 判定,
      # handedOver 交办整改, rectified 整改到位, accepted 验收; or by a day
      # deadlines:
      #   - step: file
      #     within: 15 working days
      #     from: issued
      #   - step: close
      #     by: 2025-12-31
      rates: [\(rates.map(\.rawValue).joined(separator: ", "))]
      # 认定依据 / grounds of determination: code, names used in files, verdict (noViolation, unlawful, outside)
      grounds:
      \(groundLines.joined(separator: "\n"))

      """
  }
}
