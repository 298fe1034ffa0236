package import ParcelLedger
package import ParcelModel

/// The rules of every campaign, by county and id, and the names of townships: what a state needs to be printed.
package struct Rulebook: Sendable {
  private struct Key: Hashable {
    var county: DivisionCode
    var campaign: String
  }

  private var rules: [Key: Campaign] = [:]
  private var calendars: [DivisionCode: WorkCalendar] = [:]
  /// Every campaign once, in the order of their ids.
  package private(set) var campaigns: [Campaign] = []
  /// Names by nine digits.
  package var townships: [DivisionCode: String]

  package init(
    _ campaigns: [(county: DivisionCode, rules: Campaign)], calendars: [DivisionCode: WorkCalendar] = [:],
    townships: [DivisionCode: String] = [:]
  ) {
    (self.calendars, self.townships) = (calendars, townships)
    for (county, rules) in campaigns {
      self.rules[Key(county: county, campaign: rules.id)] = rules
      if !self.campaigns.contains(where: { $0.id == rules.id }) { self.campaigns.append(rules) }
    }
    self.campaigns.sort { $0.id < $1.id }
  }

  package init(_ snapshot: Snapshot, known: Int?, townships: [DivisionCode: String] = [:]) throws {
    let campaigns = try snapshot.campaigns(known: known)
    let counties = Set(campaigns.map(\.county))
    self.init(
      campaigns,
      calendars: Dictionary(
        uniqueKeysWithValues: try counties.map { ($0, try snapshot.calendar(in: $0, known: known)) }),
      townships: townships)
  }

  /// Which days are worked in a county.
  package func calendar(in county: DivisionCode) -> WorkCalendar { calendars[county] ?? WorkCalendar() }

  /// The rules under which a parcel stands; a campaign that is not there has none but the defaults.
  package subscript(identity: ParcelIdentity) -> Campaign {
    rules[Key(county: identity.county, campaign: identity.campaign)]
      ?? Campaign(id: identity.campaign, name: identity.campaign, template: "")
  }

  /// The name of a campaign, or its id.
  package func name(ofCampaign id: String) -> String { campaigns.first { $0.id == id }?.name ?? id }

  /// The name of a township, or its digits; empty where none is known.
  package func name(of township: DivisionCode?) -> String { township.map { townships[$0] ?? $0.digits } ?? "" }

  /// Titles of the groups of a status.
  package var names: [String: String] {
    var names: [String: String] = [:]
    for campaign in campaigns { names[campaign.id] = campaign.name }
    for (code, name) in townships { names[code.digits] = name }
    return names
  }
}
