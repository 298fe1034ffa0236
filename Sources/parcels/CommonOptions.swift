import ArgumentParser
import Foundation
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelWorkspace

extension Language {
  /// Stated with `--lang`, else by the locale; parcels.yaml is heard once a workspace is open.
  static var current: Language { stated ?? fromLocale }

  static var stated: Language? {
    let arguments = CommandLine.arguments
    for (index, argument) in arguments.enumerated() {
      if argument == "--lang", index + 1 < arguments.count { return Language(rawValue: arguments[index + 1]) }
      if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) }
    }
    return nil
  }

  private static var fromLocale: Language {
    let environment = ProcessInfo.processInfo.environment
    let locale = environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? ""
    return locale.hasPrefix("zh") ? .chinese : .english
  }
}

/// The options that every command has.
struct CommonOptions: ParsableArguments {
  @Option(name: .customShort("C"), help: ArgumentHelp(Messages.workspaceOption.text(.current), valueName: "DIR"))
  var directory = "."

  @Flag(help: ArgumentHelp(Messages.jsonOption.text(.current)))
  var json = false

  @Option(help: ArgumentHelp(Messages.langOption.text(.current), valueName: "zh|en"))
  var lang: String?

  @Flag(name: .shortAndLong, help: ArgumentHelp(Messages.quietOption.text(.current)))
  var quiet = false

  @Flag(help: ArgumentHelp(Messages.verboseOption.text(.current)))
  var verbose = false

  @Flag(name: .customLong("no-color"), help: ArgumentHelp(Messages.noColorOption.text(.current)))
  var noColor = false

  func validate() throws {
    if let lang, Language(rawValue: lang) == nil { throw ValidationError("--lang: zh | en") }
  }
}

/// What a user stated wrongly on the command line.
enum UsageError: ExplainedError, Hashable {
  case badDay(option: String, String)
  case badReference(String)
  case badMoment(String)
  case badChoice(option: String, String, known: [String])
  case badClock(String)
  case unknownParcel(String)
  case ambiguousParcel(String, campaigns: [String])
  /// An output that would write over the ledger, a setting or a delivered file.
  case outputRefused(String)

  var code: String {
    switch self {
    case .badDay: "bad-date"
    case .badReference: "bad-reference-system"
    case .badMoment: "bad-moment"
    case .badChoice: "bad-choice"
    case .badClock: "bad-clock"
    case .unknownParcel: "unknown-parcel"
    case .ambiguousParcel: "ambiguous-code"
    case .outputRefused: "output-refused"
    }
  }

  var message: Message { Messages.usage(self) }
  var remedy: Message { Messages.usageRemedy(self) }

  var outcome: Outcome {
    switch self {
    case .unknownParcel, .ambiguousParcel: .nothingTaken
    case .badDay, .badReference, .badMoment, .badChoice, .badClock, .outputRefused: .usage
    }
  }
}

/// A command that prints for people or scripts and ends with an exit code of the contract.
struct Console {
  let isJSON: Bool
  let isQuiet: Bool
  let isVerbose: Bool
  var language: Language

  init(_ options: CommonOptions) {
    (isJSON, isQuiet, isVerbose) = (options.json, options.quiet, options.verbose)
    language = .current
    isColored =
      !options.noColor && ProcessInfo.processInfo.environment["NO_COLOR"] == nil && isatty(STDOUT_FILENO) == 1
  }

  let isColored: Bool

  /// Data, on stdout.
  func print(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// A message with words of others in it, on stdout: what would steer the terminal is taken out.
  func tell(_ message: Message) { print(visible(message.text(language))) }

  /// Control characters and marks of writing direction made visible; lines stay lines.
  private func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
      let isDirection = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      result.append(isControl || isDirection ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  /// Messages and progress, on stderr.
  func say(_ message: Message) {
    guard !isQuiet else { return }
    sayAlways(message.text(language))
  }

  func sayAlways(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((visible(text) + "\n").utf8))
  }

  func explain(_ error: any ExplainedError) {
    if isJSON {
      let json: JSON = [
        "schema": "parcels.error/1", "code": .string(error.code), "message": .string(error.message.text(language)),
        "remedy": .string(error.remedy.text(language)),
      ]
      sayAlways(json.text)
    } else {
      sayAlways(Messages.errorLine(error.message.text(language)).text(language))
      sayAlways(Messages.remedyLine(error.remedy.text(language)).text(language))
    }
  }

  /// Writes to `--output FILE` under a temporary name, or prints.
  func deliver(_ text: String, to output: String?) throws {
    guard let output else { return print(text) }
    let url = URL(filePath: output)
    try guardOutput(output)
    do {
      // A device or pipe is written to; only a file is put in the place of another.
      try Data(text.utf8).write(to: url, options: isPlain(output) ? .atomic : [])
    } catch {
      throw WorkspaceError.cannotWrite(path: output, reason: error.localizedDescription)
    }
    say(Messages.wrote(output))
  }

  /// Refuses to write over what a workspace is made of: anything below a folder with a `parcels.yaml` but `reports`.
  func guardOutput(_ path: String) throws {
    let target = URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath()
    let names = target.pathComponents
    for depth in 1..<max(2, names.count) {
      let root = names[..<depth].joined(separator: "/")
      guard FileManager.default.fileExists(atPath: "\(root)/parcels.yaml") else { continue }
      let inside = names[depth...]
      let own = ["campaigns", "profiles", "deliveries", "quarantine", "layers", "evidence", "inbox"]
      let isOwn = own.contains(inside.first ?? "") || inside.first?.hasPrefix(".") == true
      let isSetting =
        inside.count == 1 && (inside.first == "parcels.yaml" || inside.first?.hasPrefix("ledger.sqlite") == true)
      if isOwn || isSetting { throw UsageError.outputRefused(path) }
    }
  }

  private func isPlain(_ path: String) -> Bool {
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return type == nil || type == .typeRegular
  }

  /// Columns of the terminal; nothing where there is none.
  var width: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else {
      return nil
    }
    return Int(size.ws_col)
  }
}

extension CommonOptions {
  /// Runs a command's body; what it throws is explained, and becomes an exit code.
  func run(_ body: (inout Console) async throws -> Outcome) async throws {
    var console = Console(self)
    let outcome: Outcome
    do {
      outcome = try await body(&console)
    } catch let error as any ExplainedError {
      console.explain(error)
      outcome = error.outcome
    } catch let error as CleanExit {
      throw error
    } catch {
      console.sayAlways(Messages.internalError("\(error)").text(console.language))
      outcome = .internalError
    }
    if outcome != .done { throw ExitCode(outcome.rawValue) }
  }

  /// The clock: `PARCELS_NOW` where it is set.
  func now() throws -> Instant {
    guard let text = ProcessInfo.processInfo.environment["PARCELS_NOW"], !text.isEmpty else {
      return Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
    }
    guard let instant = Instant(text) else { throw UsageError.badClock(text) }
    return instant
  }

  func day(_ text: String?, _ option: String) throws -> Day? {
    guard let text else { return nil }
    guard let day = Day(text) else { throw UsageError.badDay(option: option, text) }
    return day
  }

  func reference(_ text: String?) throws -> CoordinateReference? {
    guard let text else { return nil }
    guard let reference = CoordinateReference(text) else { throw UsageError.badReference(text) }
    return reference
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String?, _ option: String, _: Choice.Type
  ) throws -> Choice? where Choice.RawValue == String {
    guard let text else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw UsageError.badChoice(option: option, text, known: Choice.allCases.map(\.rawValue))
    }
    return choice
  }
}

/// An open workspace.
struct Session {
  var workspace: Workspace
  let ledger: Ledger
  let now: Instant
  let reader: FeatureReader

  init(_ options: CommonOptions, _ console: inout Console) throws {
    workspace = try Workspace(at: URL(filePath: options.directory))
    if Language.stated == nil, let language = workspace.settings.language { console.language = language }
    guard FileManager.default.fileExists(atPath: workspace.ledger.path) else {
      throw WorkspaceError.noLedger(path: workspace.ledger.path)
    }
    ledger = try Ledger(path: workspace.ledger.path) { try Campaign(text: $0.text, id: $0.name) }
    now = try options.now()
    reader = FeatureReader(executable: Self.executable)
  }

  /// This program, to be called again for reading files.
  static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  /// K from `--known-at`: a position, a moment, or the end of a day in Shanghai.
  func known(_ text: String?) throws -> Int? {
    guard let text else { return nil }
    if let position = Int(text), position >= 0 { return position }
    if let instant = Instant(text) { return try ledger.read { try $0.position(knownAt: instant) } }
    if let day = Day(text) {
      let end = Instant(milliseconds: Int64(day.number + 1) * 86_400_000 - 8 * 3_600_000 - 1)
      return try ledger.read { try $0.position(knownAt: end) }
    }
    throw UsageError.badMoment(text)
  }

  /// What groups and codes are called: campaigns by id, townships and the county by code.
  func names() throws -> [String: String] {
    var names: [String: String] = [:]
    for id in workspace.campaignNames() { names[id] = try workspace.campaign(id).name }
    for (code, name) in try LayerShelf(workspace).townshipNames() { names[code.digits] = name }
    names[workspace.settings.county.digits] = workspace.settings.name
    return names
  }
}
