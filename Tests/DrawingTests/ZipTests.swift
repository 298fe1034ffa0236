import Foundation
import Testing

@testable import Drawing

struct ZipTests {
  private let long = Array(String(repeating: "耕地保护 farmland\n", count: 5000).utf8)

  private var archive: Zip {
    var zip = Zip()
    zip.add(name: "a.txt", bytes: Array("short".utf8))
    zip.add(name: "图斑/说明.txt", bytes: long)
    zip.add(name: "empty", bytes: [])
    zip.add(rawName: [0xCD, 0xBC, 0xB0, 0xDF, 0x2E, 0x73, 0x68, 0x70], bytes: [1, 2, 3])
    return zip
  }

  @Test(.enabled(if: hasUnzip, "unzip is not installed"))
  func `Another program finds the archive whole and its entries unchanged`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.zip")
      try Data(archive.bytes).write(to: file)
      #expect(try run(unzip, ["-tqq", file.path]).status == 0)
      #expect(try run(unzip, ["-p", file.path, "a.txt"]).output == Array("short".utf8))
      #expect(try run(unzip, ["-p", file.path, "图斑/说明.txt"]).output == long)
    }
  }

  @Test func `Repeating bytes shrink, and the same entries give the same bytes`() {
    #expect(archive.bytes.count < 2000)
    #expect(archive.bytes == archive.bytes)
  }

  @Test func `Only a name outside ASCII is marked as UTF-8, a raw name never`() {
    func flags(_ fill: (inout Zip) -> Void) -> [UInt8] {
      var zip = Zip()
      fill(&zip)
      return Array(zip.bytes[6..<8])
    }
    #expect(flags { $0.add(name: "a.shp", bytes: []) } == [0, 0])
    #expect(flags { $0.add(name: "图.shp", bytes: []) } == [0, 8])
    #expect(flags { $0.add(rawName: [0xCD, 0xBC], bytes: []) } == [0, 0])
  }

  @Test func `Every entry is dated 1980-01-01`() {
    #expect(Array(archive.bytes[10..<14]) == [0, 0, 0x21, 0])
  }
}
