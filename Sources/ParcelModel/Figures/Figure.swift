/// A figure of a status group by its name in the JSON contract, such as `partition.unlawful`: what `list` shows the
/// parcels behind.
package struct Figure: Hashable, Sendable {
  package let name: String
  private let counts: Content

  private enum Content: Hashable, Sendable {
    case issued, mustRectify
    case part(Stage.Part)
    case rectification(RectificationStage)
    case flag(Flags)
  }

  private static let all: [Figure] =
    [Figure(name: "issued", counts: .issued), Figure(name: "mustRectify", counts: .mustRectify)]
    + Stage.Part.allCases.map { Figure(name: "partition.\($0.rawValue)", counts: .part($0)) }
    + RectificationStage.allCases.map { Figure(name: "rectification.\($0.rawValue)", counts: .rectification($0)) }
    + Flags.named.map { Figure(name: "flags.\($0.name)", counts: .flag($0.flag)) }

  package static let names = all.map(\.name)

  private init(name: String, counts: Content) {
    (self.name, self.counts) = (name, counts)
  }

  /// The figure of this name; nothing where there is none.
  package init?(_ name: String) {
    guard let figure = Self.all.first(where: { $0.name == name }) else { return nil }
    self = figure
  }

  /// Whether the parcel is counted in the figure.
  package func includes(_ parcel: ParcelState) -> Bool {
    switch counts {
    case .issued: true
    case .mustRectify: parcel.stage.rectification != nil
    case .part(let part): parcel.stage.part == part
    case .rectification(let stage): parcel.stage.rectification == stage
    case .flag(let flag): parcel.flags.contains(flag)
    }
  }
}
