import Geodata

/// What became of a parcel by the end of 2024.
enum Ending: String, CaseIterable {
  case noViolation, inReview
  /// Must be rectified and is not closed.
  case open
  case closed
}

/// Parcels whose figures add up to a published one.
struct GroupPlan {
  let name: String
  /// How many of the group end in each way.
  let endings: [(ending: Ending, count: Int)]
  let farmland: Mu
  /// A wish where only the farmland was published: the farmland is then met to the hundredth, the area roughly.
  let area: Mu
  let areaIsPublished: Bool

  init(_ name: String, _ endings: [(Ending, Int)], farmland: Double, area: Double? = nil) {
    self.name = name
    self.endings = endings.map { (ending: $0.0, count: $0.1) }
    self.farmland = Mu(rounding: farmland)
    self.area = Mu(rounding: area ?? farmland * 1.5)
    areaIsPublished = area != nil
  }

  var count: Int { endings.reduce(0) { $0 + $1.count } }
}

/// A campaign (专项) of the sample, planned before a parcel is drawn.
struct CampaignPlan {
  let id: String
  let groups: [GroupPlan]
  let batches: [BatchPlan]
  /// Serial numbers begin here, so that codes of different campaigns differ.
  let firstSerial: Int
  /// The campaign on whose ground some of the parcels lie.
  var revisits: String?

  var count: Int { groups.reduce(0) { $0 + $1.count } }

  /// The figures that the bureau of 湘潭县 published for 2024; 亩. The split of the ministry's parcels by count is ours.
  static let all = [
    CampaignPlan(
      id: "provincial-2024",
      groups: [
        GroupPlan("noViolation", [(.noViolation, 135)], farmland: 205.01, area: 970.62),
        GroupPlan("unlawful", [(.closed, 3), (.open, 1)], farmland: 4.88, area: 5.70),
      ],
      batches: BatchPlan.provincial, firstSerial: 1),
    CampaignPlan(
      id: "hundred-days",
      groups: [
        GroupPlan("closed", [(.closed, 335)], farmland: 306.50), GroupPlan("open", [(.open, 57)], farmland: 31.40),
      ],
      batches: BatchPlan.hundredDays, firstSerial: 300_001),
    CampaignPlan(
      id: "backlog-2018-2023",
      groups: [
        GroupPlan("closed", [(.closed, 522)], farmland: 935.11), GroupPlan("open", [(.open, 139)], farmland: 576.96),
      ],
      batches: BatchPlan.backlog, firstSerial: 1),
    CampaignPlan(
      id: "ministry-2024",
      groups: [
        GroupPlan("noViolation", [(.noViolation, 1_720)], farmland: 922.16),
        GroupPlan("inReview", [(.inReview, 1_250)], farmland: 760.52),
        GroupPlan("unlawful", [(.open, 26)], farmland: 8.63),
      ],
      batches: BatchPlan.ministry, firstSerial: 100_001, revisits: "hundred-days"),
  ]
}
