import Geodata
package import ParcelModel

extension Campaign {
  /// Reads a campaign file. `id` is the file's name without `.yaml`.
  package init(text: String, id: String) throws(ConfigurationError) {
    let section = try YAMLSection(text: text, file: "campaigns/\(id).yaml")
    try section.allow(
      "name", "template", "year", "area", "township", "measurement", "baseSurvey", "acceptanceBeforeClosure",
      "reviewLevels", "rectifyBy", "deadlines", "rates", "grounds")
    let rates = try section.values("rates") { Rate(rawValue: $0) }
    var grounds: [Ground] = []
    for ground in try section.sections("grounds") {
      try ground.allow("code", "names", "verdict")
      grounds.append(
        Ground(
          code: try ground.required("code"), names: try ground.texts("names"),
          verdict: try ground.required("verdict") { Verdict(rawValue: $0) }))
    }
    var deadlines: [Deadline] = []
    for deadline in try section.sections("deadlines") { deadlines.append(try Deadline(deadline)) }
    self.init(
      id: id, name: try section.required("name"), template: try section.text("template") ?? "",
      year: try section.value("year") { Int($0) },
      basis: try section.value("area") { Basis(rawValue: $0) } ?? .declared,
      township: try section.value("township") { TownshipRule(rawValue: $0) } ?? .assigned,
      measurement: try section.value("measurement") { MeasurementRule(rawValue: $0) } ?? .first,
      baseSurvey: try section.text("baseSurvey"),
      acceptanceBeforeClosure: try section.flag("acceptanceBeforeClosure") ?? true,
      reviewLevels: try section.texts("reviewLevels"), grounds: grounds,
      rectifyBy: try section.value("rectifyBy") { Day($0) }, deadlines: deadlines,
      rates: rates.isEmpty ? Rate.allCases : rates)
  }
}

extension Deadline {
  /// One of `deadlines`: a step with the day by which it must be taken, or the time within which and from when.
  fileprivate init(_ section: YAMLSection) throws(ConfigurationError) {
    try section.allow("step", "by", "within", "from")
    let step = try section.required("step") { Step(word: $0) }
    if let day = try section.value("by", { Day($0) }) {
      self.init(step, .by(day))
    } else {
      let period = try section.required("within") { Period($0) }
      self.init(step, .within(period, from: try section.required("from") { Start(rawValue: $0) }))
    }
  }
}
