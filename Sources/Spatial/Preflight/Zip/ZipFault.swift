/// Why a zip is not unpacked. Entries are named as in `ZipEntry.path`, made printable where they cannot be shown.
package enum ZipFault: Error, Hashable, Sendable {
  /// It does not end in a directory that can be read in full.
  case damaged
  /// The disk did not give its bytes; `words` are the system's.
  case notRead(words: String)
  /// One volume of an archive in several files.
  case severalVolumes
  case tooMany(entries: Int, limit: Int)
  /// The directory itself, in bytes.
  case directoryTooLarge(bytes: Int, limit: Int)
  /// Unpacked it would be larger than the limit, in bytes.
  case tooLarge(bytes: Int, limit: Int)
  /// It would unpack to so many times its own size that it was made to fill the disk; sizes in bytes.
  case bomb(unpacked: Int, packed: Int)
  case encrypted(entry: String)
  /// A way of compressing other than stored (0) and deflate (8); numbers of APPNOTE.TXT 4.4.5.
  case method(entry: String, number: Int)
  case badName(entry: String, NameFault)
  /// Two entries that would be one file, on a disk that ignores case too, or a file in whose place a folder is needed.
  case nameClash(String, String)
  /// A symbolic link, a device or another thing that is no ordinary file.
  case notRegular(entry: String)
  /// An archive within the archive.
  case nested(entry: String)
  /// Bytes that belong to two entries, or to an entry and the directory.
  case overlapping(entry: String)
  /// The directory and the entry's own header say different things.
  case disagrees(entry: String)
  /// The unpacked bytes do not have the stated size or checksum.
  case contentDiffers(entry: String)
  /// An entry that is wanted in memory, and is larger than `limit` bytes.
  case entryTooLarge(entry: String, limit: Int)

  /// What is wrong with a name.
  package enum NameFault: Hashable, Sendable {
    /// Neither UTF-8 nor GB18030.
    case undecodable
    /// Characters that no one sees.
    case control
    /// From the root of a disk: `/a`, `C:\a`.
    case absolute
    /// With `.`, `..` or nothing between two separators.
    case notPlain
    /// A part of more than 255 bytes.
    case tooLong
    /// Below more than eight folders.
    case tooDeep
  }

  var code: String {
    switch self {
    case .damaged: "zip-damaged"
    case .notRead: "zip-not-read"
    case .severalVolumes: "zip-volumes"
    case .tooMany, .directoryTooLarge: "zip-too-many"
    case .tooLarge: "zip-too-large"
    case .bomb: "zip-bomb"
    case .encrypted: "zip-encrypted"
    case .method: "zip-method"
    case .badName: "zip-bad-name"
    case .nameClash: "zip-duplicate-name"
    case .notRegular: "zip-link"
    case .nested: "zip-nested"
    case .overlapping: "zip-overlap"
    case .disagrees: "zip-disagrees"
    case .contentDiffers: "zip-content-differs"
    case .entryTooLarge: "zip-entry-too-large"
    }
  }
}
