import Geodata

/// Everything this program says, in both languages.
enum Messages {
  static func totalsMissed(_ campaign: String, _ group: String, wanted: String, found: String) -> Message {
    Message(
      zh: "专项“\(campaign)”分组“\(group)”未能凑足公布数：应为 \(wanted)，实为 \(found)。",
      en: "Campaign \(campaign), group \(group): the published totals were not met: \(wanted) wanted, \(found) found.")
  }

  static func tooManyInaccurate(_ campaign: String, accurate: Int, of count: Int) -> Message {
    Message(
      zh: "专项“\(campaign)”仅 \(accurate)/\(count) 宗图斑的申报面积与量算面积相符，低于 97%。",
      en: "Campaign \(campaign): only \(accurate) of \(count) parcels declare what they measure, less than 97 %.")
  }

  static func invalidLayer(_ layer: String, _ polygon: Int?, reason: String) -> Message {
    Message(
      zh: "图层 \(layer)\(polygon.map { " 第 \($0 + 1) 个图斑" } ?? "")不合格：\(reason)",
      en: "Layer \(layer)\(polygon.map { ", polygon \($0 + 1)" } ?? "") is not sound: \(reason)")
  }

  static func notWritten(_ path: String, reason: String) -> Message {
    Message(zh: "无法写入 \(path)：\(reason)", en: "\(path) could not be written: \(reason)")
  }

  static let anotherSeed = Message(zh: "请换用其他 --seed 重试。", en: "Try another --seed.")
  static let writableFolder = Message(zh: "请指定可写的输出目录。", en: "Name a folder that can be written.")

  static func made(_ path: String, parcels: Int, polygons: Int) -> Message {
    Message(
      zh: "已生成示例数据：\(parcels) 宗疑似图斑、\(polygons) 个地类图斑，见 \(path)",
      en: "Sample made: \(parcels) suspect parcels, \(polygons) land-use polygons, in \(path)")
  }
}
