import Foundation
import FoundationXML

/// Text of the kind that hostile deliveries bring, each with the reason to fear it.
let hostileTexts = [
  "'); DROP TABLE parcel;--",
  "<script>alert(1)</script>",
  "\"><svg onload=alert(1)>",
  "=cmd|'/C calc'!A0",
  "＝1+1",
  "\u{A0}=1+1",
  "\u{3000}\u{200B}@SUM(A1)",
  "-2+3",
  "＋86",
  "a | b * c _ d ` e [x](javascript:alert(1))",
  "]]> & &amp; &#60;",
  "\u{202E}gnp.exe",
  "line\r\nbreak\u{0}\u{1B}[31m",
]

/// A folder that is gone after `body`.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drawing-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

let unzip = "/usr/bin/unzip"
let hasUnzip = FileManager.default.isExecutableFile(atPath: unzip)

/// Runs a program; its standard output and exit status.
func run(_ program: String, _ arguments: [String]) throws -> (output: [UInt8], status: Int32) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.environment = ["LC_ALL": "C.UTF-8"]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return (Array(output), process.terminationStatus)
}

/// One member of a zip archive as text, read by `unzip`.
func member(_ name: String, of archive: URL) throws -> String {
  String(decoding: try run(unzip, ["-p", archive.path, name]).output, as: UTF8.self)
}

/// The element names and the whole text of an XML document; nothing where it is not well formed.
func readXML(_ source: String) -> (elements: Set<String>, text: String)? {
  final class Reader: NSObject, XMLParserDelegate {
    var elements: Set<String> = []
    var text = ""
    func parser(
      _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
      attributes: [String: String]
    ) {
      elements.insert(name)
      for attribute in attributes.keys where attribute.hasPrefix("on") { elements.insert(attribute) }
    }
    func parser(_: XMLParser, foundCharacters string: String) { text += string }
  }
  let reader = Reader()
  let parser = XMLParser(data: Data(source.utf8))
  parser.delegate = reader
  return parser.parse() ? (reader.elements, reader.text) : nil
}
