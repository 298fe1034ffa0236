package import Geodata

/// Every text of the model, in both languages.
package enum Messages {
  package static func workflowKind(_ kind: WorkflowKind) -> Message {
    switch kind {
    case .assign: Message(zh: "交办", en: "assign")
    case .verify: Message(zh: "核查", en: "verify")
    case .file: Message(zh: "填报", en: "file")
    case .submit: Message(zh: "上报", en: "submit")
    case .approve: Message(zh: "审核通过", en: "approve")
    case .sendBack: Message(zh: "退回", en: "send back")
    case .reject: Message(zh: "审核不通过", en: "reject")
    case .spotCheck: Message(zh: "抽查", en: "spot check")
    case .determineNoViolation: Message(zh: "判定非违法", en: "determine no violation")
    case .determineUnlawful: Message(zh: "判定违法", en: "determine unlawful")
    case .determineOutside: Message(zh: "判定不纳入", en: "determine outside")
    case .redetermine: Message(zh: "改判", en: "redetermine")
    case .handOver: Message(zh: "交办整改", en: "hand over")
    case .startRectification: Message(zh: "开始整改", en: "start rectification")
    case .progress: Message(zh: "整改进展", en: "progress")
    case .completeRectification: Message(zh: "整改到位", en: "complete rectification")
    case .accept: Message(zh: "验收", en: "accept")
    case .close: Message(zh: "销号", en: "close")
    case .lookBack: Message(zh: "回头看", en: "look back")
    case .reopen: Message(zh: "重新整改", en: "reopen")
    case .withdraw: Message(zh: "核减", en: "withdraw")
    case .extend: Message(zh: "延期", en: "extend")
    case .stopClock: Message(zh: "中止计时", en: "stop clock")
    case .resumeClock: Message(zh: "恢复计时", en: "resume clock")
    case .note: Message(zh: "备注", en: "note")
    case .openCase: Message(zh: "立案", en: "open case")
    case .notice: Message(zh: "下达通知书", en: "notice")
    case .legalReview: Message(zh: "法制审核", en: "legal review")
    case .penalty: Message(zh: "处罚决定", en: "penalty")
    case .serve: Message(zh: "送达", en: "serve")
    case .pay: Message(zh: "执收", en: "pay")
    case .treasury: Message(zh: "入库", en: "treasury")
    case .confiscate: Message(zh: "没收", en: "confiscate")
    case .suitStart: Message(zh: "起诉/复议", en: "suit start")
    case .ruling: Message(zh: "裁判/裁定", en: "ruling")
    case .remind: Message(zh: "催告", en: "remind")
    case .applyEnforcement: Message(zh: "申请强制执行", en: "apply enforcement")
    case .transfer: Message(zh: "移送", en: "transfer")
    case .transferResult: Message(zh: "移送结果", en: "transfer result")
    case .closeCase: Message(zh: "结案", en: "close case")
    case .correct: Message(zh: "更正", en: "correct")
    }
  }

  package static func caseStage(_ stage: CaseStage) -> Message {
    switch stage {
    case .opened: Message(zh: "已立案", en: "opened")
    case .decided: Message(zh: "已处罚", en: "decided")
    case .served: Message(zh: "已送达", en: "served")
    case .contested: Message(zh: "复议诉讼中", en: "contested")
    case .upheld: Message(zh: "裁判维持", en: "upheld")
    case .reminded: Message(zh: "已催告", en: "reminded")
    case .enforcing: Message(zh: "已申请强制执行", en: "court enforcement")
    case .concluded: Message(zh: "已结案", en: "concluded")
    }
  }

  package static func ruling(_ ruling: Ruling) -> Message {
    switch ruling {
    case .upheld: Message(zh: "维持", en: "upheld")
    case .revoked: Message(zh: "撤销", en: "revoked")
    case .granted: Message(zh: "准予执行", en: "granted")
    case .refused: Message(zh: "不准予执行", en: "refused")
    }
  }

  /// Further words for a ruling.
  static func rulingWords(_ ruling: Ruling) -> [String] {
    switch ruling {
    case .upheld: ["驳回", "驳回起诉", "驳回诉讼请求"]
    case .revoked: ["确认违法"]
    case .granted: ["准予强制执行", "准予"]
    case .refused: ["不准予强制执行", "不准予"]
    }
  }

  package static func step(_ step: Deadline.Step) -> Message {
    switch step {
    case .file: Message(zh: "填报", en: "file")
    case .determine: Message(zh: "判定", en: "determine")
    case .rectify: Message(zh: "整改到位", en: "rectify")
    case .accept: Message(zh: "验收", en: "accept")
    case .close: Message(zh: "销号", en: "close")
    }
  }

  package static func periodUnit(_ unit: Period.Unit) -> Message {
    switch unit {
    case .days: Message(zh: "天", en: "days")
    case .workingDays: Message(zh: "工作日", en: "working days")
    case .months: Message(zh: "个月", en: "months")
    }
  }

  /// Further words for a unit of time.
  static func periodUnitWords(_ unit: Period.Unit) -> [String] {
    switch unit {
    case .days: ["日", "自然日", "day"]
    case .workingDays: ["个工作日", "working day", "workday", "workdays"]
    case .months: ["月", "month"]
    }
  }

  package static func workflowField(_ field: WorkflowField) -> Message {
    switch field {
    case .code: Message(zh: "监测编号", en: "code")
    case .campaign: Message(zh: "专项", en: "campaign")
    case .event: Message(zh: "事项", en: "event")
    case .date: Message(zh: "日期", en: "date")
    case .actor: Message(zh: "经办人", en: "actor")
    case .document: Message(zh: "文号", en: "document")
    case .ground: Message(zh: "认定依据", en: "ground")
    case .level: Message(zh: "审核层级", en: "level")
    case .kind: Message(zh: "方式", en: "kind")
    case .areaMu: Message(zh: "面积（亩）", en: "area (mu)")
    case .farmlandMu: Message(zh: "耕地面积（亩）", en: "farmland (mu)")
    case .reason: Message(zh: "原因", en: "reason")
    case .evidence: Message(zh: "举证材料", en: "evidence")
    case .caseNumber: Message(zh: "案号", en: "case")
    case .amount: Message(zh: "金额（元）", en: "amount")
    case .quantity: Message(zh: "数量", en: "quantity")
    case .unit: Message(zh: "单位", en: "unit")
    case .corrects: Message(zh: "更正序号", en: "corrects")
    case .note: Message(zh: "备注", en: "note")
    case .township: Message(zh: "属地", en: "township")
    case .village: Message(zh: "村", en: "village")
    case .district: Message(zh: "片区", en: "district")
    case .office: Message(zh: "责任单位", en: "responsible office")
    case .responsible: Message(zh: "责任人", en: "responsible person")
    case .party: Message(zh: "当事人", en: "party")
    case .project: Message(zh: "项目名称", en: "project")
    }
  }

  /// Further heads under which files have a column, beside its title.
  static func workflowFieldHeads(_ field: WorkflowField) -> [String] {
    let title = workflowField(field)
    let others: [String] =
      switch field {
      case .code: ["图斑编号", "监测图斑编号", "JCBH", "TBBH"]
      case .event: ["事件"]
      case .areaMu: ["areaMu", "面积"]
      case .farmlandMu: ["farmlandMu", "耕地面积"]
      case .amount: ["金额"]
      case .kind: ["整改方式"]
      case .township: ["乡镇"]
      case .responsible: ["responsible"]
      case .campaign, .date, .actor, .document, .ground, .level, .reason, .evidence, .caseNumber, .quantity, .unit,
        .corrects, .note, .village, .district, .office, .party, .project:
        []
      }
    return [title.zh, title.en] + others
  }

  package static func verdict(_ verdict: Verdict) -> Message {
    switch verdict {
    case .noViolation: Message(zh: "非违法", en: "no violation")
    case .unlawful: Message(zh: "违法", en: "unlawful")
    case .outside: Message(zh: "不纳入", en: "outside")
    }
  }

  package static func part(_ part: Stage.Part) -> Message {
    switch part {
    case .pending: Message(zh: "待核查", en: "pending")
    case .inReview: Message(zh: "待审核", en: "in review")
    case .sentBack: Message(zh: "已退回", en: "sent back")
    case .noViolation: Message(zh: "非违法", en: "no violation")
    case .unlawful: Message(zh: "违法", en: "unlawful")
    case .outside: Message(zh: "不纳入", en: "outside")
    case .handedOver: Message(zh: "交办整改", en: "handed over")
    case .withdrawn: Message(zh: "已核减", en: "withdrawn")
    }
  }

  package static func rectification(_ stage: RectificationStage) -> Message {
    switch stage {
    case .unrectified: Message(zh: "未整改", en: "unrectified")
    case .rectifying: Message(zh: "整改中", en: "rectifying")
    case .rectified: Message(zh: "整改到位", en: "rectified")
    case .accepted: Message(zh: "已验收", en: "accepted")
    case .closed: Message(zh: "已销号", en: "closed")
    }
  }

  package static func stage(_ stage: Stage) -> Message {
    let part = part(stage.part)
    guard let progress = stage.rectification.map(rectification) else { return part }
    return Message(zh: "\(part.zh)·\(progress.zh)", en: "\(part.en), \(progress.en)")
  }

  package static func rate(_ rate: Rate) -> Message {
    switch rate {
    case .filing: Message(zh: "举证率", en: "filing rate")
    case .noViolationAccepted: Message(zh: "非违法审核通过率", en: "no-violation rate")
    case .unlawful: Message(zh: "违法判定率", en: "unlawful rate")
    case .rectification: Message(zh: "整改率", en: "rectification rate")
    case .restoration: Message(zh: "恢复耕地率", en: "restoration rate")
    }
  }

  package static func rateDefinition(_ rate: Rate) -> Message {
    switch rate {
    case .filing:
      Message(zh: "已填报 ÷（下发 − 核减）；本程序口径", en: "claims filed ÷ (issued − withdrawn); our definition")
    case .noViolationAccepted:
      Message(zh: "判定非违法 ÷ 下发；本程序口径", en: "determined without violation ÷ issued; our definition")
    case .unlawful:
      Message(zh: "判定违法 ÷ 下发；本程序口径", en: "determined unlawful ÷ issued; our definition")
    case .rectification:
      Message(zh: "已销号 ÷ 应整改（违法 + 交办整改）；本程序口径", en: "closed ÷ must rectify (unlawful + handed over); our definition")
    case .restoration:
      Message(zh: "已恢复面积 ÷ 应整改面积；本程序口径", en: "area restored ÷ area that must be rectified; our definition")
    }
  }

  package static func basis(_ basis: Campaign.Basis?) -> Message {
    switch basis {
    case .declared: Message(zh: "下发面积", en: "declared area")
    case .measured: Message(zh: "量算面积", en: "measured area")
    case .determined: Message(zh: "核定面积", en: "determined area")
    case nil: Message(zh: "各专项自定口径", en: "each campaign's own basis")
    }
  }

  package static func finding(_ code: Finding.Code) -> Message {
    switch code {
    case .missingCode: Message(zh: "没有监测编号", en: "no parcel code")
    case .damagedCode:
      Message(zh: "监测编号以小数存储，位数已丢失", en: "the parcel code was kept as a rounded number: its digits are lost")
    case .badCode:
      Message(
        zh: "监测编号过长或含控制字符、不可见字符",
        en: "the parcel code is too long or has characters that control something or cannot be seen")
    case .codeRepeated: Message(zh: "同一文件内编号相同而内容不同", en: "one code with different contents in one file")
    case .duplicateRecord: Message(zh: "与已有记录完全相同", en: "identical to a record already there")
    case .corrected: Message(zh: "内容与先前下发不同，按更正处理", en: "differs from an earlier delivery: taken as a correction")
    case .codeElsewhere: Message(zh: "其他专项中有相同编号", en: "another campaign has the same code")
    case .missingGeometry: Message(zh: "没有图形", en: "no geometry")
    case .unsupportedGeometry: Message(zh: "图形不是面", en: "the geometry is not a polygon")
    case .damagedGeometry: Message(zh: "图形数据已损坏", en: "the geometry is damaged")
    case .emptyAfterRepair: Message(zh: "图形修复后为空", en: "nothing is left of the geometry after repair")
    case .unclosedRing: Message(zh: "边界未闭合，已闭合", en: "a ring was not closed; it was closed")
    case .selfIntersection: Message(zh: "边界自相交，已修复", en: "the outline crosses itself; it was repaired")
    case .overlappingParts: Message(zh: "多部件相互重叠，重叠部分只计一次", en: "parts overlap; what they share counts once")
    case .holeOutside: Message(zh: "内环落在外环之外，外环之外的部分不计", en: "a hole lies outside its outline; it takes nothing there")
    case .repaired: Message(zh: "图形已修复", en: "the geometry was repaired")
    case .duplicateVertices: Message(zh: "边界有重复节点", en: "the outline repeats vertices")
    case .sliver: Message(zh: "图斑过于狭长或过小", en: "the parcel is a sliver")
    case .heightsDropped: Message(zh: "含高程或测量值（Z、M），未采用", en: "heights or measures (Z, M) were left out")
    case .arcs: Message(zh: "含圆弧，已改为折线", en: "arcs were replaced by straight pieces")
    case .outsideCounty: Message(zh: "图斑不在本县范围内", en: "the parcel lies outside the county")
    case .wrongCounty: Message(zh: "行政区代码不属于本工作区", en: "the county code is not of this workspace")
    case .partlyOutside: Message(zh: "图斑部分超出底图范围", en: "part of the parcel lies outside the base survey")
    case .nowOutside:
      Message(zh: "图斑不在新底图范围内，未重新量算", en: "the newer layers do not reach the parcel: it was not measured again")
    case .townshipDiffers: Message(zh: "下发乡镇与图形所在乡镇不同", en: "the delivered township is not the one of largest overlap")
    case .badNumber: Message(zh: "数值无法读取或为负", en: "a number cannot be read or is negative")
    case .damagedCell: Message(zh: "属性值已损坏", en: "an attribute is damaged")
    case .textCut: Message(zh: "文字超出字段长度被截断，末尾残字已去掉", en: "a text was cut off at the width of its field")
    case .overflowedCell:

      Message(
        zh: "数值为 ****（超出字段宽度或未填），按空值处理", en: "a number reads **** (too large for its field, or none): taken as empty")
    case .unreadFiles: Message(zh: "压缩包中还有未读取的数据", en: "the zip holds other data that were not read")
    case .correctedElsewhere:
      Message(zh: "编号相同但位置完全不同，已按更正处理", en: "the same code at quite another place, taken as a correction")
    case .areaDiffers: Message(zh: "下发面积与量算面积不符", en: "declared and measured area differ")
    case .farmlandDiffers: Message(zh: "下发耕地面积与量算不符", en: "declared and measured farmland differ")
    case .unitMixUp: Message(zh: "面积单位疑似有误", en: "the unit of area looks mixed up")
    case .noDeclaredArea: Message(zh: "没有下发面积，以量算面积代替", en: "no declared area: the measured one stands in")
    case .farmlandExceedsArea: Message(zh: "耕地面积大于图斑面积", en: "farmland exceeds the parcel's area")
    case .classesUnbalanced:
      Message(zh: "农用地、建设用地、未利用地之和与图斑面积不平衡", en: "the land classes do not add up to the parcel")
    case .basicFarmlandExceedsFarmland:
      Message(zh: "永久基本农田大于底图耕地（含田坎）", en: "basic farmland exceeds the survey's farmland, ridges included")
    case .worldGeodeticSystem:
      Message(zh: "坐标系为 WGS 84，按 CGCS2000 采用", en: "WGS 84 coordinates, taken as CGCS2000")
    case .referenceInferred:
      Message(zh: "文件没有坐标系，由坐标数值推定", en: "the file names no reference system; it was inferred from the coordinates")
    case .referenceOverruled:
      Message(
        zh: "文件自带的坐标系与 --crs 不同，按 --crs 采用", en: "the file names another reference system than --crs, which was used")
    case .positionDoubtful:
      Message(
        zh: "多数图斑面积相符而耕地不符，位置可能整体偏移", en: "most areas agree but farmland does not: all may lie shifted")
    case .encodingOverruled:
      Message(zh: "文件声明的编码与内容不符，按内容采用", en: "the stated encoding is not that of the bytes, which were followed")
    case .deletedRecords: Message(zh: "含已标记删除的记录，未读取", en: "records marked as deleted were not read")
    case .layerOverlap: Message(zh: "图层内图斑相互重叠", en: "polygons of the layer overlap")
    case .layerGap: Message(zh: "图层内有空隙", en: "the layer has gaps")
    case .layerTangled:
      Message(zh: "图斑边线大量交叉，重叠与空隙未能核查", en: "too many borders cross: overlaps and gaps were not examined")
    case .unknownClass: Message(zh: "不认识的地类编码", en: "unknown land-use class")
    }
  }

  package static func findingRemedy(_ code: Finding.Code) -> Message {
    switch code {
    case .missingCode, .badCode, .damagedCode, .badNumber, .damagedCell, .wrongCounty:
      Message(zh: "请下发单位改正该记录后重新下发", en: "have the sender mend the record and deliver it again")
    case .missingGeometry, .unsupportedGeometry, .damagedGeometry, .emptyAfterRepair:
      Message(zh: "请下发单位补充图形后重新下发", en: "have the sender add the polygon and deliver it again")
    case .outsideCounty:
      Message(zh: "核对坐标系，用 --crs EPSG:代码 指明后重新导入", en: "check the reference system; state it with --crs EPSG:n")
    case .codeRepeated:
      Message(zh: "请下发单位确认哪一条有效后重新下发", en: "have the sender say which record is right and deliver it again")
    case .duplicateRecord, .corrected, .codeElsewhere, .worldGeodeticSystem, .duplicateVertices, .heightsDropped,
      .deletedRecords:
      Message(zh: "无需处理", en: "nothing to do")
    case .unclosedRing, .selfIntersection, .overlappingParts, .holeOutside, .repaired, .arcs:
      Message(
        zh: "核对修复后的图形：图斑用 parcels show，图层用 GIS 软件",
        en: "look at the repaired polygon: a parcel with parcels show, a layer in a GIS")
    case .sliver:
      Message(zh: "请下发单位确认是否为切割残片", en: "ask the sender whether it is left over from cutting")
    case .areaDiffers, .farmlandDiffers, .farmlandExceedsArea:
      Message(zh: "核对下发数据与底图年度；统计口径仍为下发面积", en: "compare with the sender; totals still use the declared figure")
    case .classesUnbalanced:
      Message(
        zh: "核对底图：是否有重叠、空隙或不认识的地类编码（重新 parcels layer add 可列出）",
        en: "look at the survey for overlaps, gaps and unknown classes: parcels layer add lists them")
    case .basicFarmlandExceedsFarmland:
      Message(
        zh: "核对底图与永久基本农田年度；划定后变为园地、林地等的仍属永久基本农田",
        en: "compare the years of both layers: land stays basic farmland when it turns into orchard or forest")
    case .unitMixUp:
      Message(zh: "用 --profile 指明面积单位后重新导入", en: "state the unit with --profile and ingest again")
    case .noDeclaredArea:
      Message(zh: "核对字段映射（--profile）", en: "check how columns are mapped (--profile)")
    case .townshipDiffers:
      Message(zh: "核对属地，必要时用交办登记", en: "check who is responsible; record it with assign where needed")
    case .partlyOutside, .nowOutside:
      Message(zh: "核对县界与底图", en: "check the county border and the base survey")
    case .overflowedCell:
      Message(zh: "请下发单位加宽字段后重新导出", en: "have the sender widen the field and export it again")
    case .unreadFiles:
      Message(zh: "核对是否漏下发或漏导入；需要时单独导入", en: "check whether they belong to the delivery; ingest them by themselves")
    case .correctedElsewhere:
      Message(
        zh: "若各批次编号从头重排，请下发单位改用唯一编号，并用原文件恢复先前的图斑",
        en:
          "where each batch numbers anew, have the sender use unique codes, and restore the earlier parcels from their file"
      )
    case .textCut:
      Message(zh: "需要全文时请下发单位改用更宽的字段", en: "where the whole text is needed, have the sender use a wider field")
    case .referenceInferred, .referenceOverruled:
      Message(
        zh: "向下发单位核实坐标系；有误时用 --crs EPSG:代码 重新导入",
        en: "confirm it with the sender; if wrong, ingest again with --crs EPSG:n")
    case .positionDoubtful:
      Message(zh: "用 GIS 软件与底图叠加核对是否偏移或坐标系不对", en: "lay it over the survey in a GIS and look for a shift")
    case .encodingOverruled:
      Message(zh: "若文字显示不对，用 --encoding 指明后重新导入", en: "if texts look wrong, ingest again with --encoding")
    case .layerOverlap, .layerGap, .layerTangled:
      Message(zh: "请数据提供单位做拓扑检查；面积仍按各图斑量算", en: "have its maker check the topology; areas are measured as they lie")
    case .unknownClass:
      Message(zh: "核对地类编码字段；这些图斑不计入任何地类", en: "check the class field; these polygons count in no class")
    }
  }

  package static func refusal(_ refusal: Refusal) -> Message {
    switch refusal {
    case .notInStage(let stage, let kind):
      let (at, deed) = (self.stage(stage), workflowKind(kind))
      return Message(
        zh: "图斑处于“\(at.zh)”，不能“\(deed.zh)”", en: "a parcel that is \(at.en) cannot take the event \(kind.rawValue)")
    case .closed(let kind):
      return Message(
        zh: "图斑已销号，不能再“\(workflowKind(kind).zh)”", en: "the parcel is closed: \(kind.rawValue) is not possible")
    case .withdrawn(let kind):
      return Message(
        zh: "图斑已核减，不能再“\(workflowKind(kind).zh)”", en: "the parcel is withdrawn: \(kind.rawValue) is not possible")
    case .beforeIssue(let day, let issued):
      return Message(
        zh: "日期 \(day) 早于下发日期 \(issued)", en: "the date \(day) is before the parcel was issued (\(issued))")
    case .inFuture(let day, let today):
      return Message(zh: "日期 \(day) 晚于今天（\(today)）", en: "the date \(day) is after today (\(today))")
    case .missing(let field, let kind):
      return Message(
        zh: "“\(workflowKind(kind).zh)”缺少“\(workflowField(field).zh)”", en: "\(kind.rawValue) needs \(field.rawValue)")
    case .areaExceeds(let field, let given, let limit):
      return Message(
        zh: "“\(workflowField(field).zh)”\(given) 大于图斑的 \(limit) 亩",
        en: "\(field.rawValue) \(given) exceeds the parcel's \(limit) mu")
    case .negative(let field):
      return Message(zh: "“\(workflowField(field).zh)”为负数", en: "\(field.rawValue) is negative")
    case .unknownGround(let word):
      return Message(zh: "专项没有认定依据“\(word)”", en: "the campaign has no ground \"\(word)\"")
    case .groundOfOtherVerdict(let word, let verdict):
      return Message(
        zh: "认定依据“\(word)”不能用于判定“\(self.verdict(verdict).zh)”",
        en: "the ground \"\(word)\" is not one for \(self.verdict(verdict).en)")
    case .unknownVerdict(let word):
      return Message(zh: "改判方式“\(word)”不是 非违法、违法、不纳入 之一", en: "\"\(word)\" is none of noViolation, unlawful, outside")
    case .noCase(let number):
      return Message(zh: "案号“\(number)”尚未立案", en: "the case \"\(number)\" was not opened")
    case .caseExists(let number):
      return Message(zh: "案号“\(number)”已经立案", en: "the case \"\(number)\" is open already")
    case .caseNotIn(let stage, let kind):
      let at = caseStage(stage)
      return Message(
        zh: "案件处于“\(at.zh)”，不能“\(workflowKind(kind).zh)”",
        en: "a case that is \(at.en) cannot take the event \(kind.rawValue)")
    case .caseConcluded(let kind):
      return Message(
        zh: "案件已结案，不能再“\(workflowKind(kind).zh)”", en: "the case is concluded: \(kind.rawValue) is not possible")
    case .notOfCase(let kind):
      return Message(
        zh: "“\(workflowKind(kind).zh)”是图斑的事项，不是案件的", en: "\(kind.rawValue) is an event of a parcel, not of a case")
    case .beforeCase(let day, let opened):
      return Message(zh: "日期 \(day) 早于立案日期 \(opened)", en: "the date \(day) is before the case was opened (\(opened))")
    case .unknownRuling(let word):
      return Message(
        zh: "裁判结果“\(word)”不是 维持、撤销、准予执行、不准予执行 之一",
        en: "the ruling \"\(word)\" is none of upheld, revoked, granted, refused")
    case .notTransferred(let number):
      return Message(
        zh: "案号“\(number)”没有尚无结果的移送", en: "the case \"\(number)\" has no transfer that waits for its result")
    case .notInCase(let number):
      return Message(
        zh: "案号“\(number)”不包括这个图斑，须先为它“立案”",
        en: "the case \"\(number)\" does not cover the parcel: open-case brings it in")
    case .badQuantity(let text):
      return Message(
        zh: "数量“\(text)”不是 1 到 3650 天（120 个月）的整数",
        en: "\"\(text)\" is not a whole number of at most 3650 days or 120 months")
    case .unknownUnit(let word):
      return Message(zh: "单位“\(word)”不是 天、工作日、个月 之一", en: "the unit \"\(word)\" is none of days, working days, months")
    case .unknownStep(let word):
      return Message(
        zh: "环节“\(word)”不是 填报、判定、整改到位、验收、销号 之一",
        en: "the step \"\(word)\" is none of file, determine, rectify, accept, close")
    case .clockStopped:
      return Message(zh: "计时已经中止，须先恢复", en: "the clock is stopped already: resume it first")
    case .clockRuns:
      return Message(zh: "计时没有中止，不能恢复", en: "the clock is not stopped: there is nothing to resume")
    case .noSuchEvent(let text):
      return Message(zh: "更正序号“\(text)”没有对应的事件", en: "there is no event \"\(text)\" to correct")
    case .otherParcel(let text):
      return Message(zh: "更正序号“\(text)”属于另一图斑", en: "the event \"\(text)\" belongs to another parcel")
    }
  }

  // MARK: The register

  package static func registerColumn(_ column: RegisterColumn) -> Message {
    switch column {
    case .code: Message(zh: "监测编号", en: "code")
    case .campaign: Message(zh: "专项", en: "campaign")
    case .batch: Message(zh: "批次", en: "batch")
    case .issued: Message(zh: "下发日期", en: "issued")
    case .township: Message(zh: "乡镇", en: "township")
    case .village: Message(zh: "村", en: "village")
    case .declaredArea: Message(zh: "下发面积（亩）", en: "declared area (mu)")
    case .declaredFarmland: Message(zh: "下发耕地（亩）", en: "declared farmland (mu)")
    case .measuredArea: Message(zh: "量算面积（亩）", en: "measured area (mu)")
    case .party: Message(zh: "当事人", en: "party")
    case .project: Message(zh: "项目名称", en: "project")
    case .office: Message(zh: "责任单位", en: "responsible office")
    case .responsible: Message(zh: "责任人", en: "responsible person")
    case .stage: Message(zh: "状态", en: "stage")
    case .filed: Message(zh: "填报日期", en: "filed")
    case .review: Message(zh: "审核状态", en: "review state")
    case .determination: Message(zh: "判定", en: "determination")
    case .ground: Message(zh: "认定依据", en: "ground")
    case .determined: Message(zh: "判定日期", en: "determined")
    case .determinedArea: Message(zh: "核定面积（亩）", en: "determined area (mu)")
    case .determinedFarmland: Message(zh: "核定耕地（亩）", en: "determined farmland (mu)")
    case .measure: Message(zh: "整改方式", en: "measure")
    case .started: Message(zh: "开始整改日期", en: "rectification started")
    case .restoredArea: Message(zh: "恢复面积（亩）", en: "restored area (mu)")
    case .restoredFarmland: Message(zh: "恢复耕地（亩）", en: "restored farmland (mu)")
    case .completed: Message(zh: "整改到位日期", en: "rectified")
    case .accepted: Message(zh: "验收日期", en: "accepted")
    case .closed: Message(zh: "销号日期", en: "closed")
    case .note: Message(zh: "备注", en: "note")
    }
  }

  package static func reviewResult(_ result: ParcelState.Review.Result) -> Message {
    switch result {
    case .submitted: Message(zh: "已上报", en: "submitted")
    case .approved: Message(zh: "审核通过", en: "approved")
    case .sentBack: Message(zh: "退回", en: "sent back")
    case .rejected: Message(zh: "审核不通过", en: "rejected")
    }
  }

  /// The result of a review with the reason that was given: 退回：照片不清.
  package static func review(_ review: ParcelState.Review) -> Message {
    let result = reviewResult(review.result)
    guard let reason = review.reason else { return result }
    return Message(zh: "\(result.zh)：\(reason)", en: "\(result.en): \(reason)")
  }

  /// Further heads under which bureaus keep a column.
  static func registerHeads(_ column: RegisterColumn) -> [String] {
    switch column {
    case .code: ["图斑编号", "监测图斑编号"]
    case .township: ["属地", "所属乡镇", "乡镇名称"]
    case .village: ["村名", "所在村"]
    case .measure: ["方式"]
    case .restoredFarmland: ["恢复耕地面积（亩）"]
    case .completed: ["整改完成日期"]
    default: []
    }
  }

  package static func registerTitle(name: String, asOf: String) -> Message {
    Message(zh: "\(name)违法图斑台账（截至 \(asOf)）", en: "\(name): register of parcels as of \(asOf)")
  }

  package static let total = Message(zh: "合计", en: "Total")
}

extension Refusal {
  package var message: Message { Messages.refusal(self) }
}
