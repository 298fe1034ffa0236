import Geodata
import ParcelModel

/// Every text of the reports, in both languages.
enum Messages {
  // MARK: Signs

  static let colon = Message(zh: "：", en: ": ")
  static let semicolon = Message(zh: "；", en: "; ")

  static func inBrackets(_ text: String, _ added: String) -> Message {
    Message(zh: "\(text)（\(added)）", en: "\(text) (\(added))")
  }

  /// A name that somebody else gave.
  static func verbatim(_ name: String) -> Message { Message(zh: name, en: name) }

  /// Sentences one after the other.
  static func sentences(_ sentences: [Message], _ language: Language) -> String {
    sentences.map { $0.text(language) }.joined(separator: language == .chinese ? "" : " ")
  }

  static func numbered(_ number: Int, _ text: String) -> Message {
    Message(zh: "\(number)．\(text)", en: "\(number)) \(text)")
  }

  static func section(_ number: Int, _ title: Message) -> Message {
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    let numeral = numerals.indices.contains(number - 1) ? numerals[number - 1] : String(number)
    return Message(zh: "\(numeral)、\(title.zh)", en: "\(number). \(title.en)")
  }

  /// `2024年12月31日` or `2024-12-31`.
  private static func day(_ day: Day) -> Message {
    Message(zh: "\(day.year)年\(day.month)月\(day.day)日", en: day.description)
  }

  private static func parcels(_ count: Int) -> String { count == 1 ? "1 parcel" : "\(count) parcels" }

  /// 139宗、面积976.32亩、耕地209.89亩.
  private static func said(_ total: Total) -> Message {
    Message(
      zh: "\(total.count)宗、面积\(total.area)亩、耕地\(total.farmland)亩",
      en: "\(parcels(total.count)), \(total.area) mu (\(total.farmland) mu farmland)")
  }

  // MARK: Figures

  static let issued = Message(zh: "下发", en: "issued")
  static let mustRectify = Message(zh: "应整改", en: "must rectify")
  static let closed = Message(zh: "已销号", en: "closed")
  static let open = Message(zh: "未销号", en: "open")
  static let overdue = Message(zh: "已逾期", en: "overdue")
  static let penalized = Message(zh: "已处罚", en: "penalised")
  static let penalizedAndOpen = Message(zh: "已处罚未销号", en: "penalised, open")
  static let restoredArea = Message(zh: "恢复面积（亩）", en: "restored (mu)")
  static let restoredFarmland = Message(zh: "恢复耕地（亩）", en: "restored farmland (mu)")
  static let notKnown = Message(zh: "（未定）", en: "(not known)")
  static let overview = Message(zh: "下发与销号情况", en: "Issued and closed")
  static let rectificationCaption = Message(zh: "整改情况（宗）", en: "Rectification (parcels)")
  static let ratesCaption = Message(zh: "各项比率（%）", en: "Rates (%)")
  static let zeroDenominator = Message(zh: "“—”表示分母为零，不计算比率。", en: "“—”: the denominator is zero.")

  static func figure(_ figure: Message, in unit: StatusTables.Unit) -> Message {
    switch unit {
    case .count: Message(zh: "\(figure.zh)（宗）", en: figure.en)
    case .area: Message(zh: "\(figure.zh)面积（亩）", en: "\(figure.en), area (mu)")
    case .farmland: Message(zh: "\(figure.zh)耕地（亩）", en: "\(figure.en), farmland (mu)")
    }
  }

  static func parts(in unit: StatusTables.Unit) -> Message {
    switch unit {
    case .count: Message(zh: "判定情况（宗）", en: "By determination (parcels)")
    case .area: Message(zh: "判定情况（面积，亩）", en: "By determination (area, mu)")
    case .farmland: Message(zh: "判定情况（耕地，亩）", en: "By determination (farmland, mu)")
    }
  }

  static func rate(_ rate: Rate, in unit: StatusTables.Unit) -> Message {
    let title = rate.title
    return switch unit {
    case .count: Message(zh: "按宗\(title.zh)（%）", en: "\(title.en) by count (%)")
    case .area: Message(zh: "按面积\(title.zh)（%）", en: "\(title.en) by area (%)")
    case .farmland: Message(zh: "按耕地\(title.zh)（%）", en: "\(title.en) by farmland (%)")
    }
  }

  static func dimension(_ dimension: Status.Dimension) -> Message {
    switch dimension {
    case .campaign: Message(zh: "专项", en: "campaign")
    case .county: Message(zh: "县（市、区）", en: "county")
    case .township: Message(zh: "乡镇", en: "township")
    case .batch: Message(zh: "批次", en: "batch")
    case .village: Message(zh: "村", en: "village")
    case .district: Message(zh: "片区", en: "district")
    case .ground: Message(zh: "认定依据", en: "ground")
    case .month: Message(zh: "下发月份", en: "month of issue")
    }
  }

  static func basisNote(_ basis: Campaign.Basis?) -> Message {
    let name = ParcelModel.Messages.basis(basis)
    return Message(
      zh: "统计口径：\(name.zh)；亩数逐图斑取两位小数后汇总。", en: "Basis: \(name.en); mu rounded parcel by parcel, then added up.")
  }

  static func fallbacks(_ count: Int) -> Message {
    Message(
      zh: "其中 \(count) 宗下发数据缺少面积或耕地面积，以量算值代替。",
      en: "For \(parcels(count)) the delivery states no area or no farmland: the measured figure stands in.")
  }

  static func totalOfParcels(_ count: Int) -> Message {
    let total = ParcelModel.Messages.total
    return Message(zh: "\(total.zh) \(count) 宗", en: "\(total.en) \(count)")
  }

  // MARK: Parcels

  static let findings = Message(zh: "数据问题", en: "findings")
  static let registerMark = Message(zh: "导出标记", en: "export mark")
  static let registerSheet = Message(zh: "台账", en: "Register")
  static let facts = Message(zh: "基本情况", en: "Facts")
  static let areas = Message(zh: "面积", en: "Areas")
  static let classes = Message(zh: "地类", en: "Land classes")
  static let places = Message(zh: "位置与套合", en: "Place and overlays")
  static let relations = Message(zh: "与其他图斑的关系", en: "Other parcels")
  static let determinationHeading = Message(zh: "判定", en: "Determination")
  static let rectificationHeading = Message(zh: "整改", en: "Rectification")
  static let cases = Message(zh: "案件", en: "Case files")
  static let history = Message(zh: "办理经过", en: "History")

  static func storyTitle(code: String, campaign: String) -> Message {
    Message(zh: "图斑 \(code)（\(campaign)）", en: "Parcel \(code) (\(campaign))")
  }

  static func storyIssued(on day: Day, batch: String, township: String?, total: Total) -> Message {
    let date = Self.day(day)
    let place = township.map { Message(zh: "位于\($0)，", en: " in \($0)") } ?? Message(zh: "", en: "")
    let inBatch = batch.isEmpty ? Message(zh: "", en: "") : Message(zh: "随“\(batch)”", en: " with batch “\(batch)”")
    return Message(
      zh: "\(date.zh)\(inBatch.zh)下发，\(place.zh)面积\(total.area)亩，其中耕地\(total.farmland)亩。",
      en: "Issued on \(date.en)\(inBatch.en)\(place.en): \(total.area) mu, of which \(total.farmland) mu farmland.")
  }

  static func storyStage(_ stage: Stage, asOf day: Day?) -> Message {
    let name = ParcelModel.Messages.stage(stage)
    let date = day.map(Self.day)
    return Message(
      zh: "\(date.map { "截至\($0.zh)" } ?? "目前")状态：\(name.zh)。",
      en: "\(date.map { "As of \($0.en)" } ?? "Now"): \(name.en).")
  }

  static func storyDue(_ day: Day, isOverdue: Bool) -> Message {
    let date = Self.day(day)
    return isOverdue
      ? Message(zh: "整改期限为\(date.zh)，已逾期。", en: "It was to be closed by \(date.en) and is overdue.")
      : Message(zh: "整改期限为\(date.zh)。", en: "It is to be closed by \(date.en).")
  }

  static let storyPenalized = Message(zh: "已作出行政处罚，尚未销号。", en: "A penalty was decided; it is not closed.")

  static let delivery = Message(zh: "下发文件", en: "delivery")

  static func deliveryRecord(_ sha256: String, record: Int) -> Message {
    let short = sha256.prefix(12)
    return Message(zh: "\(short)… 第 \(record) 条记录", en: "\(short)…, record \(record)")
  }

  static let assignedTownship = Message(zh: "属地（交办）", en: "township (assigned)")
  static let overlapTownship = Message(zh: "乡镇（按图形）", en: "township (by overlap)")
  static let deliveredTownship = Message(zh: "乡镇（下发数据）", en: "township (as delivered)")
  static let areaKind = Message(zh: "项目", en: "item")
  static let parcelArea = Message(zh: "图斑面积", en: "parcel")
  static let farmland = Message(zh: "耕地", en: "farmland")
  static let basicFarmland = Message(zh: "永久基本农田", en: "permanent basic farmland")
  static let adjustable = Message(zh: "可调整地类", en: "adjustable land")
  static let redline = Message(zh: "生态保护红线", en: "ecological redline")

  static func area(_ basis: Campaign.Basis, isMu: Bool) -> Message {
    let unit = isMu ? mu : squareMeters
    return switch basis {
    case .declared: Message(zh: "下发（\(unit.zh)）", en: "declared (\(unit.en))")
    case .measured: Message(zh: "量算（\(unit.zh)）", en: "measured (\(unit.en))")
    case .determined: Message(zh: "核定（\(unit.zh)）", en: "determined (\(unit.en))")
    }
  }

  static let mu = Message(zh: "亩", en: "mu")
  static let squareMeters = Message(zh: "平方米", en: "m²")
  static let share = Message(zh: "占比（%）", en: "share (%)")

  static func measuredAgainst(_ layers: [String], rules: Int) -> Message {
    let list = layers.joined(separator: ", ")
    return Message(zh: "量算底图：\(list)（量算规则第 \(rules) 版）。", en: "Measured against \(list) (measuring rules \(rules)).")
  }

  static let measuredAgain = Message(zh: "重新量算", en: "Measured again")
  static let firstMeasured = Message(zh: "首次", en: "first")
  static let lastMeasured = Message(zh: "最近一次", en: "last")
  static func countedMeasurement(isLast: Bool) -> Message {
    isLast
      ? Message(
        zh: "专项规定以最近一次量算为准（measurement: latest）。",
        en: "The campaign counts the last measurement (measurement: latest).")
      : Message(
        zh: "统计仍以首次量算为准；下发数据不变。", en: "Figures are still made of the first one; nothing delivered has changed.")
  }
  static func remeasureDetails(reason: String, area: Mu, farmland: Mu?) -> Message {
    Message(
      zh: (["\(reason)", "面积\(area)亩"] + (farmland.map { ["耕地\($0)亩"] } ?? [])).joined(separator: "，"),
      en: (["\(reason)", "\(area) mu"] + (farmland.map { ["farmland \($0) mu"] } ?? [])).joined(separator: ", "))
  }

  static let majorClassColumn = Message(zh: "三大类", en: "major class")
  static let classCode = Message(zh: "地类编码", en: "code")
  static let className = Message(zh: "地类名称", en: "class")
  static let townshipShares = Message(zh: "按乡镇", en: "By township")
  static let overlays = Message(zh: "套合结果", en: "Overlays")
  static let overlay = Message(zh: "图层", en: "layer")

  static func majorClass(_ major: LandUse.MajorClass) -> Message {
    switch major {
    case .agricultural: Message(zh: "农用地", en: "agricultural")
    case .construction: Message(zh: "建设用地", en: "construction")
    case .unused: Message(zh: "未利用地", en: "unused")
    }
  }

  static func subtotal(_ title: Message) -> Message { Message(zh: "\(title.zh)小计", en: "\(title.en), subtotal") }

  static func earlierParcel(code: String, campaign: String, percent: String) -> Message {
    Message(
      zh: "与较早下发的图斑 \(code)（\(campaign)）重叠，重叠部分占本图斑的 \(percent)。",
      en: "Overlaps parcel \(code) (\(campaign)), issued earlier: \(percent) of this one.")
  }

  static let handedOver = Message(zh: "交办整改日期", en: "handed over")
  static let due = Message(zh: "整改期限", en: "due")
  static let caseOpened = Message(zh: "立案日期", en: "opened")
  static let casePenalized = Message(zh: "处罚决定日期", en: "penalised")
  static let caseServed = Message(zh: "送达日期", en: "served")
  static let caseConcluded = Message(zh: "结案日期", en: "concluded")
  static let paid = Message(zh: "执收（元）", en: "paid (yuan)")
  static let treasury = Message(zh: "入库（元）", en: "treasury (yuan)")
  static let levied = Message(zh: "应收金额（元）", en: "levied (yuan)")
  static let details = Message(zh: "内容", en: "details")
  static let recorded = Message(zh: "登记时间", en: "recorded")
  static let seq = Message(zh: "序号", en: "seq")
  static let position = Message(zh: "流水号", en: "position")
  static let historyNote = Message(
    zh: "登记时间为北京时间；更正某一事项时，在“更正序号”中填写该事项的序号。",
    en: "Recorded in Beijing time (UTC+8); a correction names the seq of the event that it replaces.")

  static func findingWithRemedy(message: Message, remedy: Message, code: String) -> Message {
    Message(zh: "\(message.zh)（\(code)）。处理：\(remedy.zh)。", en: "\(message.en) (\(code)). Remedy: \(remedy.en).")
  }

  static func correctedBy(_ seq: Int) -> Message {
    Message(zh: "【已由序号 \(seq) 更正，不再计入】", en: "[corrected by seq \(seq), no longer counts]")
  }

  static let afterCutOff = Message(zh: "【晚于截止日期，未计入】", en: "[after the cut-off, does not count]")

  static func corrects(_ seq: Int) -> Message { Message(zh: "更正序号 \(seq) 的事项", en: "takes the place of seq \(seq)") }
  static func retracts(_ seq: Int) -> Message { Message(zh: "撤销序号 \(seq) 的事项", en: "takes back seq \(seq)") }

  static func issueDetails(batch: String, record: Int, area: Mu?, farmland: Mu?) -> Message {
    let areas = [
      area.map { Message(zh: "面积\($0)亩", en: "\($0) mu") },
      farmland.map { Message(zh: "耕地\($0)亩", en: "farmland \($0) mu") },
    ].compactMap { $0 }
    return Message(
      zh: (["批次“\(batch)”第 \(record) 条记录"] + areas.map(\.zh)).joined(separator: "，"),
      en: (["batch “\(batch)”, record \(record)"] + areas.map(\.en)).joined(separator: ", "))
  }

  static let configureEvent = Message(zh: "配置", en: "configure")
  static let deliverEvent = Message(zh: "接收下发文件", en: "deliver")
  static let issueEvent = Message(zh: "下发", en: "issue")
  static let reissueEvent = Message(zh: "重新下发（更正）", en: "reissue")
  static let remeasureEvent = Message(zh: "重新量算", en: "remeasure")

  /// Source: 第三次全国国土调查工作分类; ridges and waters as there.
  static func landUse(_ code: LandUse.Code) -> Message? {
    switch code.rawValue {
    case "0101": Message(zh: "水田", en: "paddy field")
    case "0102": Message(zh: "水浇地", en: "irrigated field")
    case "0103": Message(zh: "旱地", en: "dry field")
    case "0201": Message(zh: "果园", en: "orchard")
    case "0202": Message(zh: "茶园", en: "tea garden")
    case "0203": Message(zh: "橡胶园", en: "rubber plantation")
    case "0204": Message(zh: "其他园地", en: "other garden land")
    case "0301": Message(zh: "乔木林地", en: "arbour forest")
    case "0302": Message(zh: "竹林地", en: "bamboo forest")
    case "0303": Message(zh: "红树林地", en: "mangrove")
    case "0304": Message(zh: "森林沼泽", en: "forest swamp")
    case "0305": Message(zh: "灌木林地", en: "shrub forest")
    case "0306": Message(zh: "灌丛沼泽", en: "shrub swamp")
    case "0307": Message(zh: "其他林地", en: "other forest land")
    case "0401": Message(zh: "天然牧草地", en: "natural pasture")
    case "0402": Message(zh: "沼泽草地", en: "marsh grassland")
    case "0403": Message(zh: "人工牧草地", en: "sown pasture")
    case "0404": Message(zh: "其他草地", en: "other grassland")
    case "05H1": Message(zh: "商业服务业设施用地", en: "commercial services")
    case "0508": Message(zh: "物流仓储用地", en: "logistics and storage")
    case "0601": Message(zh: "工业用地", en: "industrial land")
    case "0602": Message(zh: "采矿用地", en: "mining land")
    case "0603": Message(zh: "盐田", en: "salt pan")
    case "0701": Message(zh: "城镇住宅用地", en: "urban housing")
    case "0702": Message(zh: "农村宅基地", en: "rural homestead")
    case "08H1": Message(zh: "机关团体新闻出版用地", en: "offices and press")
    case "08H2": Message(zh: "科教文卫用地", en: "science, education, culture and health")
    case "0809": Message(zh: "公用设施用地", en: "public utilities")
    case "0810": Message(zh: "公园与绿地", en: "parks and green land")
    case "09": Message(zh: "特殊用地", en: "special use")
    case "1001": Message(zh: "铁路用地", en: "railway")
    case "1002": Message(zh: "轨道交通用地", en: "rail transit")
    case "1003": Message(zh: "公路用地", en: "highway")
    case "1004": Message(zh: "城镇村道路用地", en: "streets")
    case "1005": Message(zh: "交通服务场站用地", en: "transport stations")
    case "1006": Message(zh: "农村道路", en: "rural road")
    case "1007": Message(zh: "机场用地", en: "airport")
    case "1008": Message(zh: "港口码头用地", en: "port")
    case "1009": Message(zh: "管道运输用地", en: "pipelines")
    case "1101": Message(zh: "河流水面", en: "river")
    case "1102": Message(zh: "湖泊水面", en: "lake")
    case "1103": Message(zh: "水库水面", en: "reservoir")
    case "1104": Message(zh: "坑塘水面", en: "pond")
    case "1105": Message(zh: "沿海滩涂", en: "coastal mudflat")
    case "1106": Message(zh: "内陆滩涂", en: "inland mudflat")
    case "1107": Message(zh: "沟渠", en: "ditch")
    case "1108": Message(zh: "沼泽地", en: "marsh")
    case "1109": Message(zh: "水工建筑用地", en: "hydraulic structures")
    case "1110": Message(zh: "冰川及永久积雪", en: "glacier and permanent snow")
    case "1201": Message(zh: "空闲地", en: "vacant land")
    case "1202": Message(zh: "设施农用地", en: "facility agriculture")
    case "1203": Message(zh: "田坎", en: "field ridge")
    case "1204": Message(zh: "盐碱地", en: "saline land")
    case "1205": Message(zh: "沙地", en: "sandy land")
    case "1206": Message(zh: "裸土地", en: "bare soil")
    case "1207": Message(zh: "裸岩石砾地", en: "bare rock and gravel")
    default: nil
    }
  }

  // MARK: The progress report

  static func progressTitle(_ name: String) -> Message {
    Message(zh: "\(name)自然资源违法图斑整改进展报告", en: "\(name): progress report on unlawful land-use parcels")
  }

  static let overviewSection = Message(zh: "总体情况", en: "Where things stand")
  static let campaignSection = Message(zh: "分专项情况", en: "By campaign")
  static let townshipSection = Message(zh: "分乡镇情况", en: "By township")
  static let deliverySection = Message(zh: "下发数据接收情况", en: "Deliveries")
  static let ratesSection = Message(zh: "指标口径", en: "Rates and how they are computed")
  static let dataSection = Message(zh: "数据说明", en: "About the data")
  static let outstandingSection = Message(zh: "附表：未销号清单", en: "Appendix: parcels not closed")

  static func cutOffNote(_ cutOff: CutOff) -> Message {
    let date = day(cutOff.asOf)
    guard let recorded = cutOff.recorded else {
      return Message(zh: "统计截至\(date.zh)；业务流水为空。", en: "As of \(date.en); the ledger is empty.")
    }
    return Message(
      zh:
        "统计截至\(date.zh)，依据截至 \(recorded.inBeijing)（北京时间）登记的业务流水，流水号 \(cutOff.position)，校验值 \(cutOff.hash.prefix(16))。",
      en:
        "As of \(date.en), from what was recorded until \(recorded.inBeijing) (Beijing time): ledger position \(cutOff.position), hash \(cutOff.hash.prefix(16))."
    )
  }

  static func nothingIssued(_ day: Day) -> Message {
    let date = Self.day(day)
    return Message(zh: "截至\(date.zh)，没有下发图斑。", en: "No parcel was issued by \(date.en).")
  }

  static func allIssued(by day: Day, campaigns: Int, _ total: Total) -> Message {
    let (date, said) = (Self.day(day), said(total))
    return Message(
      zh: "截至\(date.zh)，\(campaigns)个专项共计下发图斑\(said.zh)。",
      en: "By \(date.en), \(campaigns) campaigns issued \(said.en) in all.")
  }

  static func campaignIssued(_ name: String, by day: Day, batches: Int, _ total: Total) -> Message {
    let (date, said) = (Self.day(day), said(total))
    return Message(
      zh: "\(name)。截至\(date.zh)，\(batches)个批次共计下发图斑\(said.zh)。",
      en: "\(name). By \(date.en), \(batches == 1 ? "1 batch" : "\(batches) batches") issued \(said.en).")
  }

  /// - Precondition: at least one part.
  static func ofThese(_ parts: [(title: Message, total: Total)]) -> Message {
    guard parts.count > 1 else {
      return Message(zh: "均为“\(parts[0].title.zh)”。", en: "All of them: \(parts[0].title.en).")
    }
    return Message(
      zh: "其中：" + parts.map { "\($0.title.zh)\(said($0.total).zh)" }.joined(separator: "；") + "。",
      en: "Of these: " + parts.map { "\($0.title.en) \(said($0.total).en)" }.joined(separator: "; ") + ".")
  }

  /// - Parameter mustRectify: nothing where that is everything that was issued.
  static func rectified(
    mustRectify: Total?, closed: Total, open: Total, countRate: String, farmlandRate: String
  ) -> Message {
    let (done, rest) = (said(closed), said(open))
    let must = mustRectify.map(said)
    let isDone = open.count == 0
    return Message(
      zh: (must.map { "应整改图斑\($0.zh)，" } ?? "") + "完成整改销号\(done.zh)，"
        + (isDone ? "已全部销号" : "未销号\(rest.zh)") + "；整改率按宗\(countRate)，按耕地\(farmlandRate)。",
      en: (must.map { "To be rectified: \($0.en). " } ?? "") + "Closed: \(done.en); "
        + (isDone ? "none is open" : "still open: \(rest.en)")
        + ". Rectification rate: \(countRate) by count, \(farmlandRate) by farmland.")
  }

  static func restoredSoFar(_ restored: Restored) -> Message {
    Message(
      zh: "已恢复土地\(restored.area)亩，其中耕地\(restored.farmland)亩。",
      en: "Restored so far: \(restored.area) mu, of which \(restored.farmland) mu farmland.")
  }

  static func penalizedOfThese(_ count: Int) -> Message {
    Message(
      zh: "未销号图斑中，\(count)宗已作出行政处罚。", en: "For \(count) of the open ones a penalty was decided.")
  }

  static func overdueOfThese(due: Day?, _ total: Total) -> Message {
    let said = said(total)
    guard let due else { return Message(zh: "已超过整改期限\(said.zh)。", en: "Overdue: \(said.en).") }
    let date = day(due)
    return Message(zh: "整改期限为\(date.zh)，已逾期\(said.zh)。", en: "The term ended on \(date.en); overdue: \(said.en).")
  }

  static func dueBy(_ due: Day) -> Message {
    let date = day(due)
    return Message(zh: "整改期限为\(date.zh)。", en: "All are to be closed by \(date.en).")
  }

  static func filingRate(_ percent: String) -> Message {
    Message(zh: "填报举证率\(percent)（按宗）。", en: "Filing rate \(percent) by count.")
  }

  static func campaignChart(in unit: StatusTables.Unit) -> Message {
    unit == .count
      ? Message(zh: "各专项应整改图斑销号情况（宗）", en: "Parcels to be rectified, by campaign")
      : Message(zh: "各专项应整改耕地销号情况（亩）", en: "Farmland to be rectified, by campaign (mu)")
  }

  static func townshipChart(in unit: StatusTables.Unit) -> Message {
    unit == .count
      ? Message(zh: "各乡镇应整改图斑销号情况（宗）", en: "Parcels to be rectified, by township")
      : Message(zh: "各乡镇应整改耕地销号情况（亩）", en: "Farmland to be rectified, by township (mu)")
  }

  static func chartCaption(_ asOf: Day, _ unit: StatusTables.Unit) -> Message {
    let date = day(asOf)
    return unit == .count
      ? Message(zh: "图中为宗数，截至\(date.zh)；未列出的没有应整改图斑。", en: "Parcels as of \(date.en); what is not shown has none.")
      : Message(
        zh: "图中为耕地面积（亩），截至\(date.zh)；未列出的没有应整改图斑。",
        en: "Farmland in mu as of \(date.en); what is not shown has no parcels to be rectified.")
  }

  static func mapTitle(_ name: String) -> Message { Message(zh: "\(name)图斑分布图", en: "\(name): parcels") }

  static func mapCaption(_ asOf: Day, _ count: Int) -> Message {
    let date = day(asOf)
    return Message(
      zh: "图斑共 \(count) 宗，按截至\(date.zh)的状态着色；点位为图斑外接矩形中心，坐标系 CGCS2000。",
      en:
        "\(parcels(count)), coloured by where they stood on \(date.en); a dot is the middle of a parcel's box; CGCS2000."
    )
  }

  static func standing(_ standing: ProgressReport.Standing, _ count: Int) -> Message {
    switch standing {
    case .settled: Message(zh: "非违法、不纳入或已核减（\(count)）", en: "no violation, outside or withdrawn (\(count))")
    case .closed: Message(zh: "已销号（\(count)）", en: "closed (\(count))")
    case .inReview: Message(zh: "待核查、待审核或已退回（\(count)）", en: "pending, in review or sent back (\(count))")
    case .open: Message(zh: "违法或交办整改、未销号（\(count)）", en: "unlawful or handed over, open (\(count))")
    }
  }

  static let file = Message(zh: "文件", en: "file")
  static let delivered = Message(zh: "下发", en: "delivered")
  static let accepted = Message(zh: "接收", en: "accepted")
  static let corrected = Message(zh: "其中更正", en: "of these corrections")
  static let duplicate = Message(zh: "重复", en: "duplicate")
  static let rejected = Message(zh: "未接收", en: "rejected")
  static let record = Message(zh: "记录", en: "record")
  static let remedy = Message(zh: "处理", en: "remedy")
  static let deliveryNote = Message(
    zh: "单位：条。下发 = 接收 + 重复 + 未接收。", en: "Records. Delivered = accepted + duplicate + rejected.")

  static func rejectsCaption(_ count: Int) -> Message {
    Message(zh: "未接收的记录（\(count) 条）", en: "Records that were rejected (\(count))")
  }

  static let rateColumn = Message(zh: "指标", en: "rate")
  static let basisColumn = Message(zh: "口径", en: "basis")
  static let numerator = Message(zh: "分子", en: "numerator")
  static let denominator = Message(zh: "分母", en: "denominator")
  static let percent = Message(zh: "比率（%）", en: "per cent")

  static func basis(of unit: StatusTables.Unit, _ basis: Campaign.Basis) -> Message {
    let name = ParcelModel.Messages.basis(basis)
    return switch unit {
    case .count: Message(zh: "宗数", en: "parcels")
    case .area: Message(zh: "面积，亩（\(name.zh)）", en: "area, mu (\(name.en))")
    case .farmland: Message(zh: "耕地，亩（\(name.zh)）", en: "farmland, mu (\(name.en))")
    }
  }

  static func ratesNote(_ cutOff: CutOff) -> Message {
    let date = day(cutOff.asOf)
    return Message(
      zh: "统计截至\(date.zh)，流水号 \(cutOff.position)。比率由表中所列分子、分母直接计算，保留两位小数。",
      en:
        "As of \(date.en), ledger position \(cutOff.position). Rates follow from the printed numerators and denominators, with two decimals."
    )
  }

  static func sourceOfFigures(_ cutOff: CutOff) -> Message {
    guard let recorded = cutOff.recorded else { return Message(zh: "业务流水为空。", en: "The ledger is empty.") }
    return Message(
      zh: "数据来源：业务流水第 1 至 \(cutOff.position) 号，最后一条登记于 \(recorded.inBeijing)（北京时间），校验值 \(cutOff.hash)。",
      en:
        "Source: ledger positions 1 to \(cutOff.position), the last recorded at \(recorded.inBeijing) (Beijing time), hash \(cutOff.hash)."
    )
  }

  static func meaningOfCutOff(_ asOf: Day) -> Message {
    let date = day(asOf)
    return Message(
      zh: "统计时点：发生日期不晚于\(date.zh)的事项计入；其后发生的，以及上述流水号之后补录的，均不计入。",
      en: "What happened by \(date.en) counts; what happened later, or was recorded after that position, does not.")
  }

  static let rounding = Message(
    zh: "面积单位：1 亩 = 2000/3 平方米；逐图斑取两位小数后汇总，因此各表合计与清单一致。",
    en:
      "1 mu = 2000/3 m², rounded to two decimals parcel by parcel and then added up, so that tables equal their lists.")

  static func campaignBasis(_ name: String, _ basis: Campaign.Basis, township: Campaign.TownshipRule) -> Message {
    let area = ParcelModel.Messages.basis(basis)
    return switch township {
    case .assigned:
      Message(
        zh: "\(name)：面积采用\(area.zh)，乡镇采用交办属地（未交办的按图形所在乡镇）。",
        en: "\(name): \(area.en); township as assigned, else by overlap.")
    case .overlap:
      Message(zh: "\(name)：面积采用\(area.zh)，乡镇按图形所在乡镇。", en: "\(name): \(area.en); township by overlap.")
    }
  }

  static let countedPerCampaign = Message(
    zh: "同一地块在多个专项中下发的，在各专项中分别计数；合计为各专项之和。",
    en: "Ground that several campaigns flagged counts in each of them; totals add the campaigns up.")

  static func withoutTownship(_ count: Int) -> Message {
    Message(
      zh: "\(count) 宗图斑没有确定乡镇，列入“\(notKnown.zh)”。",
      en: "\(parcels(count)) without a known township: listed as “\(notKnown.en)”.")
  }

  static func producedBy(_ program: String) -> Message {
    Message(zh: "由 parcels \(program) 生成。", en: "Produced by parcels \(program).")
  }

  static let findingsCaption = Message(zh: "接收时发现的数据问题", en: "What was noticed in the delivered data")
  static let finding = Message(zh: "问题", en: "finding")
  static let parcelCount = Message(zh: "图斑（宗）", en: "parcels")
  static let number = Message(zh: "序号", en: "no.")
  static let areaMu = Message(zh: "面积（亩）", en: "area (mu)")
  static let farmlandMu = Message(zh: "耕地（亩）", en: "farmland (mu)")
  static let responsible = Message(zh: "责任单位、责任人", en: "responsible")

  static let nothingOutstanding = Message(zh: "应整改图斑均已销号。", en: "Nothing that must be rectified is open.")

  static func outstandingCaption(_ campaign: String, _ count: Int, due: Day?, isOverdue: Bool) -> Message {
    let term = due.map(day).map { date in
      Message(
        zh: "，整改期限\(date.zh)\(isOverdue ? "，已逾期" : "")", en: ", due \(date.en)\(isOverdue ? ", overdue" : "")")
    }
    return Message(
      zh: "\(campaign)（\(count) 宗\(term?.zh ?? "")）", en: "\(campaign) (\(parcels(count))\(term?.en ?? ""))")
  }

  static func outstandingNote(_ asOf: Day) -> Message {
    let date = day(asOf)
    return Message(
      zh: "截至\(date.zh)应整改而未销号的图斑，按专项、乡镇、监测编号排列。",
      en: "What must be rectified and was not closed on \(date.en), by campaign, township and code.")
  }

  // MARK: Errors

  static func notWritten(path: String, reason: String) -> Message {
    Message(zh: "报告未能写入 \(path)：\(reason)", en: "The report \(path) was not written: \(reason).")
  }
  static let notWrittenRemedy = Message(
    zh: "请检查磁盘空间和文件夹写入权限后重新运行。", en: "Check the free space and the permissions of the folder, then run again.")

  // MARK: Deadlines

  static func dueCaption(asOf day: Day, _ count: Int, overdue: Int) -> Message {
    Message(
      zh: "截至 \(day)：到期事项 \(count) 项，其中逾期 \(overdue) 项", en: "as of \(day): \(count) due, \(overdue) of them overdue")
  }

  static let deadlines = Message(zh: "期限", en: "Deadlines")

  /// That its clock stands still, or how often it was extended.
  static func note(on due: Due, of parcel: ParcelState) -> Message? {
    if case .stopped(let left) = due.end { return clockStopped(left: left, reason: parcel.clock.reason ?? "") }
    return due.extensions > 0 ? extended(due.extensions) : nil
  }

  static let lastDay = Message(zh: "截止日期", en: "last day")
  static let daysLeft = Message(zh: "剩余天数", en: "days left")
  static let dueStep = Message(zh: "环节", en: "step")
  static let dueNote = Message(zh: "说明", en: "note")
  static func sentBackCaption(_ count: Int) -> Message {
    Message(zh: "被退回的图斑 \(count) 个", en: "\(count) sent back")
  }
  static let sentBackOn = Message(zh: "退回日期", en: "sent back on")
  static func clockStopped(left: Int, reason: String) -> Message {
    Message(zh: "计时中止（\(reason)），中止时剩 \(left) 天", en: "clock stopped (\(reason)), \(left) days were left")
  }
  static func extended(_ times: Int) -> Message {
    Message(zh: "延期 \(times) 次", en: times == 1 ? "extended once" : "extended \(times) times")
  }
}
