import ArgumentParser
import Geodata
import ParcelLedger
import ParcelModel
import ParcelProcessing
import ParcelReports

/// Which parcels a command is about, and as of when.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Messages.campaignID.text(.current), valueName: "ID"))
  var campaign: [String] = []

  @Option(help: ArgumentHelp(Messages.countyOption.text(.current), valueName: "CODE"))
  var county: String?

  @Option(help: ArgumentHelp(Messages.townshipOption.text(.current), valueName: "CODE"))
  var township: String?

  @Option(help: ArgumentHelp(Messages.stageOption.text(.current), valueName: "STAGE"))
  var stage: [String] = []

  @Option(name: .customLong("as-of"), help: ArgumentHelp(Messages.asOfOption.text(.current), valueName: "DATE"))
  var asOf: String?

  @Option(
    name: .customLong("known-at"), help: ArgumentHelp(Messages.knownAtOption.text(.current), valueName: "TIME|POSITION")
  )
  var knownAt: String?

  /// Parcels with what is needed to print them.
  struct Parcels {
    var states: [ParcelState]
    var rules: Rulebook
  }

  func selection(codes: [String] = []) throws -> Selection {
    Selection(counties: try Self.county(county).map { [$0] } ?? [], campaigns: campaign, codes: codes)
  }

  /// What `--county` states.
  static func county(_ text: String?) throws -> DivisionCode? {
    guard let text else { return nil }
    guard let code = DivisionCode(text), code.digits.count == 6 else {
      throw UsageError.badChoice(option: "--county", text, known: ["430321"])
    }
    return code
  }

  /// The township by nine digits or by name.
  func township(_ names: [DivisionCode: String]) throws -> DivisionCode? {
    guard let township else { return nil }
    if let code = DivisionCode(township), code.level == .township { return code }
    guard let code = names.first(where: { $0.value == township })?.key else {
      throw UsageError.badChoice(option: "--township", township, known: names.values.sorted())
    }
    return code
  }

  func parcels(_ session: Session, _ common: CommonOptions, codes: [String] = []) throws -> Parcels {
    let townships = try LayerShelf(session.workspace).townshipNames()
    let (known, day) = (try session.known(knownAt), try common.day(asOf, "--as-of"))
    let wanted = try township(townships)
    let stages = Set(
      Stage.all.map(\.name) + Stage.Part.allCases.map(\.rawValue) + RectificationStage.allCases.map(\.rawValue))
    for name in stage where !stages.contains(name) {
      throw UsageError.badChoice(option: "--stage", name, known: stages.sorted())
    }
    return try session.ledger.read { snapshot in
      let rules = try Rulebook(snapshot, known: known, townships: townships)
      for id in campaign where !rules.campaigns.contains(where: { $0.id == id }) {
        throw LedgerError.unknownCampaign(id)
      }
      let states = try snapshot.states(try selection(codes: codes), asOf: day, known: known).filter { state in
        if let wanted, state.township(rules[state.identity].township) != wanted { return false }
        let names = [state.stage.name, state.stage.part.rawValue, state.stage.rectification?.rawValue ?? ""]
        return stage.isEmpty || !Set(names).isDisjoint(with: stage)
      }
      return Parcels(states: states, rules: rules)
    }
  }
}
