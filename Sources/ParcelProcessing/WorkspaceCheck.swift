import Foundation
package import Geodata
package import ParcelLedger
import ParcelModel
package import ParcelWorkspace

/// `parcels check`: the ledger against itself, and the delivered files against the ledger.
package struct WorkspaceCheck: Sendable {
  private let workspace: Workspace
  private let ledger: Ledger

  package init(workspace: Workspace, ledger: Ledger) { (self.workspace, self.ledger) = (workspace, ledger) }

  /// - Parameter readsFiles: whether delivered files are hashed again, not only looked for.
  package func run(readsFiles: Bool) throws -> LedgerCheck {
    var check = try ledger.check()
    let kept = (try? FileManager.default.contentsOfDirectory(atPath: workspace.deliveries.path)) ?? []
    for delivery in check.deliveries {
      let name = kept.first { $0.hasPrefix(delivery.sha256) }
      let isSound =
        try name.map { name in
          guard readsFiles else { return true }
          return try DeliveryFile(at: workspace.deliveries.appending(path: name).path, isKept: true).sha256
            == delivery.sha256
        } ?? false
      if !isSound {
        check.problems.append(LedgerProblem(.delivery, at: "deliveries/\(name ?? delivery.sha256) (\(delivery.name))"))
      }
    }
    check.problems += try layerProblems()
    return check
  }

  /// Layers that the chain says were measured against must be there, whole.
  private func layerProblems() throws -> [LedgerProblem] {
    try ledger.read { try $0.configurations(.layer) }.compactMap { configuration in
      let description = try JSONDecoder().decode(LayerDescription.self, from: Data(configuration.text.utf8))
      let file = workspace.layers.appending(path: description.fileName)
      if (try? LayerSource(contentsOf: file))?.description.content == description.content { return nil }
      // It may stay in its own file.
      if let link = try? LinkedLayer(contentsOf: workspace.layers.appending(path: description.linkName)) {
        return (try? LinkedLayer.check([link])) != nil ? nil : LedgerProblem(.layer, at: link.files[0].path)
      }
      return LedgerProblem(.layer, at: "layers/\(description.fileName)")
    }
  }
}

extension LedgerCheck {
  package func json(_ language: Language) -> JSON {
    [
      "schema": "parcels.check/1", "ok": .bool(problems.isEmpty), "events": JSON(events),
      "firstBadSeq": firstBad.map { JSON($0.seq) } ?? .null, "firstBadCounty": JSON(firstBad?.county),
      "problems": .array(
        problems.map {
          [
            "code": .string($0.code.rawValue), "what": .string($0.what.text(language)), "where": .string($0.location),
            "severity": "error", "remedy": .string($0.remedy.text(language)),
          ]
        }),
      "ledgerHead": head.json,
    ]
  }
}
