import CGDAL

/// Collects what GDAL says while it works, in its own words; GDAL keeps error handlers a thread.
final class GDALMessages {
  private var words: [String] = []
  /// Beginnings and parts of words that add nothing to what our own look at the file's bytes has found: the record
  /// concerned carries a remark, or its shape is not believed.
  private var expected: [String] = []

  /// What GDAL will say of a file of this kind in which the preflight found what it did.
  func expect(_ preflight: Preflight, of kind: FileKind) {
    if kind.hasRawText || kind == .geoJSON { expected.append("Non closed ring detected") }
    if kind.hasRawText { expected.append("parsed incompletely to") }
    if kind == .geoJSON, !preflight.damagedShapes.isEmpty {
      expected += ["coordinate. Type is not double or integer", "object. Missing 'coordinates' member"]
    }
  }

  /// Runs `body` and throws what `trouble` makes of GDAL's words if it said anything at all.
  func strictly<Result>(
    _ trouble: (String) -> SpatialError, _ body: () throws -> Result
  ) throws -> Result {
    words.removeAll()
    let result = collecting { Swift.Result { try body() } }
    // A complaint of the library says more than what followed from it, except where we named the cause ourselves.
    if case .failure(let error) = result, error is SpatialError { throw error }
    if !words.isEmpty { throw trouble(words.prefix(5).joined(separator: "; ")) }
    return try result.get()
  }

  /// Runs `body`, and unsays what GDAL said meanwhile where `isExpected` finds its result to be the cause.
  func forgiving<Result>(_ isExpected: (Result) -> Bool, _ body: () -> Result) -> Result {
    let said = words.count
    let result = body()
    if isExpected(result) { words.removeLast(words.count - said) }
    return result
  }

  /// Met with good files:
  /// - GeoPackage 1.4, which newer programs write, differs from 1.3 in nothing that reading depends on.
  /// - Sorting the rings of a polygon that has more than a hundred of them takes long; it is done all the same.
  private static func isHarmless(_ words: String) -> Bool {
    words.hasPrefix("This version of GeoPackage") && words.contains("(10400, v1.4.0)")
      || words.hasPrefix("organizePolygons() received a polygon with more than 100 parts")
  }

  /// What was said during the last `strictly`.
  var summary: String { words.prefix(5).joined(separator: "; ") }

  private func collecting<Result>(_ body: () -> Result) -> Result {
    CPLPushErrorHandlerEx(
      { severity, _, text in
        guard severity.rawValue >= CE_Warning.rawValue, let collector = CPLGetErrorHandlerUserData() else { return }
        let messages = Unmanaged<GDALMessages>.fromOpaque(collector).takeUnretainedValue()
        let said = text.map { String(cString: $0) } ?? "error without words"
        if GDALMessages.isHarmless(said) || messages.expected.contains(where: said.contains) { return }
        messages.words.append(said)
      }, Unmanaged.passUnretained(self).toOpaque())
    defer { CPLPopErrorHandler() }
    return body()
  }
}
