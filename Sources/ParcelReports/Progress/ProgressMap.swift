import Drawing
import Geodata
import ParcelModel

extension ProgressReport {
  /// Townships and every parcel as a dot in the colour of where it stands.
  var map: Picture {
    var layers: [MapPicture.Layer] = []
    if !townships.isEmpty {
      layers.append(
        .areas(
          townships.map { .init($0.borders, label: $0.name) },
          paint: Paint(fill: Color(0xF4F6F2), stroke: Color(0x8B979E), strokeWidth: 0.9)))
    }
    for group in Standing.allCases {
      let dots = placed.filter { Standing($0.parcel.stage) == group }.map { MapPicture.Dot(at: $0.at) }
      guard !dots.isEmpty else { continue }
      layers.append(
        .dots(
          dots, group.mark, radius: group.radius, color: group.color,
          legend: Messages.standing(group, dots.count).text(language)))
    }
    let map = MapPicture(
      title: Messages.mapTitle(name).text(language), units: .degrees, language: language, layers: layers)
    let picture = map.picture(width: 860)
    // A tall county still fits on a page.
    guard picture.height > 900 else { return picture }
    return map.picture(width: max(420, (860 * 900 / picture.height).rounded(.down)))
  }

  /// What a dot on the map tells; drawn in this order, so that what is open lies on top.
  enum Standing: CaseIterable {
    case settled, closed, inReview, open

    init(_ stage: Stage) {
      switch stage {
      case .pending, .inReview, .sentBack: self = .inReview
      case .noViolation, .outside, .withdrawn: self = .settled
      case .unlawful(let progress), .handedOver(let progress): self = progress == .closed ? .closed : .open
      }
    }

    var color: Color {
      switch self {
      case .settled: .gray
      case .closed: .green
      case .inReview: .blue
      case .open: .vermilion
      }
    }

    var mark: Mark {
      switch self {
      case .settled: .circle
      case .closed: .square
      case .inReview: .diamond
      case .open: .triangle
      }
    }

    var radius: Double { self == .settled ? 3 : 4.2 }
  }
}
