import Foundation
import Geodata

/// The form of a parcel around the origin, of area 1.
struct Outline {
  enum Form { case blob, rectangle, angle, courtyard, pair }

  private let shape: Polygons

  init(_ form: Form, _ random: inout SeededGenerator) {
    let polygons: [[[Point]]]
    switch form {
    case .blob: polygons = [[blob(&random)]]
    case .rectangle: polygons = [[rectangle(&random)]]
    case .angle: polygons = [[angle(&random)]]
    case .courtyard:
      let outer = random.chance(0.5) ? rectangle(&random) : blob(&random)
      let share = random.uniform(0.3...0.45)
      polygons = [[outer, outer.reversed().map { Point(x: $0.x * share, y: $0.y * share) }]]
    case .pair:
      let (first, second) = (blob(&random), rectangle(&random))
      let reach = (first + second).reduce(0) { max($0, hypot($1.x, $1.y)) }
      let size = random.uniform(0.4...0.8)
      polygons = [[first], [second.map { Point(x: $0.x * size + reach * 2, y: $0.y * size) }]]
    }
    let turn = random.uniform(0...(2 * .pi))
    let turned = Polygons(rings: polygons).map {
      Point(x: $0.x * cos(turn) - $0.y * sin(turn), y: $0.x * sin(turn) + $0.y * cos(turn))
    }
    let scale = 1 / turned.planarArea.squareRoot()
    let middle = turned.envelope.center
    shape = turned.map { Point(x: ($0.x - middle.x) * scale, y: ($0.y - middle.y) * scale) }
  }

  /// `area` in m² of the plane; vertices to the millimetre.
  func placed(at middle: Point, area: Double) -> Polygons {
    let scale = area.squareRoot()
    return shape.map { Point(x: middle.x + $0.x * scale, y: middle.y + $0.y * scale).toTheMillimetre }
  }
}

extension Polygons {
  /// Outer rings less holes in the units of the plane, squared. For drawing only: declared areas are geodesic.
  var planarArea: Double {
    guard let origin = points.first else { return 0 }
    var sum = 0.0
    for polygon in 0..<polygonCount {
      for (rank, ring) in rings(ofPolygon: polygon).enumerated() {
        let range = points(ofRing: ring)
        let doubled = zip(points[range], points[range].dropFirst()).reduce(0.0) {
          $0 + ($1.0.x - origin.x) * ($1.1.y - origin.y) - ($1.1.x - origin.x) * ($1.0.y - origin.y)
        }
        sum += (rank == 0 ? 1 : -1) * abs(doubled) / 2
      }
    }
    return sum
  }
}

/// 5 to 25 vertices, each seen from the middle.
private func blob(_ random: inout SeededGenerator) -> [Point] {
  let count = random.integer(5...25)
  let length = random.uniform(1...2.2).squareRoot()
  let phase = random.unit()
  return (0..<count).map { step in
    let angle = 2 * Double.pi * (Double(step) + random.uniform(-0.3...0.3)) / Double(count)
    let radius = 1 + 0.22 * sin(2 * angle + 2 * .pi * phase) + random.uniform(-0.13...0.13)
    return Point(x: radius * cos(angle) * length, y: radius * sin(angle) / length)
  }
}

private func rectangle(_ random: inout SeededGenerator) -> [Point] {
  let length = random.uniform(1...2.5).squareRoot()
  let (x, y) = (length, 1 / length)
  return [Point(x: -x, y: -y), Point(x: x, y: -y), Point(x: x, y: y), Point(x: -x, y: y)]
}

private func angle(_ random: inout SeededGenerator) -> [Point] {
  let (a, b) = (random.uniform(0.3...0.6), random.uniform(0.3...0.6))
  return [
    Point(x: -1, y: -1), Point(x: 1, y: -1), Point(x: 1, y: -1 + 2 * a), Point(x: -1 + 2 * b, y: -1 + 2 * a),
    Point(x: -1 + 2 * b, y: 1), Point(x: -1, y: 1),
  ]
}
