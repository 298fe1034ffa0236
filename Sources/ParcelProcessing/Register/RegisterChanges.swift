import Geodata
import ParcelLedger
import ParcelModel

/// Turns the changed cells of one row into events, in the order of a parcel's life. A cell that was empty becomes a new
/// event; one that had a value becomes a correction of the event that stated it.
struct RegisterChanges {
  let identity: ParcelIdentity
  let cells: [RegisterColumn: RegisterCell]
  let state: ParcelState
  let history: History
  let desk: RowDesk
  let mark: RegisterMark?

  func steps() throws -> [Transaction.Step] {
    var steps: [Transaction.Step] = []
    try addAssignment(to: &steps)
    try addDay(.filed, .file, had: state.filed != nil, to: &steps)
    try addReview(to: &steps)
    try addDetermination(to: &steps)
    try addRectification(to: &steps)
    try addDay(.completed, .completeRectification, had: state.rectification.completed != nil, to: &steps)
    try addDay(.accepted, .accept, had: state.rectification.accepted != nil, to: &steps)
    try addDay(.closed, .close, had: state.rectification.closed != nil, to: &steps)
    if let note = text(.note) {
      var entry = entry(.note)
      entry.notes = [WorkflowField.note.rawValue: note]
      try add(entry, on: desk.today, to: &steps)
    }
    return steps
  }

  private func text(_ column: RegisterColumn) -> String? { cells[column]?.text }

  private func day(_ column: RegisterColumn) -> Day? {
    if case .day(let day) = cells[column] { day } else { nil }
  }

  private func area(_ column: RegisterColumn) -> SquareMeters? {
    if case .mu(let area) = cells[column] { SquareMeters(area) } else { nil }
  }

  private func entry(_ kind: WorkflowKind) -> WorkflowEntry {
    WorkflowEntry(campaign: identity.campaign, code: identity.code, kind: kind)
  }

  private func add(_ entry: WorkflowEntry, on day: Day, to steps: inout [Transaction.Step]) throws {
    let key = try rowKey(entry, day: day, actor: "", document: mark?.text ?? "register")
    steps.append(Transaction.Step(entry: entry, day: day, actor: "", document: "", key: "register/\(key)"))
  }

  /// The event in force that stated a fact; its correction takes its place.
  private func lastEvent(_ kinds: Set<WorkflowKind>) -> (event: Event, entry: WorkflowEntry)? {
    for event in history.effectiveEvents(asOf: nil).reversed() {
      if case .workflow(let entry) = event.deed, kinds.contains(entry.kind) { return (event, entry) }
    }
    return nil
  }

  /// The first day that the row's own dates state: facts without a date of their own count from then.
  private var firstDay: Day {
    let days = [RegisterColumn.filed, .determined, .started, .completed, .accepted, .closed].compactMap { day($0) }
    return days.min() ?? desk.today
  }

  private func addAssignment(to steps: inout [Transaction.Step]) throws {
    var assignment = Assignment()
    if let name = text(.township) { assignment.township = try desk.township(name) }
    assignment.village = text(.village)
    assignment.party = text(.party)
    assignment.project = text(.project)
    assignment.office = text(.office)
    assignment.responsible = text(.responsible)
    guard !assignment.isEmpty else { return }
    var entry = entry(.assign)
    entry.assignment = assignment
    try add(entry, on: firstDay, to: &steps)
  }

  private func addDay(
    _ column: RegisterColumn, _ kind: WorkflowKind, had: Bool, to steps: inout [Transaction.Step]
  ) throws {
    guard let day = day(column) else { return }
    var entry = entry(kind)
    if had, let last = lastEvent([kind]) {
      entry = last.entry
      entry.corrects = last.event.seq
    }
    if kind == .completeRectification, let measure = text(.measure) { entry.measure = measure }
    try add(entry, on: day, to: &steps)
  }

  private func addReview(to steps: inout [Transaction.Step]) throws {
    guard let text = text(.review) else { return }
    // 退回：原因
    let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "：" || $0 == ":" }).map { $0.trimmingSpaces() }
    let kind: WorkflowKind
    switch parts.first?.folded() {
    case "已上报", "submitted": kind = .submit
    case "审核通过", "通过", "approved": kind = .approve
    case "退回", "sentback": kind = .sendBack
    case "审核不通过", "不通过", "rejected": kind = .reject
    default: throw RowTrouble.unknownEvent(text)
    }
    var entry = entry(kind)
    if parts.count == 2 { entry.reason = parts[1] }
    try add(entry, on: day(.determined) ?? desk.today, to: &steps)
  }

  private static let determinations: Set<WorkflowKind> = [
    .determineNoViolation, .determineUnlawful, .determineOutside, .redetermine,
  ]

  private func addDetermination(to steps: inout [Transaction.Step]) throws {
    let columns: Set<RegisterColumn> = [.determination, .ground, .determined, .determinedArea, .determinedFarmland]
    guard !columns.isDisjoint(with: cells.keys) else { return }
    var entry: WorkflowEntry
    var on = day(.determined) ?? desk.today
    if let word = text(.determination) {
      guard let verdict = Verdict(word: word) else { throw RowTrouble.refused(.unknownVerdict(word)) }
      if state.determination == nil {
        entry = self.entry(verdict.event)
      } else {
        entry = self.entry(.redetermine)
        entry.measure = verdict.rawValue
      }
    } else {
      // The verdict stays: what else was stated of it is put right.
      guard let last = lastEvent(Self.determinations) else {
        throw RowTrouble.refused(.missing(.event, .determineUnlawful))
      }
      entry = last.entry
      entry.corrects = last.event.seq
      on = day(.determined) ?? last.event.effective
    }
    entry.ground = text(.ground) ?? entry.ground
    entry.area = area(.determinedArea) ?? entry.area
    entry.farmland = area(.determinedFarmland) ?? entry.farmland
    try add(entry, on: on, to: &steps)
  }

  private func addRectification(to steps: inout [Transaction.Step]) throws {
    let measure = text(.measure)
    var isMeasureStated = false
    if let started = day(.started) {
      var entry = entry(.startRectification)
      if state.rectification.started != nil, let last = lastEvent([.startRectification]) {
        entry = last.entry
        entry.corrects = last.event.seq
      }
      entry.measure = measure ?? entry.measure
      isMeasureStated = true
      try add(entry, on: started, to: &steps)
    }
    let restored = (area: area(.restoredArea), farmland: area(.restoredFarmland))
    guard restored.area != nil || restored.farmland != nil || (measure != nil && !isMeasureStated) else { return }
    var entry = entry(.progress)
    entry.measure = measure
    entry.area = restored.area
    entry.farmland = restored.farmland
    // What is restored by the day of completion is stated with it.
    try add(entry, on: day(.completed) ?? state.rectification.completed ?? desk.today, to: &steps)
  }
}

extension Verdict {
  fileprivate var event: WorkflowKind {
    switch self {
    case .noViolation: .determineNoViolation
    case .unlawful: .determineUnlawful
    case .outside: .determineOutside
    }
  }
}
