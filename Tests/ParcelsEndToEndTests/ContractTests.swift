import Foundation
import ParcelTesting
import Testing

/// The JSON of INTERFACE, over one small delivery of the sample.
@Suite struct ContractTests {
  private struct Stand {
    let folder: TemporaryFolder
    let program: Program
    let receipt: [String: Any]
  }

  private func stand() throws -> Stand {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    try program.run("init", ".", "--county", "430321")
    try program.run("campaign", "add", "provincial-2024", "--template", "provincial-satellite", "--year", "2024")
    try program.run("layer", "add", "townships", sampleData.appendingPathComponent("layers/XZQ-2023.gpkg").path)
    func ingest(_ name: String, _ batch: String, _ issued: String, _ more: [String] = []) throws -> [String: Any] {
      let path = sampleData.appendingPathComponent("deliveries/\(name)").path
      let result = try program.run(
        ["ingest", path, "--campaign", "provincial-2024", "--batch", batch, "--issued", issued, "--json"] + more)
      try #require(result.status == 0, "\(result.trouble)")
      return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }
    let receipt = try ingest("省卫片2024-第6批-20240708-亩.zip", "6", "2024-07-08", ["--profile", "standard-mu"])
    _ = try ingest("省卫片2024-第1批-20240205.zip", "1", "2024-02-05")
    // Rows of other batches are refused.
    for name in ["01-省卫片交办填报.csv", "02-省卫片审核判定.csv", "03-省卫片整改查处.csv"] {
      let result = try program.run("record", sampleData.appendingPathComponent("workflow/\(name)").path, "--json")
      #expect([0, 3, 4].contains(result.status))
    }
    return Stand(folder: folder, program: program, receipt: receipt)
  }

  /// As printed, in whole hundredths.
  private func hundredths(_ value: Any?) throws -> Int {
    Int((try #require(value as? NSNumber).doubleValue * 100).rounded())
  }

  private func number(_ json: [String: Any], _ key: String) throws -> Int { try #require(json[key] as? Int, "\(key)") }

  @Test func receipt() throws {
    let receipt = try stand().receipt
    #expect(receipt["schema"] as? String == "parcels.receipt/1")
    for key in ["delivery", "campaign", "batch", "verdict", "decisions", "findings", "totals", "ledgerHead", "seconds"]
    {
      #expect(receipt[key] != nil, "\(key)")
    }
    let delivery = try #require(receipt["delivery"] as? [String: Any])
    #expect(delivery["name"] as? String == "省卫片2024-第6批-20240708-亩.zip")
    #expect((delivery["sha256"] as? String)?.count == 64 && delivery["bytes"] is Int)
    // Batch 6 holds one record twice.
    #expect(try number(receipt, "duplicate") == 1)
    #expect(
      try number(receipt, "delivered")
        == number(receipt, "accepted") + number(receipt, "rejected") + number(receipt, "duplicate"))
    #expect(try number(receipt, "corrected") == 0)
    let decisions = try #require(receipt["decisions"] as? [String: String])
    #expect(decisions["unit"] == "mu" && decisions["profile"] == "standard-mu")
    #expect(decisions["crs"]?.hasPrefix("EPSG:") == true && decisions["encoding"]?.isEmpty == false)
    let totals = try #require(receipt["totals"] as? [String: Any])
    for key in ["declaredMu", "measuredMu", "farmlandMu"] { #expect(try hundredths(totals[key]) > 0, "\(key)") }
    let head = try #require(receipt["ledgerHead"] as? [String: Any])
    #expect(head["position"] is Int && (head["hash"] as? String)?.count == 64)
    let counties = try #require(head["counties"] as? [[String: Any]])
    #expect(counties.map { $0["county"] as? String } == ["430321"])
    for finding in try #require(receipt["findings"] as? [[String: Any]]) {
      for key in ["code", "severity", "message", "remedy"] { #expect(finding[key] is String, "\(key)") }
      #expect(finding["count"] is Int && finding["records"] is [Any])
    }
  }

  /// The partition adds up to what was issued, rectification to what must be rectified, and the groups to the total:
  /// in every unit, as printed, however the parcels are grouped.
  @Test func statusAddsUp() throws {
    let stand = try stand()
    for dimension in ["campaign", "township", "batch", "month", "ground", "county"] {
      for area in ["declared", "measured", "determined"] {
        let status = try stand.program.json("status", "--json", "--by", dimension, "--area", area)
        #expect(status["schema"] as? String == "parcels.status/1" && status["area"] as? String == area)
        for key in ["county", "asOf", "knownAt", "ledgerHead"] { #expect(status[key] != nil, "\(key)") }
        let groups = try #require(status["groups"] as? [[String: Any]])
        let total = try #require(status["total"] as? [String: Any])
        #expect(!groups.isEmpty)
        for group in groups + [total] {
          try expectSum(of: group["partition"], parts: 8, is: group["issued"])
          try expectSum(of: group["rectification"], parts: 5, is: group["mustRectify"])
          let restored = try #require(group["restored"] as? [String: Any])
          for unit in ["areaMu", "farmlandMu"] {
            let kinds = try #require(restored["byKind"] as? [String: [String: Any]])
            #expect(try kinds.values.map { try hundredths($0[unit]) }.reduce(0, +) == hundredths(restored[unit]))
          }
          for (name, rate) in try #require(group["rates"] as? [String: [String: Any]]) {
            for part in ["count", "area", "farmland"] {
              guard let quotient = rate[part] as? [String: Any] else { continue }
              let (above, below) = (try hundredths(quotient["numerator"]), try hundredths(quotient["denominator"]))
              if quotient["percent"] is NSNull {
                #expect(below == 0, "\(name)")
              } else {
                let percent = Double(try hundredths(quotient["percent"])) / 100
                #expect(abs(percent - 100 * Double(above) / Double(below)) <= 0.005 + 1e-9, "\(name) \(part)")
              }
            }
          }
        }
        for member in ["issued", "mustRectify"] {
          try expectSum(of: groups.map { $0[member] }, is: total[member])
        }
        for member in ["partition", "rectification", "flags"] {
          for key in try #require(total[member] as? [String: Any]).keys {
            try expectSum(
              of: groups.map { ($0[member] as? [String: Any])?[key] }, is: (total[member] as? [String: Any])?[key])
          }
        }
      }
    }
    // Not an empty sum.
    let status = try stand.program.json("status", "--json")
    let total = try #require(status["total"] as? [String: Any])
    let partition = try #require(total["partition"] as? [String: [String: Any]])
    #expect(partition.values.count { ($0["count"] as? Int ?? 0) > 0 } >= 2)
  }

  private func expectSum(of parts: Any?, parts count: Int, is total: Any?) throws {
    let parts = try #require(parts as? [String: Any])
    #expect(parts.count == count)
    try expectSum(of: Array(parts.values), is: total)
  }

  private func expectSum(of parts: [Any?], is total: Any?) throws {
    let total = try #require(total as? [String: Any])
    for unit in ["count", "areaMu", "farmlandMu", "basicFarmlandMu", "areaM2", "fallbacks"] {
      let sum = try parts.map { try hundredths(#require($0 as? [String: Any])[unit]) }.reduce(0, +)
      #expect(try sum == hundredths(total[unit]), "\(unit)")
    }
  }

  @Test func errorsAreJSONToo() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    for (arguments, status, code) in [
      (["status", "--json"], 10, "no-workspace"), (["init", "x", "--county", "12", "--json"], 64, "bad-county"),
    ] as [([String], Int32, String)] {
      let result = try program.run(arguments)
      #expect(result.status == status && result.output.isEmpty)
      let json = try #require(JSONSerialization.jsonObject(with: Data(result.trouble.utf8)) as? [String: Any])
      #expect(json["schema"] as? String == "parcels.error/1" && json["code"] as? String == code)
      #expect((json["message"] as? String)?.isEmpty == false && (json["remedy"] as? String)?.isEmpty == false)
    }
  }
}
