package import Geodata

/// One workflow event of one parcel, as it is kept in the ledger.
package struct WorkflowEntry: Codable, Hashable, Sendable {
  package var campaign: String
  package var code: String
  package var kind: WorkflowKind
  /// 审核层级 of a review or determination, in the words of the row.
  package var level: String?
  /// 认定依据, in the campaign's own code where it is known.
  package var ground: String?
  /// 方式: the measure of rectification, or the verdict of a `redetermine`.
  package var measure: String?
  package var area: SquareMeters?
  package var farmland: SquareMeters?
  package var reason: String?
  package var evidence: String?
  package var caseNumber: String?
  /// 金额 in fen.
  package var amount: Int64?
  package var quantity: String?
  package var unit: String?
  package var assignment: Assignment?
  /// The sequence number (in the county's chain) of the event that this one takes the place of.
  package var corrects: Int?
  /// Set when the event only takes back the one it corrects.
  package var retracts: Bool?
  /// 备注 and every column that is not known.
  package var notes: [String: String]?

  package init(campaign: String, code: String, kind: WorkflowKind) {
    (self.campaign, self.code, self.kind) = (campaign, code, kind)
  }
}

/// Who answers for a parcel (交办): what the row says of it, other facts staying as they were.
package struct Assignment: Codable, Hashable, Sendable {
  /// 属地 township, nine digits.
  package var township: DivisionCode?
  /// 村, a name or twelve digits.
  package var village: String?
  /// 片区 of the bureau's own.
  package var district: String?
  /// 责任单位.
  package var office: String?
  /// 责任人.
  package var responsible: String?
  /// 当事人.
  package var party: String?
  /// 项目名称.
  package var project: String?

  package init() {}

  package var isEmpty: Bool { self == Assignment() }

  /// These facts with those that `later` states put over them.
  package func updated(by later: Assignment) -> Assignment {
    var result = self
    result.township = later.township ?? township
    result.village = later.village ?? village
    result.district = later.district ?? district
    result.office = later.office ?? office
    result.responsible = later.responsible ?? responsible
    result.party = later.party ?? party
    result.project = later.project ?? project
    return result
  }
}
