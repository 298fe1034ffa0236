import Geodata

/// The content of one polygon's record: type, box, number of parts, number of points, where each part begins, points;
/// then, by kind, the range and the values of Z and of M.
struct PolygonRecord {
  enum Judged {
    /// With the number of rings whose last point does not repeat the first.
    case whole(unclosed: Int)
    case damaged(String)
  }

  private let content: UnsafeRawBufferPointer
  private let kind: ShapeKind
  private static let fixedLength = 44
  /// How far a point may lie outside the stated box, as a share of the box's largest coordinate: a centimetre for
  /// degrees, four for an easting with its zone. No file met so far needs any of it.
  private static let tolerance = 1e-9

  init(_ content: UnsafeRawBufferPointer, _ kind: ShapeKind) { (self.content, self.kind) = (content, kind) }

  var judged: Judged {
    guard let parts = content.littleEndian(at: 36), let points = content.littleEndian(at: 40) else {
      return .damaged("the record is too short for a polygon")
    }
    guard fits(parts: parts, points: points) else {
      return .damaged("\(content.count) bytes do not hold \(parts) rings of \(points) points")
    }
    guard partsAscend(parts, points: points) else { return .damaged("its rings do not divide its points") }
    if points == 0 { return .whole(unclosed: 0) }
    let firstPoint = Self.fixedLength + 4 * parts
    if let reason = placeTrouble(content.part(firstPoint..<(firstPoint + 16 * points))) { return .damaged(reason) }
    return .whole(unclosed: unclosedRings(parts, points: points, from: firstPoint))
  }

  /// The length equation; M may be missing from the Z and M kinds. The numbers have 32 bits: nothing overflows.
  private func fits(parts: Int, points: Int) -> Bool {
    let plane = Self.fixedLength + 4 * parts + 16 * points
    let measures = 16 + 8 * points
    return switch kind {
    case .polygonZ: content.count == plane + measures || content.count == plane + 2 * measures
    case .polygonM: content.count == plane || content.count == plane + measures
    default: content.count == plane
    }
  }

  /// Whether the first part begins at point 0 and each has a point at least.
  private func partsAscend(_ parts: Int, points: Int) -> Bool {
    if parts == 0 { return points == 0 }
    var last = -1
    for part in 0..<parts {
      guard let start = content.littleEndian(at: Self.fixedLength + 4 * part), start > last, start < points,
        part > 0 || start == 0
      else { return false }
      last = start
    }
    return true
  }

  /// What is wrong with the box or with where the points lie. A comparison with NaN is false, so that only numbers
  /// within a finite box pass.
  private func placeTrouble(_ points: UnsafeRawBufferPointer) -> String? {
    guard let box = envelope else { return "its stated box is none" }
    for offset in stride(from: 0, to: points.count, by: 16) {
      let (x, y) = (points.double(at: offset), points.double(at: offset + 8))
      guard x >= box.minX, x <= box.maxX, y >= box.minY, y <= box.maxY else {
        return "point \(offset / 16 + 1) lies outside the shape's own box"
      }
    }
    return nil
  }

  /// The stated box, widened by the tolerance; nothing where it is none.
  var envelope: Envelope? {
    guard content.count >= Self.fixedLength else { return nil }
    let (left, bottom, right, top) = (
      content.double(at: 4), content.double(at: 12), content.double(at: 20), content.double(at: 28)
    )
    guard left.isFinite, bottom.isFinite, right.isFinite, top.isFinite, left <= right, bottom <= top else {
      return nil
    }
    let slack = Self.tolerance * max(abs(left), abs(bottom), abs(right), abs(top))
    return Envelope(minX: left, minY: bottom, maxX: right, maxY: top).widened(by: slack)
  }

  private func unclosedRings(_ parts: Int, points: Int, from firstPoint: Int) -> Int {
    var unclosed = 0
    for part in 0..<parts {
      let start = content.littleEndian(at: Self.fixedLength + 4 * part) ?? 0
      let end = part + 1 < parts ? content.littleEndian(at: Self.fixedLength + 4 * (part + 1)) ?? points : points
      let (first, last) = (firstPoint + 16 * start, firstPoint + 16 * (end - 1))
      if content.double(at: first) != content.double(at: last)
        || content.double(at: first + 8) != content.double(at: last + 8)
      {
        unclosed += 1
      }
    }
    return unclosed
  }
}

extension UnsafeRawBufferPointer {
  /// 64 bits in little-endian order, which the caller knows to lie within.
  fileprivate func double(at offset: Int) -> Double {
    Double(bitPattern: UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
  }
}
