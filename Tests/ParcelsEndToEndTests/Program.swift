import Foundation
import ParcelTesting
import Testing

/// The real `parcels`, with a clock and a language of its own.
struct Program {
  struct Result {
    var status: Int32
    var output: String
    var trouble: String
  }

  let folder: URL
  var now = "2024-12-31T10:00:00Z"

  /// Starts the program; what it prints goes to two files.
  func start(_ arguments: [String], output: URL, trouble: URL) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: builtProgram)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PARCELS_NOW": now,
    ]
    for url in [output, trouble] { try Data().write(to: url) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: trouble)
    try process.run()
    return process
  }

  @discardableResult
  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  func run(_ arguments: [String]) throws -> Result {
    let printed = try TemporaryFolder()
    let (output, trouble) = (printed.url.appendingPathComponent("1"), printed.url.appendingPathComponent("2"))
    let process = try start(arguments, output: output, trouble: trouble)
    process.waitUntilExit()
    try #require(process.terminationReason == .exit, "ended by signal \(process.terminationStatus): \(arguments)")
    return Result(
      status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      trouble: String(decoding: try Data(contentsOf: trouble), as: UTF8.self))
  }

  /// The one JSON object that a command prints.
  func json(_ arguments: String...) throws -> [String: Any] {
    let result = try run(arguments)
    try #require(result.status == 0, "\(arguments): \(result.trouble)")
    return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }
}
