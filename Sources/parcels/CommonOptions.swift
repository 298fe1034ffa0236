import ArgumentParser
import Foundation
import Geodata

extension Language {
  /// Stated with `--lang`, else by the locale; parcels.yaml is heard once a workspace is open.
  static let current: Language = stated ?? fromLocale

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
