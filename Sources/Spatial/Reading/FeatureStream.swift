import Geodata
import Glibc

/// The parent's end of the stream: believes nothing until the trailer has confirmed the number of records.
struct FeatureStream {
  let schema: FeatureSchema
  private let descriptor: Int32
  private let name: String
  private let silence: Int
  private var read: Int64 = 0
  private var ended = false
  /// How many records the child left out for where they lie; 0 before the trailer.
  private(set) var skipped = 0

  /// Waits for the header; `name` is the file's name for messages, `silence` the seconds to wait for a next byte.
  init(_ descriptor: Int32, name: String, silence: Int) throws(SpatialError) {
    (self.descriptor, self.name, self.silence) = (descriptor, name, silence)
    let frame = try Self.frame(descriptor, name, silence)
    schema = try Self.content(of: frame, .header, name) { (reader) throws(StreamFault.Thrown) in
      try reader.schema()
    }
  }

  mutating func next() throws(SpatialError) -> [Feature]? {
    guard !ended else { return nil }
    let frame = try Self.frame(descriptor, name, silence)
    if frame.kind == .batch {
      let fields = schema.fields.count
      let features = try Self.content(of: frame, .batch, name) { (reader) throws(StreamFault.Thrown) in
        try reader.features(fieldCount: fields)
      }
      read += Int64(features.count)
      // Few bytes can hold very many empty cells.
      guard read * Int64(max(fields, 1)) <= Self.mostCells else { throw .tooManyCells(name, limit: Self.mostCells) }
      return features
    }
    let (stated, left) = try Self.content(of: frame, .trailer, name) { (reader) throws(StreamFault.Thrown) in
      (try reader.take(Int64.self), Int(try reader.take(Int64.self)))
    }
    guard stated == read else {
      throw .streamBroken(name, .count(stated: Int(stated), read: Int(read)))
    }
    (skipped, ended) = (left, true)
    return nil
  }

  /// Records times fields: what a county's survey with a hundred fields has, and twice that.
  private static let mostCells: Int64 = 50_000_000

  private static func frame(
    _ descriptor: Int32, _ name: String, _ silence: Int
  ) throws(SpatialError) -> Frame {
    let head = try bytes(descriptor, 5, name, silence)
    let length = head[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard let kind = Frame.Kind(rawValue: head[4]), length <= Frame.longest else {
      throw .streamBroken(name, .malformed)
    }
    let payload = try bytes(descriptor, length, name, silence)
    guard kind != .error else {
      throw .reported(
        try content(of: Frame(kind: kind, payload: payload), .error, name) { (reader) throws(StreamFault.Thrown) in
          try reader.report()
        })
    }
    return Frame(kind: kind, payload: payload)
  }

  /// So many, never fewer.
  private static func bytes(
    _ descriptor: Int32, _ count: Int, _ name: String, _ silence: Int
  ) throws(SpatialError) -> [UInt8] {
    guard let bytes = Descriptor.read(descriptor, count: count, silence: silence) else {
      throw .readerDied(name, ending: .silent(seconds: silence))
    }
    guard bytes.count == count else { throw .streamBroken(name, .cut) }
    return bytes
  }

  private static func content<Content>(
    of frame: Frame, _ kind: Frame.Kind, _ name: String,
    _ body: (inout ByteReader) throws(StreamFault.Thrown) -> Content
  ) throws(SpatialError) -> Content {
    guard frame.kind == kind else { throw .streamBroken(name, .malformed) }
    var reader = ByteReader(frame.payload)
    do throws(StreamFault.Thrown) {
      let content = try body(&reader)
      guard reader.isAtEnd else { throw StreamFault.Thrown(.malformed) }
      return content
    } catch {
      throw .streamBroken(name, error.fault)
    }
  }
}
