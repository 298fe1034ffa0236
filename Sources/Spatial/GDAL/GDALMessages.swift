import CGDAL

/// Collects what GDAL says while it works, in its own words; GDAL keeps error handlers a thread.
final class GDALMessages {
  private var words: [String] = []

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

  /// Met with good files:
  /// - GeoPackage 1.4, which newer programs write, differs from 1.3 in nothing that reading depends on.
  private static func isHarmless(_ words: String) -> Bool {
    words.hasPrefix("This version of GeoPackage") && words.contains("(10400, v1.4.0)")
  }

  /// What was said during the last `strictly`.
  var summary: String { words.prefix(5).joined(separator: "; ") }

  private func collecting<Result>(_ body: () -> Result) -> Result {
    CPLPushErrorHandlerEx(
      { severity, _, text in
        guard severity.rawValue >= CE_Warning.rawValue, let collector = CPLGetErrorHandlerUserData() else { return }
        let messages = Unmanaged<GDALMessages>.fromOpaque(collector).takeUnretainedValue()
        let said = text.map { String(cString: $0) } ?? "error without words"
        if !GDALMessages.isHarmless(said) { messages.words.append(said) }
      }, Unmanaged.passUnretained(self).toOpaque())
    defer { CPLPopErrorHandler() }
    return body()
  }
}
