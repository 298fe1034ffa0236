import Drawing
import Geodata

/// The register (台账) of the hundred-day drive as a clerk keeps it: one wide row a parcel.
struct Register {
  let histories: [History]

  var workbook: Workbook { Workbook(sheets: [Workbook.Sheet(name: "整改台账", table: table)]) }

  private var table: Table {
    let columns: [Table.Column] = [
      .init("监测编号"), .init("专项"), .init("乡镇"), .init("村"), .init("责任单位"), .init("责任人"), .init("整改方式"),
      .init("开始整改日期", .day), .init("恢复面积（亩）", .number), .init("恢复耕地（亩）", .number), .init("整改到位日期", .day),
      .init("验收日期", .day), .init("销号日期", .day), .init("备注"),
    ]
    var table = Table(caption: "湘潭县“百日攻坚”行动图斑整改台账", columns: columns)
    var area = Mu.zero
    var farmland = Mu.zero
    for history in histories.sorted(by: { ($0.parcel.township, $0.parcel.code) < ($1.parcel.township, $1.parcel.code) })
    {
      func row(_ event: WorkflowRow.Event) -> WorkflowRow? { history.rows.first { $0.event == event } }
      func day(_ event: WorkflowRow.Event) -> Cell { row(event).map { .day($0.day) } ?? .empty }
      let restored = row(.progress)?.details
      area += restored?.area ?? .zero
      farmland += restored?.farmland ?? .zero
      let township = Township.all[history.parcel.township].name
      table.add([
        .text(history.parcel.code), .text(history.parcel.campaign), .text(township), .text(history.parcel.village.name),
        .text(township + "人民政府"), .text("乡镇分管负责人"), .text(row(.close)?.details.kind ?? ""), day(.start),
        restored?.area.map { .area($0) } ?? .empty, restored?.farmland.map { .area($0) } ?? .empty, day(.complete),
        day(.accept), day(.close), .empty,
      ])
    }
    let blank = [Cell](repeating: .empty, count: 4)
    table.close(
      total: [.text("合计"), .text("\(histories.count)宗")] + blank + [.empty, .empty, .area(area), .area(farmland)]
        + blank)
    return table
  }
}
