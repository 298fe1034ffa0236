package import Geodata
import ParcelModel

extension LedgerHead {
  /// `ledgerHead` of every result.
  package var json: JSON {
    [
      "position": JSON(position), "hash": .string(hash),
      "counties": .array(
        counties.map { ["county": .string($0.county.digits), "seq": JSON($0.seq), "hash": .string($0.hash)] }),
    ]
  }
}
