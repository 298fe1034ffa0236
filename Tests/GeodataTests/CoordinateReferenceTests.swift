import Geodata
import Testing

@Suite struct CoordinateReferenceTests {
  typealias Kind = CoordinateReference.Kind

  @Test(arguments: [
    (Int32(4490), Kind?.some(.geographic)), (4326, .geographic),
    (4491, .gaussKruger(width: 6, centralMeridian: 75, prefixed: true)),
    (4501, .gaussKruger(width: 6, centralMeridian: 135, prefixed: true)),
    (4502, .gaussKruger(width: 6, centralMeridian: 75, prefixed: false)),
    (4512, .gaussKruger(width: 6, centralMeridian: 135, prefixed: false)),
    (4513, .gaussKruger(width: 3, centralMeridian: 75, prefixed: true)),
    (4526, .gaussKruger(width: 3, centralMeridian: 114, prefixed: true)),
    (4533, .gaussKruger(width: 3, centralMeridian: 135, prefixed: true)),
    (4534, .gaussKruger(width: 3, centralMeridian: 75, prefixed: false)),
    (4547, .gaussKruger(width: 3, centralMeridian: 114, prefixed: false)),
    (4554, .gaussKruger(width: 3, centralMeridian: 135, prefixed: false)), (4555, nil), (4489, nil), (2263, nil),
    (4610, nil), (4214, nil), (3857, nil),
  ])
  func kinds(epsg: Int32, kind: Kind?) { #expect(CoordinateReference(epsg: epsg).kind == kind) }

  @Test(arguments: [
    ("EPSG:4490", Int32?(4490)), ("epsg:4526", 4526), ("4547", 4547), ("", nil), ("EPSG:", nil),
    ("EPSG:-1", nil), ("0", nil), ("ESRI:4490", nil), ("EPSG:4490 ", nil), ("99999999999", nil),
  ])
  func texts(text: String, epsg: Int32?) { #expect(CoordinateReference(text)?.epsg == epsg) }

  @Test func descriptionsComeBack() {
    #expect(CoordinateReference(CoordinateReference.cgcs2000.description) == .cgcs2000)
  }

  @Test(arguments: [
    (106.5, Int?(36)), (106.49, 35), (108, 36), (109.49, 36), (114, 38), (112.9, 38), (75, 25), (135, 45), (73.4, nil),
    (136.6, nil), (-114, nil), (.nan, nil), (.infinity, nil),
  ])
  func zones(longitude: Double, number: Int?) { #expect(WorkingZone(longitude: longitude)?.number == number) }

  @Test(arguments: 25...45) func referencesOfZones(number: Int) throws {
    let zone = try #require(WorkingZone(number))
    #expect(zone.centralMeridian == 3 * number)
    #expect(
      zone.prefixedReference.kind == .gaussKruger(width: 3, centralMeridian: 3 * number, prefixed: true))
    #expect(
      zone.unprefixedReference.kind == .gaussKruger(width: 3, centralMeridian: 3 * number, prefixed: false))
  }

  @Test(arguments: [24, 46, 0, -1, 138]) func numbersOfNoZone(number: Int) { #expect(WorkingZone(number) == nil) }
}
