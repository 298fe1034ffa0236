import CLinux
import Geodata

extension SpatialError {
  /// Every text of this module, in both languages.
  var explanation: (message: Message, remedy: Message) {
    switch self {
    case .pathRefused(let path):
      (
        Message(zh: "不接受的文件路径：\(path)", en: "Not a plain file path: \(path)"),
        Message(
          zh: "请把文件保存到本机磁盘，直接给出文件路径。", en: "Save the file on this machine and give its plain path."
        )
      )
    case .fileMissing(let path):
      (
        Message(zh: "找不到文件：\(path)", en: "No such file: \(path)"),
        Message(zh: "请核对文件名和所在文件夹后重试。", en: "Check the name and the folder, then try again.")
      )
    case .unknownKind(let path, let purpose, let foreign):
      (
        Message(
          zh: "不支持的文件类型：\(path)\(foreign.map { "（\($0.name.zh)）" } ?? "")",
          en: "Unsupported kind of file: \(path)\(foreign.map { " (\($0.name.en))" } ?? "")"),
        foreign?.remedy(for: purpose) ?? FileKind.demand(for: purpose)
      )
    case .zip(let path, let fault): fault.explanation(path)
    case .shapefile(let path, let fault): fault.explanation(path)
    case .geoJSON(let path, let fault): fault.explanation(path)
    case .geoPackage(let path, let fault): fault.explanation(path)
    case .geodatabase(let path, let fault): fault.explanation(path)
    case .nothingInside(let path, let purpose, let names):
      (
        Message(
          zh: "\(path) 中没有可读取的数据\(names.isEmpty ? "" : "；其中有：\(names.joined(separator: "、"))")",
          en: "\(path) holds nothing that can be read\(names.isEmpty ? "" : ", but: \(names.joined(separator: ", "))")"),
        Message(
          zh: "请检查内容（文件地理数据库须连同 .gdb 文件夹一起压缩）。"
            + FileKind.demand(for: purpose).zh,
          en: "Check what is in it; a file geodatabase must be packed with its .gdb folder. "
            + FileKind.demand(for: purpose).en)
      )
    case .severalDataSets(let path, let names):
      (
        Message(
          zh: "\(path) 中有多个数据集：\(names.joined(separator: "、"))",
          en: "\(path) holds several data sets: \(names.joined(separator: ", "))"),
        Message(
          zh: "请用 --layer 指明读取哪一个，或拆分后分别提供。",
          en: "Say which one with --layer, or supply them separately.")
      )
    case .severalLayers(let path, let names):
      (
        Message(
          zh: "\(path) 中有多个图层（工作表）：\(names.joined(separator: "、"))",
          en: "\(path) has several layers (sheets): \(names.joined(separator: ", "))"),
        Message(zh: "请用 --layer 指明读取哪一个。", en: "Say which one with --layer.")
      )
    case .layerMissing(let path, let layer, let names):
      (
        Message(zh: "\(path) 中没有图层“\(layer)”", en: "\(path) has no layer \"\(layer)\""),
        Message(
          zh: "现有图层：\(names.joined(separator: "、"))。请用 --layer 选择其中之一。",
          en: "It has: \(names.joined(separator: ", ")). Choose one of them with --layer.")
      )
    case .tooLarge(let path, let megabytes):
      (
        Message(zh: "\(path) 超过 \(megabytes) MB 的上限", en: "\(path) is larger than the limit of \(megabytes) MB"),
        Message(
          zh: "请拆分为较小的文件，或改用 GeoPackage 格式。", en: "Split it, or use a GeoPackage instead.")
      )
    case .tooManyCells(let path, let limit):
      (
        Message(zh: "\(path) 的记录数乘字段数超过 \(limit)", en: "\(path) has more than \(limit) cells"),
        Message(zh: "请下发单位去掉无关字段，或分批提供。", en: "Ask the sender to leave out fields, or to send it in parts.")
      )
    case .refusedByLibrary(let path, let words):
      (
        Message(zh: "\(path) 不能完整读取：\(words)", en: "\(path) cannot be read in full: \(words)"),
        Message(
          zh: "文件可能已损坏，或不合其格式的标准；请用 GIS 软件打开核对并另存为新文件，或请下发单位重新提供。",
          en:
            "It may be damaged or break the rules of its format: check it in a GIS program and save it anew, or ask the sender for it again."
        )
      )
    case .unclosedQuote(let path, let line):
      (
        Message(
          zh: "\(path) 第 \(line) 行：单元格的引号没有成对",
          en: "\(path), line \(line): the quotation marks of a cell do not pair up"),
        Message(zh: "补上或去掉引号后重试。", en: "Add or take out the quotation mark and try again.")
      )
    case .undecodable(let path, let record, let field, let encoding):
      (
        Message(
          zh: "\(path) \(record.map { "第 \($0) 条记录" } ?? "表头")字段“\(field)”的文字不是有效的 \(encoding) 编码",
          en:
            "\(path): the text of field \"\(field)\" in \(record.map { "record \($0)" } ?? "the header") is not \(encoding)"
        ),
        Message(
          zh: "请用 --encoding 指明文件编码（如 GB18030、UTF-8），或请下发单位重新导出。",
          en: "State the encoding with --encoding (such as GB18030 or UTF-8), or ask the sender to export it again.")
      )
    case .unknownEncoding(let name):
      (
        Message(zh: "不认识的文字编码：\(name)", en: "Unknown text encoding: \(name)"),
        Message(zh: "请使用 UTF-8、GB18030 或 GBK。", en: "Use UTF-8, GB18030 or GBK.")
      )
    case .recordsDisagree(let path, let stated, let read):
      (
        Message(
          zh: "\(path) 记载有 \(stated) 条记录，实际读出 \(read) 条",
          en: "\(path) states \(stated) records, but \(read) were read"),
        Message(
          zh: "文件可能已损坏，请下发单位重新导出并提供。", en: "It may be damaged: ask the sender to export it again.")
      )
    case .readerDied(let path, let ending):
      (
        Message(zh: "读取 \(path) 的子进程\(ending.text.zh)", en: "The process reading \(path) \(ending.text.en)"),
        ending.remedy
      )
    case .streamBroken(let path, let fault):
      (
        Message(zh: "读取 \(path) 时数据流异常：\(fault.text.zh)", en: "The stream from \(path) is broken: \(fault.text.en)"),
        Message(
          zh: "文件未入库。请重试；若再次出现，请核对程序安装是否完整。",
          en: "Nothing was taken in. Try again; if it happens again, check that the program is wholly installed.")
      )
    case .reported(let report):
      (report.message, report.remedy)
    case .unwritableText(let path, let field, let text, let encoding):
      (
        Message(
          zh: "\(path) 字段“\(field)”的内容不能以 \(encoding) 写入：\(text)",
          en: "\(path): the text of field \"\(field)\" cannot be written in \(encoding): \(text)"),
        Message(
          zh: "请改用 GeoPackage 或 UTF-8 编码的 Shapefile 导出（Shapefile 每项文字不超过 254 字节）。",
          en: "Export a GeoPackage or a UTF-8 shapefile instead (a shapefile holds 254 bytes of text a field).")
      )
    case .notWritten(let path, let words):
      (
        Message(zh: "未能写出 \(path)：\(words)", en: "\(path) was not written: \(words)"),
        Message(
          zh: "请检查磁盘空间、写入权限，以及文件是否正被其他程序打开。",
          en: "Check free space, permissions, and whether another program has the file open.")
      )
    case .notTransformed(let from, let to, let words):
      (
        Message(
          zh: "坐标不能由 \(from) 转换到 \(to)：\(words)", en: "Coordinates could not be taken from \(from) to \(to): \(words)"),
        Message(
          zh: "请核对数据的坐标系；坐标可能超出该坐标系的适用范围。",
          en: "Check the reference system of the data; a coordinate may lie outside its area of use.")
      )
    case .geometryFailed(let operation, let words):
      (
        Message(zh: "图形运算（\(operation)）失败：\(words)", en: "The geometric operation \(operation) failed: \(words)"),
        Message(
          zh: "请用 GIS 软件检查图形有效性并修复后重试。", en: "Check and repair the shapes in a GIS program, then try again.")
      )
    }
  }
}

extension FileKind {
  fileprivate static func demand(for purpose: ReadJob.Purpose) -> Message {
    let names = allowed(for: purpose).map(\.name)
    return Message(
      zh: "请提供以下格式之一：\(names.joined(separator: "、"))。", en: "Supply one of: \(names.joined(separator: ", ")).")
  }
}

extension ForeignKind {
  fileprivate var name: Message {
    switch self {
    case .zip: Message(zh: "内容是 ZIP 压缩包", en: "a zip")
    case .geoPackage: Message(zh: "内容是 GeoPackage", en: "a GeoPackage")
    case .archive(let kind): Message(zh: "\(kind) 压缩包", en: "a \(kind) archive")
    case .exchange(let kind): Message(zh: "\(kind) 格式", en: kind)
    case .shapefilePart: Message(zh: "Shapefile 的配套文件", en: "a companion of a shapefile")
    case .table: Message(zh: "没有图形的表格", en: "a table without shapes")
    case .oldWorkbook: Message(zh: "旧版 Excel 表格", en: "an old Excel workbook")
    }
  }

  fileprivate func remedy(for purpose: ReadJob.Purpose) -> Message {
    let demand = FileKind.demand(for: purpose)
    return switch self {
    case .zip: Message(zh: "请把扩展名改为 .zip 后重试。", en: "Rename it so that it ends in .zip, then try again.")
    case .geoPackage: Message(zh: "请把扩展名改为 .gpkg 后重试。", en: "Rename it so that it ends in .gpkg, then try again.")
    case .archive:
      Message(zh: "请解压后，将其中的数据重新压缩为 ZIP，再重试。", en: "Unpack it, pack what is in it as a zip, then try again.")
    case .exchange:
      Message(zh: "请用 GIS 软件转换格式。\(demand.zh)", en: "Convert it in a GIS program. \(demand.en)")
    case .shapefilePart where purpose != .rows:
      Message(
        zh: "请给出同名的 .shp 文件，并与 .shx、.dbf 放在同一文件夹。",
        en: "Give the .shp file of that name, with its .shx and .dbf beside it.")
    case .table where purpose == .delivery:
      Message(
        zh: "办理情况请用 parcels record 登记，台账请用 parcels register import 导入；图斑数据\(demand.zh)",
        en:
          "Record what was done with parcels record, a register with parcels register import. For parcels: \(demand.en)"
      )
    case .oldWorkbook where purpose == .rows:
      Message(zh: "请用 Excel 或 WPS 另存为 .xlsx 后重试。", en: "Save it as .xlsx in a spreadsheet program, then try again.")
    case .shapefilePart, .table, .oldWorkbook: demand
    }
  }
}

// MARK: Zip

extension ZipFault {
  fileprivate func explanation(_ path: String) -> (message: Message, remedy: Message) {
    (message(path), remedy)
  }

  private func message(_ path: String) -> Message {
    switch self {
    case .damaged: Message(zh: "\(path) 不是完整的 ZIP 压缩包", en: "\(path) is not a whole zip")
    case .notRead(let words): Message(zh: "\(path) 无法读取：\(words)", en: "\(path) could not be read: \(words)")
    case .severalVolumes:
      Message(zh: "\(path) 是分卷压缩包中的一卷", en: "\(path) is one volume of an archive in several files")
    case .tooMany(let entries, let limit):
      Message(
        zh: "\(path) 内有 \(entries) 个文件，超过 \(limit) 个的上限",
        en: "\(path) holds \(entries) files, more than the limit of \(limit)")
    case .directoryTooLarge(let bytes, let limit):
      Message(
        zh: "\(path) 的文件目录有 \(bytes) 字节，超过 \(limit) 字节的上限",
        en: "The directory of \(path) has \(bytes) bytes, more than the limit of \(limit)")
    case .tooLarge(let bytes, let limit):
      Message(
        zh: "\(path) 解压后有 \(bytes) 字节，超过 \(limit) 字节的上限",
        en: "\(path) would unpack to \(bytes) bytes, more than the limit of \(limit)")
    case .bomb(let unpacked, let packed):
      Message(
        zh: "\(path) 疑似压缩炸弹：压缩包 \(packed) 字节，解压后 \(unpacked) 字节",
        en: "\(path) looks like a zip bomb: \(packed) bytes would unpack to \(unpacked)")
    case .encrypted(let entry):
      Message(zh: "\(path) 中的“\(entry)”已加密", en: "\"\(entry)\" in \(path) is encrypted")
    case .method(let entry, let number):
      Message(
        zh: "\(path) 中的“\(entry)”采用了不支持的压缩方式（编号 \(number)）",
        en: "\"\(entry)\" in \(path) is compressed in a way that is not supported (number \(number))")
    case .badName(let entry, let fault):
      Message(
        zh: "\(path) 中的文件名“\(entry)”不可接受：\(fault.text.zh)",
        en: "The name \"\(entry)\" in \(path) is not accepted: \(fault.text.en)")
    case .nameClash(let one, let other):
      Message(
        zh: "\(path) 中的“\(one)”与“\(other)”重名（不区分大小写）",
        en: "\"\(one)\" and \"\(other)\" in \(path) have the same name (case aside)")
    case .notRegular(let entry):
      Message(
        zh: "\(path) 中的“\(entry)”不是普通文件（可能是符号链接）",
        en: "\"\(entry)\" in \(path) is no ordinary file (perhaps a symbolic link)")
    case .nested(let entry):
      Message(zh: "\(path) 中还有压缩包“\(entry)”", en: "\(path) holds another archive, \"\(entry)\"")
    case .overlapping(let entry):
      Message(
        zh: "\(path) 中“\(entry)”的存储位置与其他内容重叠",
        en: "\"\(entry)\" in \(path) lies across something else")
    case .disagrees(let entry):
      Message(
        zh: "\(path) 的目录与文件“\(entry)”自身的记载不一致",
        en: "The directory of \(path) and the header of \"\(entry)\" say different things")
    case .contentDiffers(let entry):
      Message(
        zh: "\(path) 中的“\(entry)”已损坏：解压内容与记载的大小或校验码不符",
        en: "\"\(entry)\" in \(path) is damaged: its content does not have the stated size or checksum")
    case .entryTooLarge(let entry, let limit):
      Message(
        zh: "\(path) 中的“\(entry)”超过 \(limit) 字节的上限",
        en: "\"\(entry)\" in \(path) is larger than the limit of \(limit) bytes")
    }
  }

  private var remedy: Message {
    switch self {
    case .damaged, .overlapping, .disagrees, .contentDiffers:
      Message(
        zh: "请重新拷贝或下载；若仍如此，请下发单位重新压缩（ZIP 格式）后提供。",
        en: "Copy it again; if that does not help, ask the sender to pack it again as a zip.")
    case .notRead:
      Message(zh: "请检查磁盘和读取权限后重试。", en: "Check the disk and the permissions, then try again.")
    case .severalVolumes:
      Message(
        zh: "请集齐全部分卷，用压缩软件解压后，重新压缩为单个 ZIP 文件再入库。",
        en: "Unpack all volumes together with an archive program, pack them as one zip and ingest that.")
    case .tooMany, .directoryTooLarge, .tooLarge:
      Message(
        zh: "请只压缩所需的数据文件，或拆分为多个压缩包后分别入库。",
        en: "Pack only the files of the data set, or split them into several zips and ingest each.")
    case .bomb:
      Message(
        zh: "请勿解压；请向下发单位核实来源。如确为正常数据，请直接提供未压缩的文件。",
        en: "Do not unpack it; ask the sender about it. If the data are genuine, supply them without a zip.")
    case .encrypted:
      Message(
        zh: "请用密码解压后直接入库解压出的文件，或请下发单位提供不加密的压缩包。",
        en: "Unpack it with its password and ingest the files, or ask the sender for a zip without encryption.")
    case .method:
      Message(
        zh: "请用压缩软件解压，再以普通 ZIP 方式（Deflate）重新压缩后入库。",
        en: "Unpack it with an archive program and pack it again as an ordinary zip (deflate).")
    case .badName, .nameClash:
      Message(
        zh: "请下发单位改正文件名后重新压缩；来源不明的压缩包请勿解压。",
        en: "Ask the sender to correct the names and pack it again; do not unpack a zip of unknown origin.")
    case .notRegular:
      Message(
        zh: "请下发单位只压缩普通文件后重新提供；来源不明的压缩包请勿解压。",
        en: "Ask the sender to pack ordinary files only; do not unpack a zip of unknown origin.")
    case .nested:
      Message(zh: "请先解压，再把里面的压缩包单独入库。", en: "Unpack it and ingest the inner archive by itself.")
    case .entryTooLarge:
      Message(zh: "请核对该文件的内容，去掉后重新压缩。", en: "Check what it holds, and pack the zip again without it.")
    }
  }
}

extension ZipFault.NameFault {
  fileprivate var text: Message {
    switch self {
    case .undecodable: Message(zh: "既不是 UTF-8 也不是 GB18030 编码", en: "it is neither UTF-8 nor GB18030")
    case .control: Message(zh: "含有不可见的控制字符", en: "it has control characters")
    case .absolute: Message(zh: "是绝对路径", en: "it is an absolute path")
    case .notPlain: Message(zh: "含有“.”、“..”或空的路径部分", en: "a part of it is \".\", \"..\" or empty")
    case .tooLong: Message(zh: "单级名称超过 255 字节", en: "a part of it has more than 255 bytes")
    case .tooDeep: Message(zh: "文件夹超过八层", en: "it lies below more than eight folders")
    }
  }
}

// MARK: Shapefile

extension ShapefileFault {
  fileprivate func explanation(_ path: String) -> (message: Message, remedy: Message) {
    switch self {
    case .partMissing(let part):
      (
        Message(zh: "\(path) 缺少配套的 \(part) 文件", en: "\(path) has no \(part) file beside it"),
        Message(
          zh: "请向下发单位索取完整的 .shp、.shx、.dbf 文件（文件名须一致，放在同一文件夹）。",
          en: "Ask the sender for the complete .shp, .shx and .dbf files, with one name in one folder.")
      )
    case .partAmbiguous(let names):
      (
        Message(
          zh: "\(path) 有几个仅大小写不同的配套文件：\(names.joined(separator: "、"))",
          en: "\(path) has companions that differ in upper and lower case only: \(names.joined(separator: ", "))"),
        Message(
          zh: "请只保留属于该数据的一个，其余移到别的文件夹。", en: "Keep the one that belongs to it and move the others away.")
      )
    case .partMisnamed(let name, let wanted):
      (
        Message(zh: "\(path) 的配套文件 \(name) 大小写不一致", en: "\(name), beside \(path), has other letter case than it"),
        Message(zh: "请将其改名为 \(wanted) 后重试。", en: "Rename it to \(wanted) and try again.")
      )
    case .partNoFile(let name):
      (
        Message(zh: "\(path) 的配套文件 \(name) 不是普通文件", en: "\(name), beside \(path), is no plain file"),
        Message(
          zh: "请将实际文件（不是快捷方式、链接或文件夹）复制到同一文件夹后重试。",
          en: "Copy the file itself there, not a link or a folder, and try again.")
      )
    case .sizeDisagrees(let part, let stated, let actual):
      (
        Message(
          zh: "\(path) 的 \(part) 文件不完整：文件头记载 \(stated) 字节，实际 \(actual) 字节",
          en: "The \(part) file of \(path) is damaged: its header states \(stated) bytes, it has \(actual)"),
        Message(
          zh: "文件可能在拷贝或下载时被截断，请重新拷贝，或请下发单位重新提供。",
          en: "It was probably cut off while being copied: copy it again or ask the sender for it again.")
      )
    case .badHeader(let part):
      (
        Message(zh: "\(path) 的 \(part) 文件不是 Shapefile 格式", en: "The \(part) file of \(path) is no part of a shapefile"),
        Self.copyOrExport
      )
    case .kindsDisagree(let shapes, let index):
      (
        Message(
          zh: "\(path) 的 .shp 与 .shx 图形类型不一致（\(shapes)、\(index)）",
          en: "The .shp and the .shx of \(path) state different types of shape (\(shapes), \(index))"),
        Self.companions
      )
    case .countsDisagree(let index, let table):
      (
        Message(
          zh: "\(path) 的图形数（\(index)）与属性记录数（\(table)）不一致",
          en: "\(path) has \(index) shapes but \(table) rows of attributes"),
        Self.companions
      )
    case .indexDisagrees(let record):
      (
        Message(
          zh: "\(path) 的 .shx 与 .shp 在第 \(record) 条记录处不一致",
          en: "The .shx and the .shp of \(path) disagree at record \(record)"),
        Self.companions
      )
    case .outsideRecords(let byte):
      (
        Message(
          zh: "\(path) 的 .shp 文件自第 \(byte) 字节起的内容不属于任何记录或被重复引用",
          en: "The bytes of the .shp of \(path) from \(byte) on belong to no record, or to two"),
        Self.companions
      )
    case .badTable:
      (
        Message(zh: "\(path) 的 .dbf 文件头已损坏或没有字段", en: "The head of the .dbf of \(path) is damaged or has no fields"),
        Self.copyOrExport
      )
    case .badField(let number):
      (
        Message(
          zh: "\(path) 的 .dbf 第 \(number) 个字段没有名称或宽度",
          en: "Field \(number) of the .dbf of \(path) has no name or no width"),
        Self.copyOrExport
      )
    case .fieldKind(let number, let kind):
      (
        Message(
          zh: "\(path) 的 .dbf 第 \(number) 个字段的类型（\(kind)）不能读取",
          en: "Field \(number) of the .dbf of \(path) is of a kind (\(kind)) that cannot be read"),
        Message(
          zh: "请下发单位去掉该字段，或改为文本、数值、日期型后重新导出。",
          en: "Ask the sender to leave the field out or export it as text, number or date.")
      )
    case .repeatedField(let first, let second):
      (
        Message(
          zh: "\(path) 的 .dbf 第 \(first) 个和第 \(second) 个字段同名",
          en: "Fields \(first) and \(second) of the .dbf of \(path) have one name"),
        Message(zh: "请下发单位改名后重新导出。", en: "Ask the sender to rename one and export the file again.")
      )
    case .widthsDisagree(let record, let fields):
      (
        Message(
          zh: "\(path) 的 .dbf 文件头有误：每条记录 \(record) 字节，各字段合计 \(fields) 字节",
          en: "The head of the .dbf of \(path) is damaged: a record has \(record) bytes, its fields \(fields)"),
        Self.copyOrExport
      )
    case .rowsBeyondCount(let stated):
      (
        Message(
          zh: "\(path) 的 .dbf 在文件头记载的 \(stated) 条记录之后还有内容",
          en: "The .dbf of \(path) goes on after the \(stated) records that its head states"),
        Self.copyOrExport
      )
    case .badMark(let record):
      (
        Message(zh: "\(path) 的 .dbf 第 \(record) 条记录已损坏", en: "Record \(record) of the .dbf of \(path) is damaged"),
        Self.copyOrExport
      )
    }
  }

  private static let copyOrExport = Message(
    zh: "请重新拷贝；仍不能读取的，请下发单位重新导出并提供。",
    en: "Copy it again; if it still cannot be read, ask the sender to export it again.")
  private static let companions = Message(
    zh: "可能混入了另一份数据的配套文件，图形与属性已不能对应；请核对 .shp、.shx、.dbf 是否同一次导出，或请下发单位重新导出。",
    en:
      "Files of another export may be among them: check that .shp, .shx and .dbf belong together, or ask the sender to export it again."
  )
}

// MARK: GeoJSON

extension GeoJSONFault {
  fileprivate func explanation(_ path: String) -> (message: Message, remedy: Message) {
    switch self {
    case .syntax(let line, let column):
      (
        Message(
          zh: "\(path) 第 \(line) 行第 \(column) 列不符合 JSON 格式",
          en: "\(path), line \(line), column \(column): not JSON"),
        Self.exportAgain
      )
    case .cut:
      (
        Message(zh: "\(path) 内容不完整，中途结束", en: "\(path) ends in the middle"),
        Message(
          zh: "文件可能在拷贝或下载时被截断，请重新拷贝，或请下发单位重新提供。",
          en: "It was probably cut off while being copied: copy it again or ask the sender for it again.")
      )
    case .tooDeep(let line, let column):
      (
        Message(
          zh: "\(path) 第 \(line) 行第 \(column) 列：嵌套超过 \(JSONTokens.limit) 层",
          en: "\(path), line \(line), column \(column): nested more than \(JSONTokens.limit) levels deep"),
        Self.exportAgain
      )
    case .number(let line, let column):
      (
        Message(
          zh: "\(path) 第 \(line) 行第 \(column) 列：数值过大，读取后会失真",
          en: "\(path), line \(line), column \(column): a number too large to be read as it is"),
        Message(
          zh: "请更正该数值；编号请以文本（加引号）导出。", en: "Correct it; export codes as text, in quotation marks.")
      )
    case .nul(let line, let column):
      (
        Message(
          zh: "\(path) 第 \(line) 行第 \(column) 列：文字中含有空字符（\\u0000）",
          en: "\(path), line \(line), column \(column): a NUL (\\u0000) within a text"),
        Message(zh: "请删除该字符后重试，或请下发单位重新导出。", en: "Take it out, or ask the sender to export it again.")
      )
    case .repeatedMember(let name, let line, let column):
      (
        Message(
          zh: "\(path) 第 \(line) 行第 \(column) 列：同一对象中“\(name)”出现两次，无法判断以哪个为准",
          en:
            "\(path), line \(line), column \(column): \"\(name)\" comes twice in one object; which one holds is unclear"
        ),
        Self.exportAgain
      )
    case .severalDocuments(let line):
      (
        Message(
          zh: "\(path) 第 \(line) 行起是另一个 JSON 文档（如每行一个要素的文件）",
          en: "\(path) holds another document from line \(line) on, such as one feature a line"),
        Self.exportCollection
      )
    case .notGeoJSON(let stranger):
      (
        Message(
          zh: "\(path) 不是 GeoJSON 要素集合：\(stranger.text.zh)",
          en: "\(path) is no GeoJSON feature collection: it is \(stranger.text.en)"),
        Self.exportCollection
      )
    case .notAFeature(let record):
      (
        Message(
          zh: "\(path) 的 features 中第 \(record) 项不是要素（Feature）",
          en: "\(path): element \(record) of \"features\" is no feature"),
        Self.exportAgain
      )
    case .badProperties(let record):
      (
        Message(
          zh: "\(path) 第 \(record) 条记录的 properties 不是对象，属性无法读取",
          en: "\(path), record \(record): its \"properties\" are no object"),
        Self.exportAgain
      )
    case .linkedReference(let line, let column):
      (
        Message(
          zh: "\(path) 第 \(line) 行第 \(column) 列：坐标系（crs）是外部链接，不予读取",
          en: "\(path), line \(line), column \(column): its \"crs\" is a link, which is not followed"),
        Message(
          zh: "请改为坐标系名称（如 EPSG:4490）后重新导出。", en: "Name the system instead, such as EPSG:4490, and export again.")
      )
    case .innerReference(let record):
      (
        Message(
          zh: "\(path) 第 \(record) 条记录自带坐标系（crs），与整个文件的坐标系不一致",
          en: "\(path), record \(record): it names a \"crs\" of its own that is not the whole file's"),
        Message(
          zh: "请统一为一个坐标系后重新导出，并在文件开头注明坐标系。",
          en: "Export all records in one system, named once for the whole collection.")
      )
    case .digitsLost(let field):
      (
        Message(
          zh: "\(path) 字段“\(field)”既有 16 位以上的整数又有小数，整数读取后会丢失位数",
          en: "\(path): field \"\(field)\" has both long whole numbers and fractions, which would lose digits"),
        Message(
          zh: "请将该字段以文本（加引号）导出。", en: "Export the field as text, in quotation marks.")
      )
    }
  }

  private static var exportAgain: Message {
    Message(zh: "请下发单位重新导出并提供。", en: "Ask the sender to export it again.")
  }

  private static var exportCollection: Message {
    Message(
      zh: "请用 GIS 软件导出为一个 GeoJSON 要素集合（FeatureCollection）后重试。",
      en: "Export it as one GeoJSON FeatureCollection in a GIS program, then try again.")
  }
}

extension GeoJSONFault.Stranger {
  fileprivate var text: Message {
    switch self {
    case .geometry(let type): Message(zh: "只有图形（\(type)），没有属性", en: "a bare geometry (\(type)) without attributes")
    case .topoJSON: Message(zh: "这是 TopoJSON", en: "TopoJSON")
    case .esriJSON: Message(zh: "这是 Esri JSON", en: "Esri JSON")
    case .noObject: Message(zh: "最外层不是 JSON 对象", en: "no JSON object")
    case .noType: Message(zh: "最外层没有 type", en: "an object without a type")
    case .otherType(let type): Message(zh: "type 为“\(type)”", en: "of type \"\(type)\"")
    case .noFeatures: Message(zh: "缺少要素列表（features）", en: "a collection without a list of features")
    case .featureWithFeatures: Message(zh: "单个要素内又含 features", en: "a feature with features of its own")
    }
  }
}

// MARK: GeoPackage

extension GeoPackageFault {
  fileprivate func explanation(_ path: String) -> (message: Message, remedy: Message) {
    (message(path), remedy)
  }

  private var remedy: Message {
    switch self {
    case .notADatabase, .length, .damaged:
      Message(zh: "请重新拷贝，或请下发单位重新导出。", en: "Copy it again, or ask the sender to export it again.")
    case .virtualTable, .view:
      Message(zh: "请下发单位将该图层另存为普通图层后重新提供。", en: "Ask the sender to save the layer as a plain one.")
    case .openLog:
      Message(
        zh: "请在 QGIS 等程序中关闭该文件（或请下发单位关闭后重新打包）再导入。",
        en:
          "Close the file in QGIS or whatever has it open (or have the sender close it and pack it again), then try again."
      )
    }
  }

  private func message(_ path: String) -> Message {
    switch self {
    case .notADatabase: Message(zh: "\(path) 不是 GeoPackage 数据库", en: "\(path) is no GeoPackage database")
    case .length(let stated, let actual):
      Message(
        zh: "\(path) 不完整：文件头记载 \(stated) 字节，实际 \(actual) 字节",
        en: "\(path) is damaged: its header states \(stated) bytes, it has \(actual)")
    case .damaged(let words): Message(zh: "\(path) 的数据页已损坏：\(words)", en: "Pages of \(path) are damaged: \(words)")
    case .virtualTable(let table):
      Message(
        zh: "\(path) 中的表“\(table)”是会读取其他文件的虚拟表",
        en: "The table \"\(table)\" of \(path) is a virtual one, which could read other files")
    case .view(let table):
      Message(zh: "\(path) 的图层“\(table)”是视图，不是数据表", en: "The layer \"\(table)\" of \(path) is a view, not a table")
    case .openLog(let log):
      Message(
        zh: "\(path) 正被其他程序打开：部分修改还在 \(log) 中",
        en: "\(path) is open in another program: some changes are still in \(log)")
    }
  }
}

// MARK: File geodatabase

extension GeodatabaseFault {
  fileprivate func explanation(_ path: String) -> (message: Message, remedy: Message) { (message(path), remedy) }

  private func message(_ path: String) -> Message {
    switch self {
    case .noCatalog: Message(zh: "\(path) 不是文件地理数据库", en: "\(path) is no file geodatabase")
    case .tableMissing(let table, let file):
      Message(
        zh: "\(path) 不完整：缺少表“\(table)”的文件 \(file)（或已被压缩）",
        en: "\(path) is incomplete: the file \(file) of its table \"\(table)\" is missing (or compressed)")
    case .version(let table, let number):
      Message(
        zh: "\(path) 中的表“\(table)”版本为 \(number)，不能读取",
        en: "The table \"\(table)\" of \(path) is of version \(number), which cannot be read")
    case .rows(let table, let stated, let indexed):
      Message(
        zh: "\(path) 中的表“\(table)”已损坏：文件头记载 \(stated) 条记录，索引中有 \(indexed) 条",
        en: "The table \"\(table)\" of \(path) is damaged: its header states \(stated) records, its index \(indexed)")
    case .damaged(let table):
      Message(
        zh: "\(path) 中的表“\(table)”已损坏：记录索引与数据不符",
        en: "The table \"\(table)\" of \(path) is damaged: the index of its records does not fit its data")
    }
  }

  private var remedy: Message {
    switch self {
    case .version:
      Message(
        zh: "请改用 32 位 ObjectID 导出，或导出为 GeoPackage。",
        en: "Export it with 32-bit object IDs, or as a GeoPackage.")
    default:
      Message(
        zh: "请重新拷贝整个 .gdb 文件夹；仍不行时请下发单位重新导出。",
        en: "Copy the whole .gdb folder again; if that does not help, ask the sender to export it again.")
    }
  }
}

// MARK: Reading

extension ReaderEnding {
  fileprivate var text: Message {
    switch self {
    case .notStarted(let number): Message(zh: "未能启动（错误 \(number)）", en: "could not be started (error \(number))")
    case .exited(let status): Message(zh: "提前结束（退出码 \(status)）", en: "ended early (exit code \(status))")
    case .signal(let signal):
      Message(zh: "异常终止（信号 \(Self.name(of: signal))）", en: "was killed (signal \(Self.name(of: signal)))")
    case .silent(let seconds):
      Message(zh: "超过 \(seconds) 秒没有响应，已被终止", en: "gave no sign of life for \(seconds) seconds and was ended")
    case .outOfTime(let seconds):
      Message(zh: "用满了 \(seconds) 秒的处理器时间，已被终止", en: "used up its \(seconds) seconds of processor time")
    }
  }

  fileprivate var remedy: Message {
    switch self {
    case .notStarted:
      Message(
        zh: "文件未入库。请核对程序安装是否完整、系统内存是否充足后重试。",
        en:
          "Nothing was taken in. Check that the program is wholly installed and the machine has free memory; try again."
      )
    case .exited:
      Message(
        zh: "文件未入库。请重试；若再次出现，请把该文件单独隔离并联系技术支持。",
        en: "Nothing was taken in. Try again; if it happens again, set the file aside and report it.")
    case .signal:
      Message(
        zh: "文件未入库。文件可能已损坏，或读取所需内存超出上限；请用 GIS 软件打开核对，数据量过大的请拆分后重试；若再次出现，请把该文件单独隔离并联系技术支持。",
        en: """
          Nothing was taken in. The file may be damaged, or need more memory than it may have: check it in a GIS \
          program, split it if it is very large. If it happens again, set it aside and report it.
          """)
    case .silent:
      Message(
        zh: "文件未入库。文件若在网络盘或移动存储上，请先拷贝到本机磁盘再重试；若再次出现，请把该文件单独隔离并联系技术支持。",
        en: """
          Nothing was taken in. Copy the file to a disk of this machine and try again; if it happens again, set it \
          aside and report it.
          """)
    case .outOfTime:
      Message(
        zh: "文件未入库。文件可能已损坏或数据量过大；请用 GIS 软件打开核对，或拆分为较小的文件后重试。",
        en:
          "Nothing was taken in. It may be damaged or too large: check it in a GIS program, or split it and try again.")
    }
  }

  private static func name(of signal: Int32) -> String {
    sigabbrev_np(signal).map { "SIG\(String(cString: $0))" } ?? "\(signal)"
  }
}

extension StreamFault {
  fileprivate var text: Message {
    switch self {
    case .cut: Message(zh: "数据未传完即中断", en: "it was cut short")
    case .version(let number): Message(zh: "版本不符（\(number)）", en: "it has another version (\(number))")
    case .malformed: Message(zh: "格式错误", en: "it is malformed")
    case .count(let stated, let read):
      Message(zh: "应有 \(stated) 条，实收 \(read) 条", en: "it states \(stated) records and holds \(read)")
    }
  }
}

extension ReaderReport {
  /// What `error` has to say, for the way to the parent.
  init(_ error: any Error) {
    if let explained = error as? any ExplainedError {
      (code, outcome) = (explained.code, explained.outcome)
      (message, remedy) = (explained.message, explained.remedy)
    } else {
      (code, outcome) = ("reader-failed", .internalError)
      message = Message(zh: "读取程序内部错误：\(error)", en: "The reader failed: \(error)")
      remedy = Message(zh: "请联系技术支持。", en: "Report it.")
    }
  }

  /// As read from the stream.
  init(code: String, messageZH: String, messageEN: String, remedyZH: String, remedyEN: String, outcome: Outcome) {
    (self.code, self.outcome) = (code, outcome)
    message = Message(zh: messageZH, en: messageEN)
    remedy = Message(zh: remedyZH, en: remedyEN)
  }
}
