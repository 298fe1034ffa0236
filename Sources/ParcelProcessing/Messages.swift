import Geodata
import ParcelModel

/// Every text of the processing stages, in both languages.
enum Messages {
  /// Names out of a file: the first thirty, forty characters of each.
  private static func listed(_ names: [String]) -> Message {
    var shown = names.prefix(30).map { $0.count > 40 ? $0.prefix(40) + "…" : $0 }
    if names.count > shown.count { shown.append("…") }
    return Message(zh: shown.joined(separator: "、"), en: shown.joined(separator: ", "))
  }

  static func error(_ error: ProcessingError) -> Message {
    switch error {
    case .noSuchFile(let path):
      Message(
        zh: "文件不存在、无法读取或是文件夹：\(path)", en: "there is no such file, or it cannot be read, or it is a folder: \(path)")
    case .link(let name): Message(zh: "\(name) 是符号链接", en: "\(name) is a symbolic link")
    case .notPlain(let name):
      Message(zh: "\(name) 不是普通文件，数据集中不应有它", en: "\(name) is no plain file: it does not belong into the data set")
    case .cannotKeep(let path, let reason): Message(zh: "无法写入 \(path)：\(reason)", en: "cannot write \(path): \(reason)")
    case .areasDisagree(let file, let record):
      Message(
        zh: "\(file)：两种算法量算的面积不一致（第 \(record) 条），未写入任何内容",
        en: "\(file): two ways of measuring disagree (record \(record)); nothing was written")
    case .tooLarge(let name, let gigabytes):
      Message(zh: "\(name) 超过 \(gigabytes) GB 的上限", en: "\(name) is larger than the limit of \(gigabytes) GB")
    case .openElsewhere(let name):
      Message(
        zh: "\(name) 正被其他程序打开，部分修改还在同名的 -wal 或 -journal 文件里",
        en: "\(name) is open in another program: some changes are still in the -wal or -journal file beside it")
    case .repeatedColumn(let file, let column):
      Message(zh: "\(file)：字段“\(column)”重复", en: "\(file): the field \"\(column)\" comes twice")
    case .changing(let name):
      Message(zh: "\(name) 在读取时被改动", en: "\(name) was changed while it was being read")
    case .manifest(let file, let member):
      Message(
        zh: "\(file)：\(member) 与随附的 SHA-256 校验清单不符",
        en: "\(file): \(member) is not what the SHA-256 list beside it says")
    case .noReference(let file, let name, _):
      Message(
        zh: "\(file)：坐标系缺失或无法识别\(name.isEmpty ? "" : "（\(name)）")",
        en: "\(file): no reference system that is recognized\(name.isEmpty ? "" : " (\(name))")")
    case .contradictedReference(let file, let reference, _):
      Message(
        zh: "\(file)：坐标数值不可能属于 \(reference)（\(kind(of: reference).zh)）",
        en: "\(file): the coordinates cannot be in \(reference) (\(kind(of: reference).en))")
    case .swappedAxes(let file):
      Message(
        zh: "\(file)：坐标次序像是颠倒的（纬度或纵坐标在前）",
        en: "\(file): the axes seem to be swapped (latitude or northing first)")
    case .oldDatum(let file, let name):
      Message(
        zh: "\(file)：坐标系为 \(name)，与 CGCS2000 相差可达百米，不能直接采用",
        en: "\(file): the reference system is \(name), up to a hundred metres off CGCS2000: not accepted")
    case .refusedReference(let file, let reference):
      Message(zh: "\(file)：不接受坐标系 \(reference)", en: "\(file): the reference system \(reference) is not accepted")
    case .unreadable(_, let message, _, _): message
    case .noColumn(let file, let column, let known) where known.isEmpty,
      .noLayerField(let file, let column, let known) where known.isEmpty:
      Message(zh: "\(file)：没有任何属性字段，缺少 \(column)", en: "\(file): no fields at all, so no \(column)")
    case .noColumn(let file, let column, let known), .noLayerField(let file, let column, let known):
      Message(
        zh: "\(file)：缺少字段 \(column)；现有字段：\(listed(known).zh)",
        en: "\(file): no field \(column); it has: \(listed(known).en)")
    case .noHead(let file, let column, let known):
      Message(
        zh: "\(file)：缺少“\(column.zh)”列；现有：\(listed(known).zh)",
        en: "\(file): no column \(column.en); it has: \(listed(known).en)")
    case .unitMixUp(let file, let factor, _):
      Message(
        zh: "\(file)：下发面积与量算面积之比为 \(factor)，面积单位不对",
        en: "\(file): declared over measured area is \(factor): the unit of area is not the stated one")
    case .allLeftOut(let file, let reasons):
      Message(
        zh: "\(file)：没有可用的面：\(reasons.map(\.message.zh).joined(separator: "；"))",
        en: "\(file): no record can be used: \(reasons.map(\.message.en).joined(separator: "; "))")
    case .empty(let file): Message(zh: "\(file)：没有记录", en: "\(file): no records")
    case .outside(let file, let reference):
      Message(
        zh: "\(file)：按 \(reference) 全部图斑都不在本县范围内", en: "\(file): read as \(reference) no parcel lies in the county")
    case .futureIssue(let file, let day):
      Message(zh: "\(file)：下发日期 \(day) 晚于今天", en: "\(file): issued on \(day), after today")
    case .badLayer(let path, let reason):
      Message(zh: "图层 \(path) 不可用：\(reason)", en: "the layer \(path) cannot be used: \(reason)")
    case .layerChanged(let layer, let path):
      Message(
        zh: "图层 \(layer) 所在的文件 \(path) 不见了或已改动",
        en: "the file \(path), in which the layer \(layer) stays, is gone or was changed")
    case .noHeader(let file, let wanted):
      Message(
        zh: "\(file)：找不到表头，应有列：\(wanted.joined(separator: "、"))",
        en: "\(file): no header row found; wanted columns: \(wanted.joined(separator: ", "))")
    case .noRegisterMark(let file): Message(zh: "\(file)：没有导出标记", en: "\(file): no export mark")
    case .noParcels: Message(zh: "没有符合条件的图斑", en: "no parcels match")
    case .noReason: Message(zh: "没有写明重新量算的原因", en: "no reason is stated for measuring again")
    }
  }

  static func remedy(_ error: ProcessingError) -> Message {
    switch error {
    case .noSuchFile: Message(zh: "核对文件名", en: "check the file name")
    case .link: Message(zh: "把文件本身放进收件箱", en: "put the file itself into the inbox")
    case .notPlain: Message(zh: "把它移出数据集后重新导入", en: "move it out of the data set and ingest it again")
    case .cannotKeep: Message(zh: "检查磁盘空间与权限", en: "check disk space and permissions")
    case .areasDisagree:
      Message(
        zh: "这是程序的错误：请保留该文件并报告；用 --dry-run --verify-areas --dump FILE 查看各条面积",
        en: "this is a fault of the program: keep the file and report it; --dry-run --dump FILE shows what was measured"
      )
    case .tooLarge: Message(zh: "请下发单位分批压缩后下发", en: "have the sender pack it in several parts")
    case .openElsewhere:
      Message(zh: "在 QGIS 等程序中关闭该文件后再导入", en: "close it in QGIS or whatever has it open, then ingest it again")
    case .repeatedColumn:
      Message(zh: "请下发单位改名后重新导出", en: "have the sender rename one and export it again")
    case .changing: Message(zh: "等文件拷贝完毕后再导入", en: "ingest it again once it is wholly copied")
    case .manifest:
      Message(zh: "重新拷贝；仍不符时请下发单位重新提供", en: "copy it again; if it still differs, ask the sender for it again")
    case .noReference(_, let name, let candidates) where !name.isEmpty:
      confirming(candidates)
    case .noReference(_, _, let candidates), .contradictedReference(_, _, let candidates):
      stating(candidates)
    case .swappedAxes:
      Message(
        zh: "核实后加上 --swap-axes 重新导入，或请下发单位按经度（横坐标）在前重新导出",
        en: "confirm it, then ingest again with --swap-axes, or have it exported with longitude (easting) first")
    case .oldDatum:
      Message(
        zh: "请用法定转换参数转换为 CGCS2000 后重新下发；若只是 .prj 有误，请下发单位改正 .prj",
        en: "convert it to CGCS2000 with the official parameters; if only the .prj is wrong, have the sender correct it"
      )
    case .refusedReference:
      Message(
        zh: "请用法定参数转换为 CGCS2000（EPSG:4490 或 4513–4554）后重新下发",
        en: "convert it with the official parameters to CGCS2000 (EPSG:4490 or 4513 to 4554) and deliver it again")
    case .noColumn(_, _, let known) where known.isEmpty, .noLayerField(_, _, let known) where known.isEmpty:
      Message(zh: "请下发单位连同属性一起重新导出", en: "ask the sender to export it again with its attributes")
    case .noColumn:
      Message(
        zh: "在 profiles/名称.yaml 写明字段映射，再用 --profile 名称",
        en: "say in profiles/NAME.yaml which field it is, then use --profile NAME")
    case .noLayerField:
      Message(zh: "用 --code 字段名（名称用 --name）指明", en: "say which field it is: --code FIELD (names: --name FIELD)")
    case .unreadable(_, _, let remedy, _): remedy
    case .unitMixUp(_, _, let profile?):
      Message(zh: "用 --profile \(profile) 重新导入", en: "ingest it again with --profile \(profile)")
    case .unitMixUp(_, _, nil):
      Message(
        zh: "表头写明的单位与数值不符：请下发单位改正；或在 profiles/名称.yaml 的 columns 中照抄该表头并写明 unit，再用 --profile 名称",
        en:
          "the head states another unit than its numbers have: have the sender correct it, or copy the head into the columns of profiles/NAME.yaml with the right unit and use --profile NAME"
      )
    case .allLeftOut(_, let reasons): reasons.first?.remedy ?? remedy(.empty(file: ""))
    case .empty: Message(zh: "请下发单位核对文件", en: "have the sender check the file")
    case .outside: Message(zh: "核对坐标系并用 --crs 指明", en: "check the reference system and state it with --crs")
    case .futureIssue: Message(zh: "改正 --issued", en: "mend --issued")
    case .badLayer: Message(zh: "重新运行 parcels layer add", en: "run parcels layer add again")
    case .layerChanged:
      Message(
        zh: "放回原来的文件；或不带 --in-place 重新运行 parcels layer add，由工作区保存一份",
        en: "put the old file back; or run parcels layer add without --in-place, so that the workspace keeps a copy")
    case .noHead(_, let column, _):
      Message(zh: "在表头补上“\(column.zh)”列", en: "add a column headed \(column.en)")
    case .noHeader:
      Message(zh: "第一行应为列名；参见 parcels record --help", en: "the first row names the columns; see parcels record --help")
    case .noRegisterMark:
      Message(zh: "用最近一次 parcels register export 的文件", en: "use the file of the last parcels register export")
    case .noParcels: Message(zh: "放宽筛选条件", en: "widen the selection")
    case .noReason: Message(zh: "用 --reason 写明原因", en: "state it with --reason")
    }
  }

  /// The exact words that state a reference system, where the coordinates leave a choice.
  private static func stating(_ candidates: [CoordinateReference]) -> Message {
    guard !candidates.isEmpty else {
      return Message(
        zh: "向下发单位核实后用 --crs 指明，例如 --crs EPSG:4526（3 度 38 带，带号前缀）或 --crs EPSG:4490（经纬度）；其他坐标系先转换为 CGCS2000",
        en:
          "ask the sender, then state it, for example --crs EPSG:4526 (3-degree zone 38, prefixed) or --crs EPSG:4490 (longitude/latitude); convert other systems to CGCS2000 first"
      )
    }
    let zh = candidates.map { "--crs \($0)（\(kind(of: $0).zh)）" }.joined(separator: " 或 ")
    let en = candidates.map { "--crs \($0) (\(kind(of: $0).en))" }.joined(separator: " or ")
    return Message(
      zh: "坐标像是：\(zh)；向下发单位核实后加上它重新导入",
      en: "the numbers look like \(en): confirm it with the sender and ingest again with it")
  }

  /// A system that was named: only its sender knows whether it is one of ours under another name.
  private static func confirming(_ candidates: [CoordinateReference]) -> Message {
    let options = candidates.map { "--crs \($0)" }.joined(separator: " / ")
    return Message(
      zh: "请下发单位转换为 CGCS2000 后重新下发；只有下发单位书面确认它就是 CGCS2000 时才可用 \(options.isEmpty ? "--crs" : options) 指明",
      en:
        "have the sender convert it to CGCS2000; state \(options.isEmpty ? "--crs" : options) only where the sender confirms in writing that it is CGCS2000 under another name"
    )
  }

  /// What an accepted reference system is.
  private static func kind(of reference: CoordinateReference) -> Message {
    switch reference.kind {
    case .geographic: Message(zh: "经纬度", en: "longitude and latitude")
    case .gaussKruger(let width, let meridian, let prefixed):
      Message(
        zh: "\(width) 度带，中央经线 \(meridian)°，横坐标\(prefixed ? "含" : "不含")带号",
        en: "\(width)-degree zone, central meridian \(meridian)° E, \(prefixed ? "with" : "without") zone number")
    case nil: Message(zh: "不接受的坐标系", en: "not an accepted system")
    }
  }

  /// Heads of `findings.csv`.
  static let findingColumns: [Message] = [
    Message(zh: "记录", en: "record"), Message(zh: "监测编号", en: "parcel"), Message(zh: "级别", en: "severity"),
    Message(zh: "代码", en: "code"), Message(zh: "问题", en: "problem (zh)"), Message(zh: "问题（英文）", en: "problem"),
    Message(zh: "内容", en: "detail"), Message(zh: "处理办法", en: "remedy (zh)"), Message(zh: "处理办法（英文）", en: "remedy"),
  ]

  /// A message in which a file goes by another name.
  static func naming(_ name: String, insteadOf path: String, in message: Message) -> Message {
    Message(zh: message.zh.replacing(path, with: name), en: message.en.replacing(path, with: name))
  }

  // MARK: Rows

  static func row(_ trouble: RowTrouble) -> Message {
    switch trouble {
    case .noCode: Message(zh: "没有监测编号", en: "no parcel code")
    case .damagedCode(let text):
      Message(zh: "监测编号“\(text)”已被电子表格损坏", en: "the code \"\(text)\" was damaged by a spreadsheet")
    case .unknownParcel(let code, let campaign):
      Message(
        zh: "专项 \(campaign.isEmpty ? "（未写）" : campaign) 中没有图斑 \(code)",
        en: "no parcel \(code) in campaign \(campaign.isEmpty ? "(not stated)" : campaign)")
    case .ambiguous(let code, let campaigns):
      Message(
        zh: "图斑 \(code) 见于多个专项：\(campaigns.joined(separator: "、"))",
        en: "the parcel \(code) is in several campaigns: \(campaigns.joined(separator: ", "))")
    case .unknownEvent(let word): Message(zh: "不认识的事项“\(word)”", en: "unknown event \"\(word)\"")
    case .noDate: Message(zh: "没有日期", en: "no date")
    case .badDate(let text): Message(zh: "日期“\(text)”无法读取", en: "the date \"\(text)\" cannot be read")
    case .badNumber(let column, let text):
      Message(zh: "“\(column)”的数值“\(text)”无法读取", en: "\"\(text)\" in \(column) is no number")
    case .badCorrection(let text):
      Message(zh: "更正序号“\(text)”应为 县代码:序号", en: "\"\(text)\" is no event: county:seq is wanted")
    case .unknownTownship(let text): Message(zh: "不认识的乡镇“\(text)”", en: "unknown township \"\(text)\"")
    case .refused(let refusal): refusal.message
    case .conflict(let column, let base, let sheet, let ledger):
      Message(
        zh: "“\(column)”两边都改过：导出时“\(base)”，表中“\(sheet)”，账本“\(ledger)”",
        en:
          "\(column) was changed on both sides: \"\(base)\" when exported, \"\(sheet)\" in the sheet, \"\(ledger)\" in the ledger"
      )
    case .notEditable(let column): Message(zh: "“\(column)”不能在台账中修改", en: "\(column) cannot be changed in the register")
    case .clearing(let column): Message(zh: "“\(column)”不能清空", en: "\(column) cannot be cleared")
    }
  }

  static func rowRemedy(_ trouble: RowTrouble) -> Message {
    switch trouble {
    case .noCode, .damagedCode:
      Message(zh: "把编号列设为文本格式后重新填写", en: "format the code column as text and enter the code again")
    case .unknownParcel:
      Message(zh: "先 parcels ingest 下发文件，或核对编号与专项", en: "ingest the delivery first, or check code and campaign")
    case .ambiguous: Message(zh: "增加“专项”列", en: "add a column campaign")
    case .unknownEvent: Message(zh: "可用事项见 parcels record --help", en: "parcels record --help lists the events")
    case .noDate, .badDate: Message(zh: "写成 2024-12-31", en: "write it as 2024-12-31")
    case .badNumber: Message(zh: "只写数字", en: "write digits only")
    case .badCorrection: Message(zh: "序号见 parcels show", en: "parcels show prints it")
    case .unknownTownship: Message(zh: "写九位代码或图层中的名称", en: "write the nine digits, or the name in the township layer")
    case .refused: Message(zh: "用 parcels show 查看该图斑的经过", en: "look at the parcel's history with parcels show")
    case .conflict: Message(zh: "核对后重新导出台账再改", en: "find out which is right, export the register again and edit that")
    case .notEditable: Message(zh: "用 parcels record 登记", en: "record it with parcels record")
    case .clearing: Message(zh: "用更正事项撤回", en: "take the event back with correct")
    }
  }
}
