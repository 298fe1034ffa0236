/// How much a zip may hold before it is refused.
package struct ZipLimits: Hashable, Sendable {
  package var entries = 10_000
  /// The directory's own size in bytes: it is read into memory.
  package var directory = 16 << 20
  /// All entries unpacked, in bytes.
  package var unpacked = 4 << 30
  /// The unpacked size in bytes up to which the ratio does not matter: small texts shrink a lot.
  package var unpackedWithoutQuestion = 64 << 20
  /// How many times its own size a larger zip may unpack to. A measured bomb makes 300 MB of 306 kB; tables of
  /// shapefiles, which are mostly spaces, come to 55.
  package var ratio = 200

  package init() {}
}
