import Foundation

/// Long whole numbers that a spreadsheet holds as numbers.
///
/// A spreadsheet program keeps 15 digits of a number: an official code typed as a number has lost its end, yet GDAL
/// hands its digits on like those of a text. Such a cell is given in powers of ten (`1.30321202401000e+17`), which
/// no one takes for a code. The cells are recognised by their text, so that a good text cell with the very digits of
/// a number cell elsewhere in the workbook is taken for damaged too; the other way round cannot happen.
struct SpreadsheetNumbers {
  private var damaged: Set<String> = []
  private static let memberLimit = 512 << 20

  init(_ file: DataFile) throws(SpatialError) {
    let root = "/vsizip/{\(file.path)}"
    if file.kind == .ods {
      scan(try FileAccess.content("\(root)/content.xml", limit: Self.memberLimit), attribute: "office:value")
    } else {
      for sheet in FileAccess.entries(of: "\(root)/xl/worksheets") where sheet.hasSuffix(".xml") {
        scanCells(try FileAccess.content("\(root)/xl/worksheets/\(sheet)", limit: Self.memberLimit))
      }
    }
  }

  /// The text as it may be shown: unchanged unless it is a number that lost digits.
  func shown(_ text: String) -> String {
    guard damaged.contains(text), let value = Double(text) else { return text }
    return String(format: "%.14e", value)
  }

  private mutating func note(_ digits: ArraySlice<UInt8>) {
    let magnitude = digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits
    guard magnitude.count > 15, magnitude.allSatisfy({ (0x30...0x39).contains($0) }) else { return }
    damaged.insert(String(decoding: digits, as: UTF8.self))
  }

  private mutating func scan(_ bytes: [UInt8], attribute: String) {
    let marker = Array("\(attribute)=\"".utf8)
    var at = 0
    while let start = find(marker, in: bytes, from: at) {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.endIndex
      note(bytes[start..<end])
      at = end
    }
  }

  /// `<c r="A2" s="1"><v>123</v></c>` is a number; with `t="s"`, `t="str"`, `t="inlineStr"`, … it is not.
  private mutating func scanCells(_ bytes: [UInt8]) {
    let open = UInt8(ascii: "<")
    let close = UInt8(ascii: ">")
    var isNumber = false
    var at = 0
    while let start = bytes[at...].firstIndex(of: open), let end = bytes[start...].firstIndex(of: close) {
      let tag = bytes[(start + 1)..<end]
      let qualified = tag.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != UInt8(ascii: "/") }
      let name = qualified.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).last ?? []
      at = end + 1
      if name.elementsEqual("c".utf8) {
        let attributes = String(decoding: tag, as: UTF8.self).split { " \t\r\n/".contains($0) }
        isNumber = attributes.allSatisfy { !$0.hasPrefix("t=") || $0 == "t=\"n\"" || $0 == "t='n'" }
      } else if name.elementsEqual("v".utf8), isNumber {
        let next = bytes[at...].firstIndex(of: open) ?? bytes.endIndex
        note(bytes[at..<next])
        at = next
      }
    }
  }

  private func find(_ marker: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
    var at = from
    while let hit = bytes[at...].firstIndex(of: marker[0]), hit + marker.count <= bytes.count {
      if bytes[hit..<(hit + marker.count)].elementsEqual(marker) { return hit + marker.count }
      at = hit + 1
    }
    return nil
  }
}
