package import Geodata

/// What can go wrong with a file or a geometry; nothing here is ever logged and passed over.
package enum SpatialError: Error, Hashable, Sendable {
  /// A name that GDAL would take for something other than a plain file (`/vsi…`, `scheme://`, `DRIVER:`).
  case pathRefused(String)
  case fileMissing(String)
  /// The extension is none that the purpose allows, or the content is another format's.
  case unknownKind(String, purpose: ReadJob.Purpose, resembles: ForeignKind? = nil)
  case zip(String, ZipFault)
  case shapefile(String, ShapefileFault)
  case geoJSON(String, GeoJSONFault)
  case geoPackage(String, GeoPackageFault)
  case geodatabase(String, GeodatabaseFault)
  /// A zip with nothing in it that the purpose allows, or a file without layers; `names` are what a zip holds instead.
  case nothingInside(String, purpose: ReadJob.Purpose = .delivery, names: [String] = [])
  case severalDataSets(String, names: [String])
  case severalLayers(String, names: [String])
  case layerMissing(String, layer: String, names: [String])
  case tooLarge(String, megabytes: Int)
  case tooManyCells(String, limit: Int64)
  /// GDAL complained; `words` are its own.
  case refusedByLibrary(String, words: String)
  /// Bytes that are no text in `encoding`; `record` is nothing for a header.
  case undecodable(String, record: Int?, field: String, encoding: String)
  case unknownEncoding(String)
  /// A CSV cell whose quotation mark is not closed, or stands in its middle.
  case unclosedQuote(String, line: Int)
  /// The file states another number of records than were read.
  case recordsDisagree(String, stated: Int, read: Int)
  /// The child that read the file ended without its trailer.
  case readerDied(String, ending: ReaderEnding)
  /// The child's stream is not what this version expects.
  case streamBroken(String, StreamFault)
  /// What the child had to say of the file.
  case reported(ReaderReport)
  case unwritableText(String, field: String, text: String, encoding: String)
  case notWritten(String, words: String)
  case notTransformed(from: CoordinateReference, to: CoordinateReference, words: String)
  case geometryFailed(operation: String, words: String)
}

/// How a child process ended.
package enum ReaderEnding: Hashable, Sendable {
  case notStarted(Int32)
  case exited(Int32)
  case signal(Int32)
  /// It said nothing for so long that it was killed.
  case silent(seconds: Int)
  /// It used up its time on a processor.
  case outOfTime(seconds: Int)
}

/// Why a stream of frames cannot be believed.
package enum StreamFault: Hashable, Sendable {
  /// It ends within or between frames, before its trailer.
  case cut
  case version(Int)
  /// Bytes that do not follow the format.
  case malformed
  case count(stated: Int, read: Int)
}

/// An error as it travels from the child: everything that a person is told, in both languages.
package struct ReaderReport: Hashable, Sendable {
  package var code: String
  package var message: Message
  package var remedy: Message
  package var outcome: Outcome
}

extension SpatialError: ExplainedError {
  package var code: String {
    switch self {
    case .pathRefused: "path-refused"
    case .fileMissing: "file-missing"
    case .unknownKind: "unknown-kind"
    case .zip(_, let fault): fault.code
    case .shapefile(_, let fault): fault.code
    case .geoJSON(_, let fault): fault.code
    case .geoPackage(_, let fault): fault.code
    case .geodatabase(_, let fault): fault.code
    case .nothingInside: "nothing-inside"
    case .severalDataSets: "several-data-sets"
    case .severalLayers: "several-layers"
    case .layerMissing: "layer-missing"
    case .tooLarge: "too-large"
    case .tooManyCells: "too-many-cells"
    case .refusedByLibrary: "refused-by-library"
    case .unclosedQuote: "unclosed-quote"
    case .undecodable: "undecodable-text"
    case .unknownEncoding: "unknown-encoding"
    case .recordsDisagree: "records-disagree"
    case .readerDied: "reader-died"
    case .streamBroken: "stream-broken"
    case .reported(let report): report.code
    case .unwritableText: "unwritable-text"
    case .notWritten: "not-written"
    case .notTransformed: "not-transformed"
    case .geometryFailed: "geometry-failed"
    }
  }

  package var message: Message { explanation.message }
  package var remedy: Message { explanation.remedy }

  package var outcome: Outcome {
    switch self {
    case .pathRefused, .unknownEncoding: .usage
    case .fileMissing, .unknownKind, .zip, .shapefile, .geoJSON, .geoPackage, .geodatabase,
      .nothingInside, .severalDataSets, .severalLayers, .layerMissing, .tooLarge, .tooManyCells, .refusedByLibrary,
      .undecodable,
      .unclosedQuote, .recordsDisagree,
      .readerDied, .streamBroken:
      .nothingTaken
    case .reported(let report): report.outcome
    case .unwritableText, .notWritten: .incomplete
    case .notTransformed, .geometryFailed: .internalError
    }
  }
}
