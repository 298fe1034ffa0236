/// A coordinate reference system by its EPSG number; only those that deliveries may come in have a `Kind`.
package struct CoordinateReference: Hashable, Sendable {
  package let epsg: Int32

  package init(epsg: Int32) { self.epsg = epsg }

  /// CGCS2000 longitude and latitude, in which geometry is kept. Coordinates here are always longitude first.
  package static let cgcs2000 = CoordinateReference(epsg: 4490)
  /// WGS 84 longitude and latitude.
  package static let wgs84 = CoordinateReference(epsg: 4326)

  package enum Kind: Hashable, Sendable {
    case geographic
    /// Gauss–Krüger in degrees of zone width; eastings carry the zone number in front where `prefixed`.
    case gaussKruger(width: Int, centralMeridian: Int, prefixed: Bool)
  }

  /// What an accepted system is; nothing where deliveries in it are refused. Source: EPSG registry, 4490–4554.
  package var kind: Kind? {
    switch epsg {
    case 4490, 4326: .geographic
    case 4491...4501: .gaussKruger(width: 6, centralMeridian: 75 + 6 * Int(epsg - 4491), prefixed: true)
    case 4502...4512: .gaussKruger(width: 6, centralMeridian: 75 + 6 * Int(epsg - 4502), prefixed: false)
    case 4513...4533: .gaussKruger(width: 3, centralMeridian: 75 + 3 * Int(epsg - 4513), prefixed: true)
    case 4534...4554: .gaussKruger(width: 3, centralMeridian: 75 + 3 * Int(epsg - 4534), prefixed: false)
    default: nil
    }
  }

  /// Xian 1980 and Beijing 1954, the new one too, as degrees or in zones of either width: official datums until 2018,
  /// up to a hundred metres off CGCS2000. Source: EPSG registry.
  package var isOldDatum: Bool {
    switch epsg {
    case 4610, 2327...2390: true
    case 4214, 2401...2442, 21413...21423, 21453...21463, 21473...21483: true
    case 4555, 4568...4589, 4652...4656, 4766...4800, 4812, 4822: true
    default: false
    }
  }

  /// The system of a zone's eastings, by the number in front of them: 13 to 23 are zones of six degrees, 25 to 45 of
  /// three.
  package init?(zonePrefix: Int) {
    switch zonePrefix {
    case 13...23: self.init(epsg: Int32(4491 + zonePrefix - 13))
    case 25...45: self.init(epsg: Int32(4513 + zonePrefix - 25))
    default: return nil
    }
  }

  /// The number in front of eastings, where there is one.
  package var zonePrefix: Int? {
    switch epsg {
    case 4491...4501: Int(epsg) - 4491 + 13
    case 4513...4533: Int(epsg) - 4513 + 25
    default: nil
    }
  }

  /// Reads `EPSG:4490`, `epsg:4490` or `4490`.
  package init?(_ text: String) {
    let digits = text.lowercased().hasPrefix("epsg:") ? text.dropFirst(5) : Substring(text)
    guard let number = Int32(digits), number > 0 else { return nil }
    self.init(epsg: number)
  }
}

extension CoordinateReference: CustomStringConvertible {
  package var description: String { "EPSG:\(epsg)" }
}

/// The 3° Gauss–Krüger zone in which a county works; its plane says where edges are straight.
package struct WorkingZone: Hashable, Sendable {
  /// 25 (75° E) to 45 (135° E).
  package let number: Int

  package init?(_ number: Int) {
    guard (25...45).contains(number) else { return nil }
    self.number = number
  }

  /// The zone whose central meridian is nearest to `longitude` in degrees.
  package init?(longitude: Double) {
    guard longitude.isFinite, (0...180).contains(longitude) else { return nil }
    self.init(Int((longitude / 3).rounded()))
  }

  /// Degrees east.
  package var centralMeridian: Int { number * 3 }
  /// EPSG 4513–4533: eastings with the zone number in front.
  package var prefixedReference: CoordinateReference { CoordinateReference(epsg: Int32(4513 + number - 25)) }
  /// EPSG 4534–4554.
  package var unprefixedReference: CoordinateReference { CoordinateReference(epsg: Int32(4534 + number - 25)) }
}
