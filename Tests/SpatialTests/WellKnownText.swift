import Geodata

/// Reads `POLYGON ((x y, …), …)` and `MULTIPOLYGON (((…)), …)`; nothing else, and stops at what it does not know.
func polygons(wkt: String) -> Polygons {
  var polygons = Polygons()
  let isMultiple = wkt.hasPrefix("MULTI")
  let ringDepth = isMultiple ? 3 : 2
  var depth = 0
  var ring = ""
  for character in wkt {
    switch character {
    case "(":
      depth += 1
      ring = ""
    case ")":
      if depth == ringDepth {
        polygons.add(
          ring: ring.split(separator: ",").map { pair in
            let numbers = pair.split(separator: " ").map { Double($0)! }
            return Point(x: numbers[0], y: numbers[1])
          })
      }
      depth -= 1
      if depth == ringDepth - 2 { polygons.endPolygon() }
    default:
      if depth == ringDepth { ring.append(character) }
    }
  }
  return polygons
}

/// A closed square.
func square(_ x: Double, _ y: Double, side: Double) -> Polygons {
  Polygons(rings: [
    [
      [Point(x: x, y: y), Point(x: x + side, y: y), Point(x: x + side, y: y + side), Point(x: x, y: y + side)]
    ]
  ])
}
