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

  /// What was said during the last `strictly`.
  var summary: String { words.prefix(5).joined(separator: "; ") }

  private func collecting<Result>(_ body: () -> Result) -> Result {
    CPLPushErrorHandlerEx(
      { severity, _, text in
        guard severity.rawValue >= CE_Warning.rawValue, let collector = CPLGetErrorHandlerUserData() else { return }
        let messages = Unmanaged<GDALMessages>.fromOpaque(collector).takeUnretainedValue()
        messages.words.append(text.map { String(cString: $0) } ?? "error without words")
      }, Unmanaged.passUnretained(self).toOpaque())
    defer { CPLPopErrorHandler() }
    return body()
  }
}
