import Geodata

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
  /// One file of measurements for several deliveries.
  case oneFileAtATime(option: String)

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
    case .oneFileAtATime: "one-file-at-a-time"
    }
  }

  var message: Message { Messages.usage(self) }
  var remedy: Message { Messages.usageRemedy(self) }

  var outcome: Outcome {
    switch self {
    case .unknownParcel, .ambiguousParcel: .nothingTaken
    case .badDay, .badReference, .badMoment, .badChoice, .badClock, .outputRefused, .oneFileAtATime: .usage
    }
  }
}
