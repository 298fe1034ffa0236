package import Geodata

/// A step that a campaign wants taken in time (期限).
package struct Deadline: Hashable, Sendable {
  /// What has to be done.
  package enum Step: String, CaseIterable, Sendable {
    /// 填报.
    case file
    /// 判定.
    case determine
    /// 整改到位.
    case rectify
    /// 验收.
    case accept
    /// 销号.
    case close
  }

  /// When time begins to run.
  package enum Start: String, CaseIterable, Sendable {
    case issued, assigned, sentBack, determined, handedOver, rectified, accepted
  }

  /// How long it may take, or the last day on which it may be done.
  package enum Limit: Hashable, Sendable {
    case within(Period, from: Start)
    case by(Day)
  }

  package var step: Step
  package var limit: Limit

  package init(_ step: Step, _ limit: Limit) { (self.step, self.limit) = (step, limit) }
}

/// A step of one parcel that is not done, and when it must be.
package struct Due: Hashable, Sendable {
  package var step: Deadline.Step
  package var end: Period.End
  /// From when time has run; nothing for a fixed day.
  package var start: Day?
  /// How often it was extended (延期).
  package var extensions: Int

  package init(_ step: Deadline.Step, _ end: Period.End, start: Day?, extensions: Int) {
    (self.step, self.end, self.start, self.extensions) = (step, end, start, extensions)
  }

  /// The last day; nothing while the clock is stopped.
  package var day: Day? { if case .on(let day) = end { day } else { nil } }

  /// Days until the last one; negative once it has passed.
  package func daysLeft(on day: Day) -> Int? { self.day.map { Int($0.number - day.number) } }
}

extension ParcelState {
  /// What is stopped and what was extended (中止、延期).
  package struct Clock: Hashable, Sendable {
    package struct Extension: Hashable, Sendable {
      /// Nothing: every step that is not done.
      package var step: Deadline.Step?
      package var period: Period
      package var on: Day
      package var reason: String
      package var document: String
    }

    package var stops: [Stop] = []
    /// Why the clock stands still now.
    package var reason: String?
    package var extensions: [Extension] = []

    package var isStopped: Bool { stops.last.map { $0.until == nil } ?? false }

    /// Time is given and taken on a recorded ground and document only.
    mutating func apply(_ entry: WorkflowEntry, on day: Day, document: String) throws(Refusal) {
      guard !document.isEmpty else { throw .missing(.document, entry.kind) }
      if entry.kind == .resumeClock {
        guard isStopped else { throw .clockRuns }
        stops[stops.count - 1].until = day
        reason = nil
        return
      }
      guard let ground = entry.reason ?? entry.ground else { throw .missing(.reason, entry.kind) }
      if entry.kind == .stopClock {
        guard !isStopped else { throw .clockStopped }
        stops.append(Stop(from: day))
        reason = ground
        return
      }
      var step: Deadline.Step?
      if let word = entry.measure {
        step = Deadline.Step(word: word)
        guard step != nil else { throw .unknownStep(word) }
      }
      extensions.append(
        Extension(step: step, period: try Self.period(of: entry), on: day, reason: ground, document: document))
    }

    private static func period(of entry: WorkflowEntry) throws(Refusal) -> Period {
      guard let quantity = entry.quantity else { throw .missing(.quantity, entry.kind) }
      var unit = Period.Unit.days
      if let word = entry.unit {
        guard let stated = Period.Unit(word: word) else { throw .unknownUnit(word) }
        unit = stated
      }
      guard let count = Int(quantity), unit.range.contains(count) else { throw .badQuantity(quantity) }
      return Period(count, unit)
    }
  }

  /// Whether there is nothing left to do of a step, or never was.
  private func isDone(_ step: Deadline.Step) -> Bool {
    switch step {
    case .file: stage != .pending && stage != .sentBack
    case .determine: determination != nil || stage == .withdrawn || stage.rectification != nil
    case .rectify: stage.rectification.map { $0 >= .rectified } ?? true
    case .accept: stage.rectification.map { $0 >= .accepted } ?? true
    case .close: stage.rectification.map { $0 == .closed } ?? true
    }
  }

  private func day(of start: Deadline.Start) -> Day? {
    switch start {
    case .issued: issued
    case .assigned: assigned
    case .sentBack: stage == .sentBack ? review?.on : nil
    case .determined: determination?.on
    case .handedOver: handedOver
    case .rectified: rectification.completed
    case .accepted: rectification.accepted
    }
  }

  /// The steps that are not done, with their last days, the nearest first; those whose clock is stopped last.
  package func dues(_ rules: Campaign, _ calendar: WorkCalendar) -> [Due] {
    rules.deadlines.compactMap { due($0, calendar) }.sorted { a, b in
      switch (a.day, b.day) {
      case (let a?, let b?): a < b
      case (_?, nil): true
      case (nil, _): false
      }
    }
  }

  private func due(_ deadline: Deadline, _ calendar: WorkCalendar) -> Due? {
    guard !isDone(deadline.step) else { return nil }
    let extensions = clock.extensions.filter { $0.step == nil || $0.step == deadline.step }
    let start: Day?
    var end: Period.End
    switch deadline.limit {
    case .within(let period, let begin):
      guard let begun = day(of: begin) else { return nil }
      (start, end) = (begun, period.end(from: begun, stops: clock.stops, calendar))
    case .by(let day):
      let whole = Period(max(0, Int(day.number - issued.number)), .days)
      (start, end) = (nil, whole.end(from: issued, stops: clock.stops, calendar))
      // A parcel issued after the day is late from the first.
      if day < issued, clock.stops.isEmpty { end = .on(day) }
    }
    for extra in extensions {
      guard case .on(let day) = end else { break }
      end = extra.period.end(from: day, stops: clock.stops, calendar)
    }
    return Due(deadline.step, end, start: start, extensions: extensions.count)
  }
}

extension Deadline.Step {
  package var title: Message { Messages.step(self) }

  /// Reads either language.
  package init?(word: String) {
    guard let step = Self.words[word] else { return nil }
    self = step
  }

  private static let words = Words(allCases) { [$0.rawValue, $0.title.zh, $0.title.en] }
}
