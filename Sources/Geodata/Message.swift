/// A language that the program speaks.
package enum Language: String, CaseIterable, Sendable {
  case chinese = "zh"
  case english = "en"
}

/// One text in both languages. Every module keeps its messages in one `Messages.swift`.
package struct Message: Hashable, Sendable {
  package var zh: String
  package var en: String

  package init(zh: String, en: String) {
    (self.zh, self.en) = (zh, en)
  }

  package func text(_ language: Language) -> String {
    switch language {
    case .chinese: zh
    case .english: en
    }
  }
}

/// An error that a person can act upon: what is wrong, and the next command or step to try.
package protocol ExplainedError: Error {
  /// A stable English code for scripts, such as `missing-layer`.
  var code: String { get }
  var message: Message { get }
  var remedy: Message { get }
  /// How a command ends because of it.
  var outcome: Outcome { get }
}

/// How a command ended, as scripts see it.
package enum Outcome: Int32, Sendable {
  case done = 0
  case differencesFound = 1
  case incomplete = 3
  case nothingTaken = 4
  case noWorkspace = 10
  case locked = 11
  case ledgerDamaged = 12
  case usage = 64
  case internalError = 70
  case interrupted = 130
}
