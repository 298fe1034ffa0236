import Geodata

/// Why no sample was made: the drawing program is wrong, or the folder cannot be written.
enum SampleError: ExplainedError {
  /// `wanted` and `found`: 亩, or counts.
  case totalsMissed(_ campaign: String, group: String, wanted: String, found: String)
  case tooManyInaccurate(_ campaign: String, accurate: Int, of: Int)
  case invalidLayer(_ layer: String, polygon: Int?, reason: String)
  case notWritten(path: String, reason: String)

  var code: String {
    switch self {
    case .totalsMissed: "totals-missed"
    case .tooManyInaccurate: "too-many-inaccurate"
    case .invalidLayer: "invalid-layer"
    case .notWritten: "not-written"
    }
  }

  var message: Message {
    switch self {
    case .totalsMissed(let campaign, let group, let wanted, let found):
      Messages.totalsMissed(campaign, group, wanted: wanted, found: found)
    case .tooManyInaccurate(let campaign, let accurate, let count):
      Messages.tooManyInaccurate(campaign, accurate: accurate, of: count)
    case .invalidLayer(let layer, let polygon, let reason): Messages.invalidLayer(layer, polygon, reason: reason)
    case .notWritten(let path, let reason): Messages.notWritten(path, reason: reason)
    }
  }

  var remedy: Message {
    switch self {
    case .totalsMissed, .tooManyInaccurate, .invalidLayer: Messages.anotherSeed
    case .notWritten: Messages.writableFolder
    }
  }

  var outcome: Outcome {
    switch self {
    case .totalsMissed, .tooManyInaccurate, .invalidLayer: .internalError
    case .notWritten: .nothingTaken
    }
  }
}
