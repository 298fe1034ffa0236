import Foundation
import Geodata
import ParcelModel
import ParcelProcessing
import ParcelWorkspace

/// Every text of the command line, in both languages.
enum Messages {
  // MARK: The program

  static let parcels = Message(
    zh: "违法图斑：接收下发批次、核查判定、整改销号，并按乡镇统计",
    en: "Suspect parcels: take in delivered batches, follow them to closure, report rates per township")
  static let parcelsMore = Message(
    zh: """
      例：
        parcels init 湘潭县 --county 430321
        parcels -C … 见各命令；parcels help 命令 查看用法
      退出码：0 完成；3 完成但有拒收；4 全部未收；10 无工作区；11 被占用；12 账本损坏；64 用法错误；70 内部错误。
      """,
    en: """
      Example:
        parcels init xiangtan --county 430321
        parcels help COMMAND explains a command.
      Exit codes: 0 done; 3 done but something was refused; 4 nothing taken in; 10 no workspace; 11 locked; \
      12 ledger damaged; 64 usage; 70 internal error.
      """)

  // MARK: Options

  static let workspaceOption = Message(zh: "工作区目录（默认当前目录）", en: "the workspace (default: this folder)")
  static let jsonOption = Message(zh: "以 JSON 输出", en: "print JSON")
  static let langOption = Message(zh: "消息语言", en: "language of messages")
  static let quietOption = Message(zh: "不显示提示信息", en: "no messages but errors")
  static let verboseOption = Message(zh: "显示全部明细", en: "print every detail")
  static let noColorOption = Message(zh: "不用颜色", en: "no colors")
  static let csvOption = Message(zh: "以 CSV 输出（UTF-8 带 BOM）", en: "print CSV (UTF-8 with BOM)")
  static let outputOption = Message(zh: "写入文件", en: "write to a file")
  static let dryRunOption = Message(zh: "只演练，不写入", en: "show what would happen and write nothing")
  static let verifyAreasOption = Message(
    zh: "再用 GEOS、官方级数和测地线面积各算一遍并比较", en: "measure once more with GEOS, the official series and geodesics, and compare")
  static let dumpOption = Message(
    zh: "把每条记录未取位的量算结果写成 CSV", en: "write what was measured of every record, unrounded, as CSV")
  static let layerOption = Message(zh: "文件中有多个图层时的图层名", en: "the layer, where a file has several")
  static let crsOption = Message(zh: "指明坐标系，例如 EPSG:4526", en: "state the reference system, such as EPSG:4526")
  static let encodingOption = Message(zh: "指明文字编码：UTF-8 或 GB18030", en: "state the encoding of text: UTF-8 or GB18030")
  static let countyOption = Message(zh: "县级代码", en: "county, six digits")
  static let townshipOption = Message(zh: "乡镇，九位代码或名称", en: "township, nine digits or its name")
  static let stageOption = Message(
    zh: "状态，例如 unlawful、closed、handedOver.closed（可重复）",
    en: "stage, such as unlawful, closed, handedOver.closed (may be repeated)")
  static func figureOption(_ names: [String]) -> Message {
    let list = names.joined(separator: ", ")
    return Message(zh: "某一统计数背后的图斑：\(list)", en: "the parcels behind a figure: \(list)")
  }
  static let asOfOption = Message(zh: "截至日期", en: "as of this day")
  static let knownAtOption = Message(zh: "按当时所知：时间、日期或账本位置", en: "as known at this time, day or ledger position")
  static let areaOption = Message(zh: "面积口径：declared、measured、determined", en: "declared, measured or determined")
  static let byOption = Message(
    zh: "分组：campaign、county、township、batch、village、district、ground、month",
    en: "group by campaign, county, township, batch, village, district, ground or month")
  static func formatOption(_ formats: String) -> Message { Message(zh: "格式：\(formats)", en: "format: \(formats)") }

  // MARK: init

  static let initHelp = Message(zh: "新建工作区", en: "make a workspace")
  static let initMore = Message(
    zh: "例：parcels init xiangtan --county 430321 --name 湘潭县",
    en: "Example: parcels init xiangtan --county 430321 --name Xiangtan")
  static let initDirectory = Message(zh: "新目录", en: "the new folder")
  static let initCounty = Message(zh: "县、市或省的六位代码", en: "six digits of a county, prefecture or province")
  static let initName = Message(zh: "名称", en: "its name")
  static let initZone = Message(
    zh: "3 度带号 25–45（默认由第一个图层决定）", en: "3-degree zone 25 to 45 (default: the first layer decides)")
  static func initialized(_ path: String, county: String) -> Message {
    Message(
      zh: "已建立工作区 \(path)（\(county)）。下一步：parcels -C \(path) layer add townships 文件",
      en: "made the workspace \(path) (\(county)). Next: parcels layer add townships FILE -C \(path)")
  }

  // MARK: campaign

  static let campaignHelp = Message(zh: "专项", en: "campaigns")
  static let campaignAddHelp = Message(zh: "按模板新增专项", en: "add a campaign from a template")
  static let campaignAddMore = Message(
    zh: "例：parcels campaign add provincial-2024 --template provincial-satellite --name 2024年省卫片 --year 2024",
    en: "Example: parcels campaign add provincial-2024 --template provincial-satellite --year 2024")
  static let campaignListHelp = Message(zh: "列出专项", en: "list the campaigns")
  static let campaignTemplatesHelp = Message(zh: "列出模板", en: "list the templates")
  static let campaignID = Message(zh: "专项代号", en: "campaign")
  static let campaignTemplate = Message(zh: "模板", en: "template")
  static let campaignName = Message(zh: "名称", en: "name")
  static let campaignYear = Message(zh: "年度", en: "year")
  static func campaignAdded(_ id: String, name: String) -> Message {
    Message(
      zh: "已新增专项 \(id)（\(name)）：campaigns/\(id).yaml", en: "added the campaign \(id) (\(name)): campaigns/\(id).yaml")
  }

  // MARK: layer

  static let layerHelp = Message(zh: "底图图层", en: "reference layers")
  static let layerAddHelp = Message(zh: "加入底图图层", en: "add a reference layer")
  static let layerAddMore = Message(
    zh: "例：parcels layer add townships XZQ.gpkg ；parcels layer add land-use DLTB.gpkg --version 2023",
    en: "Examples: parcels layer add townships XZQ.gpkg; parcels layer add land-use DLTB.gpkg --version 2023")
  static let inPlaceOption = Message(
    zh: "不保存副本：每次接收时直接从该文件读取所涉及的部分（乡镇图层仍保存）",
    en: "keep no copy: each batch reads what it touches straight from the file (townships are kept all the same)")
  static let layerListHelp = Message(zh: "列出图层", en: "list the layers")
  static let layerKind = Message(zh: "图层", en: "layer")
  static let layerFiles = Message(zh: "一个或多个文件", en: "one or several files")
  static let layerCode = Message(zh: "代码字段", en: "the field with codes")
  static let layerName = Message(zh: "名称字段", en: "the field with names")
  static let layerVersion = Message(zh: "版本", en: "version")
  static func layerStep(_ step: LayerIntake.Step) -> Message {
    switch step {
    case .reading(let file): Message(zh: "正在读取 \(file)……", en: "reading \(file)…")
    case .placing(let polygons): Message(zh: "正在量算 \(polygons) 个面……", en: "measuring \(polygons) polygons…")
    case .checking: Message(zh: "正在核查重叠与空隙……", en: "looking for overlaps and gaps…")
    case .writing: Message(zh: "正在写入图层……", en: "writing the layer…")
    }
  }
  static let areaMu = Message(zh: "面积（亩）", en: "area (mu)")
  static let polygons = Message(zh: "图斑数", en: "polygons")
  static let content = Message(zh: "内容", en: "content")
  static func zoneSettled(_ zone: Int) -> Message {
    Message(zh: "工作带定为 3 度 \(zone) 带，已写入 parcels.yaml", en: "the working zone is \(zone); parcels.yaml says so now")
  }
  static func layerAdded(
    _ layer: String, version: String, polygons: Int, mu: String, repaired: Int, leftOut: Int
  ) -> Message {
    Message(
      zh: "\(layer) \(version)：\(polygons) 个面，\(mu) 亩；修复 \(repaired)，舍弃 \(leftOut)",
      en: "\(layer) \(version): \(polygons) polygons, \(mu) mu; repaired \(repaired), left out \(leftOut)")
  }

  // MARK: ingest

  static let ingestHelp = Message(zh: "导入下发批次", en: "take in delivered batches")
  static let ingestMore = Message(
    zh: "例：parcels ingest 省卫片第3批.zip --campaign provincial-2024 --batch 3 --issued 2024-04-08 --profile standard-mu",
    en:
      "Example: parcels ingest batch3.zip --campaign provincial-2024 --batch 3 --issued 2024-04-08 --profile standard-mu"
  )
  static let ingestFiles = Message(
    zh: "Shapefile（可压缩）、GeoJSON 或 GeoPackage", en: "shapefile (zipped or not), GeoJSON or GeoPackage")
  static let batchOption = Message(zh: "批次名（默认文件名）", en: "label of the batch (default: the file's name)")
  static let issuedOption = Message(zh: "下发日期（默认今天）", en: "day of issue (default: today)")
  static let profileOption = Message(
    zh: "字段映射与面积单位：standard（平方米）、standard-mu（亩）、standard-ha（公顷）或自定",
    en: "columns and unit: standard (m²), standard-mu, standard-ha, or your own")
  static let swapAxesOption = Message(
    zh: "文件中纬度（纵坐标）在前、经度（横坐标）在后", en: "the file has latitude (northing) first")
  static func quarantined(_ folder: String) -> Message {
    Message(
      zh: "  未收部分及原因存于 \(folder)（findings.csv 可退回下发单位；改正后用 parcels ingest 导入该文件夹）",
      en:
        "  what was not taken, and why, lies in \(folder) (findings.csv is for the sender; once mended, ingest the folder)"
    )
  }
  static let previewTitle = Message(zh: "字段理解与前几条记录", en: "columns as understood, and the first records")
  static let previewColumns: [Message] = [
    Message(zh: "字段", en: "field"), Message(zh: "理解为", en: "taken for"), Message(zh: "单位", en: "unit"),
    Message(zh: "前几条", en: "first values"),
  ]
  static func meaning(_ column: Profile.Column?) -> Message {
    switch column {
    case .code: Message(zh: "监测编号", en: "parcel code")
    case .county: Message(zh: "县代码", en: "county code")
    case .township: Message(zh: "乡镇", en: "township")
    case .area: Message(zh: "下发面积", en: "declared area")
    case .farmland: Message(zh: "耕地面积", en: "farmland")
    case .basicFarmland: Message(zh: "永久基本农田面积", en: "permanent basic farmland")
    case nil: Message(zh: "备查属性", en: "kept as an attribute")
    }
  }
  static let workersOption = Message(zh: "并行数；结果与并行数无关", en: "how many at once; the results are the same")
  static func receipt(_ receipt: Receipt, seconds: Double) -> Message {
    let record = receipt.delivery
    let verdict = verdict(receipt.verdict)
    let time = decimal(hundredths: Int64((seconds * 100).rounded()))
    let dryZh = receipt.isDryRun ? "（演练，未写入）" : ""
    let dryEn = receipt.isDryRun ? " (dry run, nothing written)" : ""
    return Message(
      zh: """
        \(record.name) → \(record.campaign) \(record.batch)：\(verdict.zh)\(dryZh)
          下发 \(record.delivered)，接收 \(record.accepted)（其中更正 \(record.corrected)），拒收 \(record.rejects.count)，重复 \(record.duplicate)
          下发面积 \(receipt.declared) 亩，量算 \(receipt.measured) 亩，耕地 \(receipt.farmland) 亩；\(time) 秒
          \(decisions(record.decisions))
        """,
      en: """
        \(record.name) → \(record.campaign) \(record.batch): \(verdict.en)\(dryEn)
          delivered \(record.delivered), accepted \(record.accepted) (corrected \(record.corrected)), \
        rejected \(record.rejects.count), duplicate \(record.duplicate)
          declared \(receipt.declared) mu, measured \(receipt.measured) mu, farmland \(receipt.farmland) mu; \(time) s
          \(decisions(record.decisions))
        """)
  }

  static func verification(_ verification: AreaVerification) -> Message {
    func line(_ largest: AreaVerification.Largest) -> String {
      String(format: "%.1e", largest.share) + (largest.record.map { " (\($0))" } ?? "")
    }
    return Message(
      zh: """
          复核面积：\(verification.parcels) 个图斑、\(verification.pieces) 处套合；最大相对差（记录号）：\
        与 GEOS \(line(verification.overlap))，与官方级数 \(line(verification.series))，\
        与测地线面积 \(line(verification.geodesic))，套合超出图斑 \(line(verification.surplus))
        """,
      en: """
          areas verified: \(verification.parcels) parcels, \(verification.pieces) overlaps; largest relative difference \
        (record): GEOS \(line(verification.overlap)), official series \(line(verification.series)), \
        geodesics \(line(verification.geodesic)), pieces beyond the parcel \(line(verification.surplus))
        """)
  }

  private static func decisions(_ decisions: [String: String]) -> String {
    func line(_ keys: [String]) -> String {
      keys.compactMap { key in decisions[key].flatMap { $0.isEmpty ? nil : "\(key) \($0)" } }.joined(separator: " · ")
    }
    return [line(["format", "layer", "crs", "axes", "encoding", "profile", "unit", "manifest"]), line(["columns"])]
      .filter { !$0.isEmpty }.joined(separator: "\n  ")
  }
  static func verdict(_ verdict: Receipt.Verdict) -> Message {
    switch verdict {
    case .accepted: Message(zh: "已收", en: "accepted")
    case .acceptedWithFindings: Message(zh: "已收，有问题提示", en: "accepted with findings")
    case .duplicate: Message(zh: "重复，0 处变更", en: "duplicate, 0 changes")
    case .quarantined: Message(zh: "隔离", en: "quarantined")
    }
  }
  static func severity(_ severity: Finding.Severity) -> Message {
    switch severity {
    case .note: Message(zh: "提示", en: "note")
    case .warning: Message(zh: "警告", en: "warning")
    case .error: Message(zh: "拒收", en: "rejected")
    }
  }
  static func findingLine(_ group: Finding.Group) -> Message {
    let code = group.code
    let (severity, counted) = (severity(code.severity), counted(group.count, code))
    let area = group.area.map { Message(zh: "，共 \($0) m²", en: ", \($0) m²") } ?? Message(zh: "", en: "")
    return Message(
      zh: "  [\(severity.zh)] \(code.message.zh)（\(code.rawValue)）：\(counted.zh)\(area.zh)",
      en: "  [\(severity.en)] \(code.message.en) (\(code.rawValue)): \(counted.en)\(area.en)")
  }
  static func findingRecord(_ finding: Finding) -> Message {
    let area = finding.area.map { "\($0) m²" }
    let counted = finding.count > 1 ? counted(finding.count, finding.code) : nil
    let (code, detail) = (finding.parcel, finding.detail)
    let (zh, en) = (finding.record.map { "第 \($0) 条" }, finding.record.map { "record \($0)" })
    func line(_ parts: [String?]) -> String {
      "      " + parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }
    return Message(zh: line([zh, code, counted?.zh, area, detail]), en: line([en, code, counted?.en, area, detail]))
  }
  private static func counted(_ count: Int, _ code: Finding.Code) -> Message {
    switch code {
    case .layerOverlap, .layerGap: Message(zh: "\(count) 处", en: count == 1 ? "1 place" : "\(count) places")
    default: Message(zh: "\(count) 条", en: count == 1 ? "1 record" : "\(count) records")
    }
  }

  // MARK: remeasure

  static let remeasureHelp = Message(zh: "用新底图重新量算一个专项的图斑", en: "measure a campaign's parcels again")
  static let remeasureMore = Message(
    zh: """
      每个专项的底图是固定的：新底图不会改变任何已有数据。本命令用最新的图层（campaigns/专项.yaml 改写了 baseSurvey 的，\
      用所写版本）重新量算该专项的全部图斑，变化的写在首次量算旁边，并列出变化；统计仍以首次为准，除非专项文件写明 \
      measurement: latest。再运行一次不会有任何变更。
      例：parcels remeasure --campaign provincial-2024 --reason "2024年度变更调查成果已批复" --dry-run
      """,
    en: """
      The base survey of a campaign is pinned: a newer one changes no figure. This command measures all of its parcels \
      against the newest layers (or the baseSurvey that campaigns/ID.yaml was changed to), writes what differs beside the \
      first measurement, and prints what moved. Figures are still made of the first one, unless the campaign's file says \
      measurement: latest. Running it again changes nothing.
      Example: parcels remeasure --campaign provincial-2024 --reason "survey of 2024 approved" --dry-run
      """)
  static let reasonOption = Message(zh: "为什么重新量算", en: "why they are measured again")
  static let township = Message(zh: "乡镇", en: "township")
  static let parcelCount = Message(zh: "宗数", en: "parcels")
  /// Area, farmland and basic farmland, each before and after.
  static let movedColumns = [
    Message(zh: "面积（亩）原", en: "area (mu) before"), Message(zh: "面积（亩）新", en: "after"),
    Message(zh: "耕地（亩）原", en: "farmland (mu) before"), Message(zh: "耕地（亩）新", en: "after"),
    Message(zh: "永农（亩）原", en: "basic farmland (mu) before"), Message(zh: "永农（亩）新", en: "after"),
  ]
  static func remeasured(_ receipt: RemeasureReceipt, seconds: Double) -> Message {
    let time = decimal(hundredths: Int64((seconds * 100).rounded()))
    let (layers, changes, moved) = (receipt.layers.joined(separator: " "), receipt.changes.count, receipt.moved.count)
    return Message(
      zh: """
        \(receipt.campaign)：量算 \(receipt.measured) 个图斑，\(changes) 处变更，其中数值变化 \(moved)；\(time) 秒\
        \(receipt.isDryRun ? "（演练，未写入）" : "")
          底图 \(layers)
        """,
      en: """
        \(receipt.campaign): \(receipt.measured) parcels measured, \(changes) changes, of which \(moved) with other figures; \
        \(time) s\(receipt.isDryRun ? " (dry run, nothing written)" : "")
          layers \(layers)
        """)
  }

  // MARK: record and register

  static let recordHelp = Message(zh: "登记业务流水", en: "record workflow events")
  static let recordFiles = Message(zh: "CSV 或 XLSX，一行一个事项", en: "CSV or XLSX, one event a row")
  static let recordCampaign = Message(zh: "文件没有“专项”列时的专项", en: "the campaign, where the file has no such column")
  static var recordMore: Message {
    let kinds = WorkflowKind.allCases
    return Message(
      zh: """
        必有列：监测编号、事项、日期；其余：\(WorkflowField.allCases.map(\.title.zh).joined(separator: "、"))。
        事项：\(kinds.map(\.title.zh).joined(separator: "、"))。
        更正：在“更正序号”写 县代码:序号（见 parcels show），该行代替原事件；事项写“更正”则只撤回。
        例：parcels record 销号.csv
        """,
      en: """
        Needed columns: code, event, date; others: \(WorkflowField.allCases.map(\.rawValue).joined(separator: ", ")).
        Events: \(kinds.map(\.rawValue).joined(separator: ", ")).
        To correct an event, put county:seq (parcels show prints it) into the column corrects; the row takes its place. \
        The event correct only takes it back.
        Example: parcels record closures.csv
        """)
  }
  static let registerHelp = Message(zh: "台账：导出、修改、导入", en: "the register: export, edit, import")
  static let registerExportHelp = Message(zh: "导出台账", en: "export the register")
  static let registerExportMore = Message(
    zh: "例：parcels register export 台账.xlsx --campaign hundred-days --township 石潭镇",
    en: "Example: parcels register export register.xlsx --campaign hundred-days --township 430321112")
  static let registerImportHelp = Message(zh: "导入修改过的台账，改动成为事件", en: "import an edited register: changes become events")
  static let registerImportMore = Message(
    zh: "与导出时的账本逐格比较；两边都改过的格子列为冲突，不猜。标题中的导出标记请勿删除。",
    en:
      "Cells are compared with the ledger as it was at the export; a cell changed on both sides is a conflict and never guessed. Keep the mark in the title."
  )
  static let registerFile = Message(zh: "XLSX 或 CSV", en: "XLSX or CSV")
  static func rowReceipt(_ receipt: RowReceipt, seconds: Double) -> Message {
    let time = decimal(hundredths: Int64((seconds * 100).rounded()))
    let dry = receipt.isDryRun
    return Message(
      zh:
        "\(receipt.file)：\(receipt.rows.count) 行，登记 \(receipt.applied)（事件 \(receipt.events)），已有 \(receipt.alreadyKnown)，无变化 \(receipt.unchanged)，拒绝 \(receipt.refusals.count)；\(time) 秒\(dry ? "（演练，未写入）" : "")",
      en:
        "\(receipt.file): \(receipt.rows.count) rows, applied \(receipt.applied) (events \(receipt.events)), already known \(receipt.alreadyKnown), unchanged \(receipt.unchanged), refused \(receipt.refusals.count); \(time) s\(dry ? " (dry run, nothing written)" : "")"
    )
  }
  static func rowTrouble(line: Int, code: String, _ trouble: RowTrouble) -> Message {
    Message(zh: "  第 \(line) 行 \(code)：\(trouble.message.zh)", en: "  line \(line) \(code): \(trouble.message.en)")
  }
  static func more(_ count: Int) -> Message {
    Message(zh: "  另有 \(count) 条，用 --verbose 查看", en: "  \(count) more: see --verbose")
  }

  // MARK: status, list, show, export, report

  static let statusHelp = Message(zh: "现状与各项率", en: "where everything stands, with every rate")
  static let statusMore = Message(
    zh: "例：parcels status --as-of 2024-12-31 ；parcels status --by township --campaign hundred-days --csv",
    en: "Examples: parcels status --as-of 2024-12-31; parcels status --by township --campaign hundred-days --csv")
  static func statusTitle(_ name: String, asOf: String, position: Int, basis: Message) -> Message {
    Message(
      zh: "\(name)　截至 \(asOf)　账本位置 \(position)　面积口径：\(basis.zh)（亩）",
      en: "\(name)  as of \(asOf)  ledger position \(position)  basis: \(basis.en) (mu)")
  }
  static let listHelp = Message(zh: "列出图斑", en: "the parcels behind any figure")
  static let dueHelp = Message(
    zh: "列出到期和将到期的事项，以及被退回的图斑", en: "what is overdue or about to be, and what was sent back")
  static let dueMore = Message(
    zh: """
      期限在专项文件的 deadlines 中设置，节假日在 calendar.yaml 中。已中止计时的只在 --all 时列出。

      例：parcels due --within 14d
          parcels due --township 金龙镇 --csv --output 到期.csv
      """,
    en: """
      Deadlines are set in a campaign's file (deadlines), holidays in calendar.yaml. Steps whose clock is stopped are
      listed with --all only.

      Example: parcels due --within 14d
               parcels due --township 430321101 --csv --output due.csv
      """)
  static let withinOption = Message(zh: "今后多少天之内到期，如 14d、2w", en: "how many days ahead, such as 14d or 2w")
  static let allDuesOption = Message(
    zh: "列出全部未完成的环节，不论何时到期", en: "every step that is not done, whenever its last day is")
  static let listMore = Message(
    zh: "例：parcels list --campaign hundred-days --stage rectifying --csv --output 清单.csv",
    en: "Example: parcels list --campaign hundred-days --stage rectifying --csv --output list.csv")
  static let showHelp = Message(zh: "一个图斑的全部", en: "everything about one parcel")
  static let showMore = Message(
    zh: "例：parcels show 430321202403000106 --campaign provincial-2024",
    en: "Example: parcels show 430321202403000106 --campaign provincial-2024")
  static let showCode = Message(zh: "监测编号", en: "the parcel's code")
  static let exportHelp = Message(zh: "导出给 QGIS 等使用的副本", en: "read-only copies for QGIS and others")
  static let exportMore = Message(
    zh: "例：parcels export --format gpkg --output 图斑.gpkg --as-of 2024-12-31",
    en: "Example: parcels export --format gpkg --output parcels.gpkg --as-of 2024-12-31")
  static let reportHelp = Message(zh: "报告", en: "reports")
  static let progressHelp = Message(zh: "整改进展报告", en: "the report on rectification progress")
  static let progressMore = Message(
    zh: "例：parcels report progress --as-of 2024-12-31 --format html,csv,md --output 报告",
    en: "Example: parcels report progress --as-of 2024-12-31 --format html,csv,md --output reports")
  static let outputFolder = Message(zh: "写入的目录（默认 reports）", en: "the folder to write to (default: reports)")
  static func wrote(_ path: String) -> Message { Message(zh: "已写入 \(path)", en: "wrote \(path)") }

  // MARK: check and nightly

  static let checkHelp = Message(zh: "核对账本与文件", en: "check the ledger and the delivered files")
  static let checkMore = Message(
    zh: "重算每条链、每个图斑的历史、投影与汇总；不带 --quick 时还重算下发文件的校验值。退出码：12 账本损坏，1 账本完好但文件缺失或被改动。",
    en:
      "Recomputes every chain, history, projection and tally; without --quick delivered files are hashed again too. Exit codes: 12 ledger damaged, 1 ledger sound but files missing or changed."
  )
  static let quickOption = Message(zh: "不重读下发文件", en: "do not read delivered files again")
  static func checked(events: Int, deliveries: Int, problems: Int) -> Message {
    Message(
      zh: "\(events) 个事件、\(deliveries) 个下发文件：\(problems == 0 ? "完好" : "\(problems) 个问题")",
      en: "\(events) events, \(deliveries) deliveries: \(problems == 0 ? "sound" : "\(problems) problems")")
  }
  static func problemLine(_ what: String, at location: String) -> Message {
    Message(zh: "  \(what)：\(location)", en: "  \(what): \(location)")
  }
  static let nightlyHelp = Message(zh: "夜间批处理：收件箱 → 报告 → 核对", en: "inbox, reports, check: safe to run twice")
  static let nightlyMore = Message(
    zh: "收件箱规则见 parcels.yaml 的 inbox。处理过的文件移到 inbox/processed，拒收的移到 inbox/refused。",
    en:
      "Rules of the inbox: parcels.yaml, inbox. Files taken in move to inbox/processed, refused ones to inbox/refused.")
  static func inboxProgress(_ name: String, _ number: Int, of count: Int) -> Message {
    Message(zh: "[\(number)/\(count)] \(name)", en: "[\(number)/\(count)] \(name)")
  }
  private static func notTaken(_ name: String, _ error: any ExplainedError) -> Message {
    Message(
      zh: "\(name)：未收：\(error.message.zh)；\(error.remedy.zh)",
      en: "\(name): not taken: \(error.message.en); \(error.remedy.en)")
  }

  static func inboxItem(_ item: InboxItem) -> Message {
    switch item.result {
    case .ingested(let receipt):
      if let refusal = receipt.refusal { return notTaken(item.name, refusal) }
      let record = receipt.delivery
      let verdict = verdict(receipt.verdict)
      let findings = receipt.findings.count { $0.code.severity == .warning }
      return Message(
        zh:
          "\(item.name)：\(verdict.zh)，接收 \(record.accepted)，拒收 \(record.rejects.count)，重复 \(record.duplicate)，警告 \(findings)",
        en:
          "\(item.name): \(verdict.en), accepted \(record.accepted), rejected \(record.rejects.count), duplicate \(record.duplicate), warnings \(findings)"
      )
    case .recorded(let receipt):
      return Message(
        zh:
          "\(item.name)：登记 \(receipt.applied) 行（事件 \(receipt.events)），已有 \(receipt.alreadyKnown)，拒绝 \(receipt.refusals.count)",
        en:
          "\(item.name): applied \(receipt.applied) rows (events \(receipt.events)), already known \(receipt.alreadyKnown), refused \(receipt.refusals.count)"
      )
    case .refused(let error): return notTaken(item.name, error)
    case .settling:
      return Message(
        zh: "\(item.name)：两分钟内刚写入，留待下次处理",
        en: "\(item.name): written within the last two minutes, left for the next run")
    case .noRule:
      return Message(
        zh: "\(item.name)：parcels.yaml 没有相应的收件规则，留在收件箱",
        en: "\(item.name): no inbox rule in parcels.yaml matches; it stays in the inbox")
    }
  }
  static let emptyInbox = Message(zh: "收件箱是空的", en: "the inbox is empty")
  static func summaryTitle(_ name: String, _ day: String) -> Message {
    Message(zh: "\(name)夜间批处理 \(day)", en: "\(name): nightly run \(day)")
  }

  // MARK: Trouble

  static func errorLine(_ text: String) -> Message { Message(zh: "错误：\(text)", en: "error: \(text)") }
  static func remedyLine(_ text: String) -> Message { Message(zh: "      → \(text)", en: "      → \(text)") }
  static func internalError(_ text: String) -> Message {
    Message(zh: "内部错误，请报告：\(text)", en: "internal error, please report it: \(text)")
  }
  static func usage(_ error: UsageError) -> Message {
    switch error {
    case .badDay(let option, let text): Message(zh: "\(option)：“\(text)”不是日期", en: "\(option): \"\(text)\" is no date")
    case .badReference(let text): Message(zh: "--crs：“\(text)”不是坐标系", en: "--crs: \"\(text)\" is no reference system")
    case .badMoment(let text):
      Message(zh: "--known-at：“\(text)”不是时间、日期或位置", en: "--known-at: \"\(text)\" is no time, day or position")
    case .badChoice(let option, let text, _):
      Message(zh: "\(option)：没有“\(text)”", en: "\(option): there is no \"\(text)\"")
    case .badClock(let text): Message(zh: "PARCELS_NOW：“\(text)”不是时刻", en: "PARCELS_NOW: \"\(text)\" is no instant")
    case .unknownParcel(let code): Message(zh: "没有图斑 \(code)", en: "there is no parcel \(code)")
    case .ambiguousParcel(let code, let campaigns):
      Message(
        zh: "图斑 \(code) 见于多个专项：\(campaigns.joined(separator: "、"))",
        en: "the parcel \(code) is in several campaigns: \(campaigns.joined(separator: ", "))")
    case .outputRefused(let path):
      Message(zh: "\(path) 属于工作区本身，不能覆盖", en: "\(path) belongs to the workspace itself and is not written over")
    case .oneFileAtATime(let option):
      Message(zh: "\(option) 一次只能用于一个文件", en: "\(option) goes with one file at a time")
    }
  }
  static func usageRemedy(_ error: UsageError) -> Message {
    switch error {
    case .badDay: Message(zh: "写成 2024-12-31", en: "write it as 2024-12-31")
    case .badReference: Message(zh: "写成 EPSG:4526", en: "write it as EPSG:4526")
    case .badMoment:
      Message(zh: "写成 2024-12-31T08:00:00Z、2024-12-31 或 1234", en: "write 2024-12-31T08:00:00Z, 2024-12-31 or 1234")
    case .badChoice(_, _, let known):
      Message(zh: "可用：\(known.joined(separator: "、"))", en: "known: \(known.joined(separator: ", "))")
    case .badClock: Message(zh: "写成 2024-12-31T08:00:00Z", en: "write it as 2024-12-31T08:00:00Z")
    case .unknownParcel: Message(zh: "用 parcels list 查找", en: "look for it with parcels list")
    case .ambiguousParcel: Message(zh: "用 --campaign 指明", en: "state it with --campaign")
    case .outputRefused: Message(zh: "写到别处，或 reports 文件夹", en: "write elsewhere, or into the folder reports")
    case .oneFileAtATime: Message(zh: "逐个接收", en: "take the files in one by one")
    }
  }
}
