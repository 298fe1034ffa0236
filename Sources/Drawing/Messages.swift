import Geodata

/// Every text that this module says.
enum Messages {
  static func workbookNotWritten(path: String, operation: String, reason: String) -> Message {
    Message(
      zh: "电子表格未能写入 \(path)：\(reason)（\(operation)）",
      en: "The workbook \(path) was not written: \(reason) (\(operation)).")
  }
  static let workbookNotWrittenRemedy = Message(
    zh: "请检查磁盘空间和文件夹写入权限；如该文件正在 Excel 或 WPS 中打开，请先关闭，再重新运行。",
    en: "Check the free space and the permissions of the folder, close the file in the spreadsheet, and run again.")

  static let north = Message(zh: "北", en: "N")
  static let meters = Message(zh: "米", en: "m")
  static let kilometers = Message(zh: "千米", en: "km")
}
