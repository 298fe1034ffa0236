import Geodata
import ParcelModel
import Testing

@testable import ParcelProcessing

/// What is to become of one delivery.
struct Outcome: Hashable, Sendable {
  var verdict: Receipt.Verdict
  /// Why the file as a whole is refused.
  var refusal: String?
  var findings: [Finding.Code: Int] = [:]
  var delivered = 0
  var accepted = 0
  var rejected = 0
  var duplicate = 0

  static let accepted = taken([:])

  /// - Parameter findings: how many of each code.
  static func taken(
    _ findings: [Finding.Code: Int], delivered: Int = GoodParcel.count, rejected: Int = 0, duplicate: Int = 0
  ) -> Outcome {
    Outcome(
      verdict: findings.isEmpty ? .accepted : .acceptedWithFindings, findings: findings, delivered: delivered,
      accepted: delivered - rejected - duplicate, rejected: rejected, duplicate: duplicate)
  }

  static func refused(_ code: String) -> Outcome { Outcome(verdict: .quarantined, refusal: code) }

  /// Read, but not one record was good.
  static func nothingTaken(_ findings: [Finding.Code: Int], delivered: Int = GoodParcel.count) -> Outcome {
    Outcome(verdict: .quarantined, findings: findings, delivered: delivered, rejected: delivered)
  }

  /// Everything in it was taken in before.
  static func duplicate(_ findings: [Finding.Code: Int] = [:]) -> Outcome {
    Outcome(verdict: .duplicate, findings: findings, delivered: GoodParcel.count, duplicate: GoodParcel.count)
  }
}

extension Outcome {
  init(_ receipt: Receipt) {
    let delivery = receipt.delivery
    self.init(
      verdict: receipt.verdict, refusal: receipt.refusal?.code,
      findings: Dictionary(receipt.findings.map { ($0.code, 1) }, uniquingKeysWith: +), delivered: delivery.delivered,
      accepted: delivery.accepted, rejected: delivery.rejects.count, duplicate: delivery.duplicate)
  }
}

extension Outcome: CustomStringConvertible {
  /// One line; for groups of files of which each kind of outcome is counted.
  var description: String {
    if let refusal { return "\(verdict.rawValue): \(refusal)" }
    let told = findings.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
    return (["\(verdict.rawValue) \(accepted)/\(delivered)"] + told).joined(separator: ", ")
  }
}

/// One delivery of the table: how it is made, how it is taken in, what is to become of it.
struct AcceptanceRow: Sendable, CustomTestStringConvertible {
  let name: String
  let expected: Outcome
  /// What the accepted records must say: those of the good delivery, unless the row changed them.
  var truth: [GoodParcel]
  var order: @Sendable (inout IngestOrder) -> Void
  /// Deliveries that were taken in before this one.
  var earlier: [@Sendable () throws -> MadeDelivery]
  var make: @Sendable () throws -> MadeDelivery

  init(
    _ name: String, _ expected: Outcome, truth: [GoodParcel] = GoodParcel.all,
    order: @escaping @Sendable (inout IngestOrder) -> Void = { _ in },
    after earlier: [@Sendable () throws -> MadeDelivery] = [],
    _ make: @escaping @Sendable () throws -> MadeDelivery
  ) {
    (self.name, self.expected, self.truth) = (name, expected, truth)
    (self.order, self.earlier, self.make) = (order, earlier, make)
  }

  var testDescription: String { name }
}
