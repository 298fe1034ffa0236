import Foundation
package import Geodata
import ParcelLedger
package import ParcelModel
package import ParcelWorkspace
import Spatial

/// The prepared layers of a workspace.
package struct LayerShelf: Sendable {
  private let workspace: Workspace

  package init(_ workspace: Workspace) { self.workspace = workspace }

  /// Every version of every layer, by kind, the newest last.
  package func descriptions() throws -> [LayerDescription] {
    let kept = try keptLayers()
    let linked = try files(".link").map { try LinkedLayer(contentsOf: $0).description }
    return (kept + linked.filter { link in !kept.contains { $0.reference == link.reference } })
      .sorted { ($0.layer, $0.added, $0.content) < ($1.layer, $1.added, $1.content) }
  }

  private func keptLayers() throws -> [LayerDescription] {
    try files(".layer").map { try LayerSource.description(of: $0) }
  }

  private func files(_ suffix: String) -> [URL] {
    ((try? FileManager.default.contentsOfDirectory(atPath: workspace.layers.path)) ?? [])
      .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.map { workspace.layers.appending(path: $0) }
  }

  /// The layers that a batch of a campaign is measured against. The base survey is the one that the campaign was first
  /// measured against, else the version that its file names, else the newest; all others are the newest.
  func layers(for campaign: Campaign, in ledger: Ledger, county: DivisionCode) throws -> SurveyLayers {
    let pinned = try pinnedSurvey(of: campaign, in: ledger, county: county)
    return try layers { surveys in
      if let pinned { return try named(pinned.reference, surveys.last { $0.content == pinned.content }) }
      guard let version = campaign.baseSurvey else { return surveys.last }
      return try named(version, surveys.last { $0.version == version })
    }
  }

  /// The layers that a campaign's parcels are measured against again: the newest. A base survey that the campaign's file
  /// names counts instead where it is not the one that is pinned: then the file was changed for that.
  func presentLayers(for campaign: Campaign, in ledger: Ledger, county: DivisionCode) throws -> SurveyLayers {
    let pinned = try pinnedSurvey(of: campaign, in: ledger, county: county)
    return try layers { surveys in
      guard let version = campaign.baseSurvey else { return surveys.last }
      let stated = try named(version, surveys.last { $0.version == version })
      return stated.content == pinned?.content ? surveys.last : stated
    }
  }

  private func pinnedSurvey(
    of campaign: Campaign, in ledger: Ledger, county: DivisionCode
  ) throws -> LayerDescription? {
    let pinned = try ledger.read { snapshot in
      try snapshot.configuration(.layer, "\(campaign.id)/\(LayerKind.landUse.rawValue)", in: county, known: nil)
    }
    return try pinned.map { try JSONDecoder().decode(LayerDescription.self, from: Data($0.text.utf8)) }
  }

  private func named(_ name: String, _ survey: LayerDescription?) throws -> LayerDescription {
    guard let survey else { throw ProcessingError.badLayer(path: workspace.layers.path, reason: name) }
    return survey
  }

  /// The newest of each kind, but of the base surveys the one that is chosen.
  private func layers(
    choosing survey: (_ surveys: [LayerDescription]) throws -> LayerDescription?
  ) throws -> SurveyLayers {
    let all = try descriptions()
    var layers = SurveyLayers()
    for kind in Set(all.map(\.kind)).sorted(by: { $0.rawValue < $1.rawValue }) {
      let versions = all.filter { $0.kind == kind }
      guard let description = try kind == .landUse ? survey(versions) : versions.last else { continue }
      if FileManager.default.fileExists(atPath: workspace.layers.appending(path: description.fileName).path) {
        layers.add(try open(description))
      } else {
        layers.linked.append(try LinkedLayer(contentsOf: workspace.layers.appending(path: description.linkName)))
      }
    }
    return layers
  }

  /// The newest township layer's names by code.
  package func townshipNames() throws -> [DivisionCode: String] {
    guard let layer = try newest(.townships) else { return [:] }
    return layer.namesByCode
  }

  /// Township borders for maps, longitude first.
  package func townshipBorders() throws -> [(code: DivisionCode, name: String, borders: Polygons)] {
    guard let layer = try newest(.townships) else { return [] }
    let plane = try EqualAreaPlane(zone: try workspace.zone())
    return (0..<layer.placed.count).compactMap { area in
      guard let code = DivisionCode(layer.codes[area]) else { return nil }
      return (code, layer.names[area], plane.unplace(layer.placed.polygons(area)))
    }
  }

  /// Of those that are kept: nothing where the layer stays in its files.
  func newest(_ kind: LayerKind) throws -> PreparedLayer? {
    try keptLayers().filter { $0.kind == kind }
      .max { ($0.added, $0.content) < ($1.added, $1.content) }.map(open)
  }

  // MARK: Preparing

  /// The layer mapped into memory, prepared anew where there is no such file, or a damaged one, or one made by other rules.
  private func open(_ description: LayerDescription) throws -> PreparedLayer {
    let kept = workspace.layers.appending(path: description.fileName)
    let sum = try LayerSource.sum(of: kept)
    let prepared = workspace.preparedLayers.appending(path: description.preparedName)
    do {
      return try PreparedLayer(mapping: prepared, source: sum)
    } catch {
      // Whatever the fault, the source is at hand.
      let source = try LayerSource(contentsOf: kept)
      guard let zone = WorkingZone(source.description.zone) else {
        throw ProcessingError.badLayer(path: kept.path, reason: "zone \(source.description.zone)")
      }
      let plane = try EqualAreaPlane(zone: zone)
      let layer = PreparedLayer(
        source.description, source.attributes, placed: try source.polygons.map(plane.place))
      return prepare(layer, source: sum)
    }
  }

  /// Writes what is used of a layer, and maps it. Where it cannot be written the layer is used from memory: figures do not
  /// depend on it, and somebody who may only read may still ask.
  func prepare(_ layer: PreparedLayer, source: [UInt8]) -> PreparedLayer {
    let prepared = workspace.preparedLayers.appending(path: layer.description.preparedName)
    try? FileManager.default.createDirectory(at: workspace.preparedLayers, withIntermediateDirectories: true)
    guard (try? layer.write(to: prepared, source: source)) != nil else { return layer }
    return (try? PreparedLayer(mapping: prepared, source: source)) ?? layer
  }
}
