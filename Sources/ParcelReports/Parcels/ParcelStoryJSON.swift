package import Geodata
import ParcelModel

extension ParcelStory {
  /// `parcels.parcel/1` of INTERFACE.
  package func json(_ language: Language) -> JSON {
    let (issue, measured) = (parcel.issue, parcel.issue.measured)
    let campaign = rules[parcel.identity]
    let township = parcel.township(campaign.township)
    return [
      "schema": "parcels.parcel/1", "code": .string(parcel.identity.code),
      "campaign": .string(parcel.identity.campaign), "campaignName": .string(campaign.name),
      "county": .string(parcel.identity.county.digits), "batch": .string(issue.batch), "issuedOn": JSON(parcel.issued),
      "asOf": JSON(asOf), "delivery": .string(issue.delivery), "record": JSON(issue.record),
      "township": JSON(township?.digits), "townshipName": JSON(township.flatMap { rules.townships[$0] }),
      "village": JSON(parcel.assignment.village ?? measured.village?.digits),
      "stage": .string(parcel.stage.name), "partition": .string(parcel.stage.part.rawValue),
      "rectificationStage": JSON(parcel.stage.rectification?.rawValue),
      "flags": .array(Flags.named.filter { parcel.flags.contains($0.flag) }.map { .string($0.name) }),
      "filedOn": JSON(parcel.filed), "handedOverOn": JSON(parcel.handedOver), "withdrawnOn": JSON(parcel.withdrawn),
      "closedOn": JSON(parcel.rectification.closed), "dueOn": JSON(parcel.due(campaign)),
      "declared": issue.declared.json, "measured": measured.json,
      "remeasured": parcel.remeasured.map(\.json) ?? .null, "assignment": parcel.assignment.json,
      "review": parcel.review.map(\.json) ?? .null, "determination": parcel.determination.map(\.json) ?? .null,
      "rectification": parcel.stage.rectification == nil ? .null : parcel.rectification.json,
      "deadlines": .array(
        dues.map { due in
          [
            "step": .string(due.step.rawValue), "dueOn": JSON(due.day), "extensions": JSON(due.extensions),
            "stopped": .bool(due.day == nil),
          ]
        }),
      "cases": .array(parcel.cases.map(\.json)), "note": JSON(parcel.latestNote),
      "relations": .array(issue.earlier.map { [$0.json] } ?? []),
      "findings": .array(
        issue.findings.map { code in
          [
            "code": .string(code.rawValue), "severity": .string(code.severity.rawValue),
            "message": .string(code.message.text(language)), "remedy": .string(code.remedy.text(language)),
          ]
        }),
      "history": .array(chapters.map { $0.json(language) }),
    ]
  }
}

extension Declaration {
  fileprivate var json: JSON {
    [
      "areaM2": JSON(area), "areaMu": JSON(area.map { Mu($0) }), "farmlandM2": JSON(farmland),
      "farmlandMu": JSON(farmland.map { Mu($0) }), "basicFarmlandM2": JSON(basicFarmland),
      "township": JSON(township), "attributes": .object(attributes.mapValues { .string($0) }),
    ]
  }
}

extension Measurement {
  fileprivate var json: JSON {
    [
      "areaM2": JSON(area), "areaMu": JSON(Mu(area)), "farmlandM2": JSON(farmland),
      "farmlandMu": JSON(farmland.map { Mu($0) }), "adjustableM2": JSON(adjustable),
      "basicFarmlandM2": JSON(basicFarmland), "redlineM2": JSON(redline),
      "classes": JSON(classes.map { ($0.key.rawValue, JSON($0.value)) }),
      "majorClasses": JSON(majorClasses.map { ($0.key.rawValue, JSON($0.value)) }),
      "townships": JSON(townships.map { ($0.key.digits, JSON($0.value)) }), "township": JSON(township?.digits),
      "village": JSON(village?.digits), "overlays": JSON(overlays.map { ($0.key, JSON($0.value)) }),
      "layers": .array(layers.map { .string($0) }), "rules": JSON(rules),
    ]
  }
}

extension ParcelState.Remeasured {
  fileprivate var json: JSON {
    [
      "on": JSON(on), "reason": .string(reason), "position": JSON(position), "counts": .bool(counts),
      "measured": measured.json,
    ]
  }
}

extension Assignment {
  fileprivate var json: JSON {
    [
      "township": JSON(township?.digits), "village": JSON(village), "district": JSON(district),
      "office": JSON(office), "responsible": JSON(responsible), "party": JSON(party), "project": JSON(project),
    ]
  }
}

extension ParcelState.Review {
  fileprivate var json: JSON {
    ["result": .string(result.rawValue), "on": JSON(on), "level": JSON(level), "reason": JSON(reason)]
  }
}

extension ParcelState.Determination {
  fileprivate var json: JSON {
    [
      "verdict": .string(verdict.rawValue), "on": JSON(on), "level": JSON(level), "ground": JSON(ground),
      "document": .string(document), "areaM2": JSON(area), "areaMu": JSON(area.map { Mu($0) }),
      "farmlandM2": JSON(farmland), "farmlandMu": JSON(farmland.map { Mu($0) }),
    ]
  }
}

extension ParcelState.Rectification {
  fileprivate var json: JSON {
    [
      "startedOn": JSON(started), "kind": JSON(measure), "restoredMu": JSON(Mu(restoredArea)),
      "restoredFarmlandMu": JSON(Mu(restoredFarmland)), "completedOn": JSON(completed), "acceptedOn": JSON(accepted),
      "closedOn": JSON(closed),
    ]
  }
}

extension CaseFile {
  fileprivate var json: JSON {
    [
      "number": .string(number), "stage": .string(stage.rawValue), "openedOn": JSON(opened),
      "penalizedOn": JSON(penalized), "levied": .hundredths(levied), "paid": .hundredths(paid),
      "treasury": .hundredths(treasury), "confiscated": .hundredths(confiscated),
      "parcels": .array(
        subjects.map {
          ["campaign": .string($0.campaign), "code": .string($0.code), "on": JSON($0.on)]
        }),
      "notices": .array(
        notices.map { ["kind": JSON($0.title), "on": JSON($0.on), "document": .string($0.document)] }),
      "legalReviewOn": JSON(legallyReviewed),
      "decisions": .array(
        decisions.map {
          [
            "on": JSON($0.on), "document": .string($0.document), "measures": .array($0.measures.map(JSON.string)),
            "levied": .hundredths($0.levied), "servedOn": JSON($0.served), "revokedOn": JSON($0.revoked),
          ]
        }),
      "proceedings": .array(
        proceedings.map {
          [
            "kind": JSON($0.title), "from": JSON($0.from), "document": .string($0.document),
            "ruling": JSON($0.ruling?.rawValue), "ruledOn": JSON($0.ruledOn),
          ]
        }),
      "remindedOn": JSON(reminded),
      "transfers": .array(
        transfers.map {
          [
            "to": .string($0.to), "on": JSON($0.on), "document": .string($0.document), "result": JSON($0.result),
            "resultOn": JSON($0.resultOn),
          ]
        }),
      "concludedOn": JSON(concluded),
    ]
  }
}

extension EarlierParcel {
  /// How much of the other parcel is covered was not measured.
  fileprivate var json: JSON {
    [
      "kind": "earlier", "code": .string(code), "campaign": .string(campaign),
      "shareOfThis": .double((share * 10_000).rounded() / 10_000), "shareOfOther": .null,
    ]
  }
}

extension ParcelStory.Chapter {
  fileprivate func json(_ language: Language) -> JSON {
    var members: [String: JSON] = [
      "position": JSON(event.position), "seq": JSON(event.seq), "event": .string(event.deed.kind),
      "title": .string(event.deed.title.text(language)), "effective": JSON(event.effective),
      "recorded": .string(event.recorded.description), "actor": .string(event.actor),
      "document": .string(event.document), "counts": .bool(counts),
      "correctedBy": correctedBy.map { JSON($0) } ?? .null,
    ]
    switch event.deed {
    case .issue(let issue), .reissue(let issue):
      members["batch"] = .string(issue.batch)
      members["delivery"] = .string(issue.delivery)
      members["record"] = JSON(issue.record)
      members["areaMu"] = JSON(issue.declared.area.map { Mu($0) })
      members["farmlandMu"] = JSON(issue.declared.farmland.map { Mu($0) })
    case .remeasure(let remeasurement):
      members["reason"] = .string(remeasurement.reason)
      members["measured"] = remeasurement.measured.json
    case .workflow(let entry): members.merge(entry.members) { first, _ in first }
    case .configure, .deliver: break
    }
    return .object(members)
  }
}

extension WorkflowEntry {
  /// What is stated, under the names of the workflow columns.
  fileprivate var members: [String: JSON] {
    var members: [String: JSON] = [:]
    func add(_ field: WorkflowField, _ value: JSON) {
      if value != .null { members[field.rawValue] = value }
    }
    add(.level, JSON(level))
    add(.ground, JSON(ground))
    add(.kind, JSON(measure))
    add(.areaMu, JSON(area.map { Mu($0) }))
    add(.farmlandMu, JSON(farmland.map { Mu($0) }))
    add(.reason, JSON(reason))
    add(.evidence, JSON(evidence))
    if kind == .openCase { add(.code, .string(code)) }
    add(.caseNumber, JSON(caseNumber))
    add(.amount, amount.map { .hundredths($0) } ?? .null)
    add(.quantity, JSON(quantity))
    add(.unit, JSON(unit))
    add(.corrects, corrects.map { JSON($0) } ?? .null)
    if let assignment { members["assignment"] = assignment.json }
    if let notes { members["notes"] = .object(notes.mapValues { .string($0) }) }
    return members
  }
}
