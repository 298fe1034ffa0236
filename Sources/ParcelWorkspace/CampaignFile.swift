import Geodata
package import ParcelModel

extension Campaign {
  /// Reads a campaign file. `id` is the file's name without `.yaml`.
  package init(text: String, id: String) throws(ConfigurationError) {
    let section = try YAMLSection(text: text, file: "campaigns/\(id).yaml")
    try section.allow(
      "name", "template", "year", "area", "township", "measurement", "baseSurvey", "acceptanceBeforeClosure",
      "reviewLevels",
      "rectifyBy", "rates", "grounds")
    let rates = try section.values("rates") { Rate(rawValue: $0) }
    var grounds: [Ground] = []
    for ground in try section.sections("grounds") {
      try ground.allow("code", "names", "verdict")
      grounds.append(
        Ground(
          code: try ground.required("code"), names: try ground.texts("names"),
          verdict: try ground.required("verdict") { Verdict(rawValue: $0) }))
    }
    self.init(
      id: id, name: try section.required("name"), template: try section.text("template") ?? "",
      year: try section.value("year") { Int($0) },
      basis: try section.value("area") { Basis(rawValue: $0) } ?? .declared,
      township: try section.value("township") { TownshipRule(rawValue: $0) } ?? .assigned,
      measurement: try section.value("measurement") { MeasurementRule(rawValue: $0) } ?? .first,
      baseSurvey: try section.text("baseSurvey"),
      acceptanceBeforeClosure: try section.flag("acceptanceBeforeClosure") ?? true,
      reviewLevels: try section.texts("reviewLevels"), grounds: grounds,
      rectifyBy: try section.value("rectifyBy") { Day($0) }, rates: rates.isEmpty ? Rate.allCases : rates)
  }
}
