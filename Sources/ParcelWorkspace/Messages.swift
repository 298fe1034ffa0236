import Geodata

/// Every text of the workspace, in both languages.
enum Messages {
  static func configuration(_ error: ConfigurationError) -> Message {
    let place = error.line.map { "\(error.file):\($0)" } ?? error.file
    switch error.reason {
    case .notYAML(let reason):
      return Message(zh: "\(place)：不是有效的 YAML：\(reason)", en: "\(place): not valid YAML: \(reason)")
    case .notAMapping: return Message(zh: "\(place)：应为“键: 值”的形式", en: "\(place): a mapping of keys to values is wanted")
    case .missingKey(let key): return Message(zh: "\(place)：缺少 \(key)", en: "\(place): \(key) is missing")
    case .unknownKey(let key, _): return Message(zh: "\(place)：不认识的键 \(key)", en: "\(place): unknown key \(key)")
    case .wrongValue(let key, let value):
      return Message(zh: "\(place)：\(key) 的值“\(value)”无效", en: "\(place): \"\(value)\" is no value for \(key)")
    }
  }

  static func remedy(_ error: ConfigurationError) -> Message {
    switch error.reason {
    case .unknownKey(_, let known):
      Message(zh: "可用的键：\(known.joined(separator: "、"))", en: "known keys: \(known.joined(separator: ", "))")
    case .notYAML, .notAMapping, .missingKey, .wrongValue:
      Message(zh: "改正 \(error.file) 后重试", en: "mend \(error.file) and try again")
    }
  }

  static func workspace(_ error: WorkspaceError) -> Message {
    switch error {
    case .noWorkspace(let path):
      Message(zh: "\(path) 不是工作区（没有 parcels.yaml）", en: "\(path) is no workspace (no parcels.yaml)")
    case .noLedger(let path): Message(zh: "账本 \(path) 不见了", en: "the ledger \(path) is missing")
    case .alreadyThere(let path): Message(zh: "\(path) 已是工作区", en: "\(path) is a workspace already")
    case .locked(let path): Message(zh: "工作区 \(path) 正被另一个命令占用", en: "another command is writing in \(path)")
    case .unknownCampaign(let id, _): Message(zh: "没有专项 \(id)", en: "there is no campaign \(id)")
    case .campaignExists(let id): Message(zh: "专项 \(id) 已存在", en: "the campaign \(id) is there already")
    case .badCampaignName(let id):
      Message(zh: "专项代号“\(id)”只能含字母、数字、- 和 _", en: "a campaign id has letters, digits, - and _ only: \"\(id)\"")
    case .unknownTemplate(let name): Message(zh: "没有模板 \(name)", en: "there is no template \(name)")
    case .unknownProfile(let name, _): Message(zh: "没有字段映射 \(name)", en: "there is no profile \(name)")
    case .badCounty(let text):
      Message(zh: "“\(text)”不是六位行政区划代码", en: "\"\(text)\" is no division code of six digits")
    case .noWorkingZone(let county):
      Message(zh: "不知道 \(county) 所在的 3 度带", en: "the working zone of \(county) is not known")
    case .cannotWrite(let path, let reason):
      Message(zh: "无法写入 \(path)：\(reason)", en: "cannot write \(path): \(reason)")
    case .cannotRead(let path, let reason): Message(zh: "无法读取 \(path)：\(reason)", en: "cannot read \(path): \(reason)")
    }
  }

  static func remedy(_ error: WorkspaceError) -> Message {
    switch error {
    case .noWorkspace:
      Message(
        zh: "用 -C 指明工作区，或运行 parcels init 目录 --county 代码", en: "name it with -C, or run parcels init DIR --county CODE")
    case .noLedger: Message(zh: "从最近一次备份恢复", en: "restore the latest backup")
    case .alreadyThere: Message(zh: "换一个目录", en: "choose another folder")
    case .locked: Message(zh: "等它结束后重试", en: "try again when it has ended")
    case .unknownCampaign(let id, let known):
      Message(
        zh: "现有专项：\(known.joined(separator: "、"))；新增：parcels campaign add \(id) --template 模板",
        en: "known: \(known.joined(separator: ", ")); add it: parcels campaign add \(id) --template NAME")
    case .campaignExists(let id): Message(zh: "直接编辑 campaigns/\(id).yaml", en: "edit campaigns/\(id).yaml")
    case .badCampaignName: Message(zh: "例如 provincial-2024", en: "for example provincial-2024")
    case .unknownTemplate: Message(zh: "运行 parcels campaign templates", en: "run parcels campaign templates")
    case .unknownProfile(_, let known):
      Message(
        zh: "内置：\(known.joined(separator: "、"))；或新建 profiles/名称.yaml",
        en: "built in: \(known.joined(separator: ", ")); or write profiles/NAME.yaml")
    case .badCounty: Message(zh: "例如 430321", en: "for example 430321")
    case .noWorkingZone:
      Message(
        zh: "先运行 parcels layer add townships 文件，或在 parcels.yaml 写明 zone（25–45）",
        en: "run parcels layer add townships FILE first, or write zone (25 to 45) in parcels.yaml")
    case .cannotWrite, .cannotRead: Message(zh: "检查磁盘与权限", en: "check the disk and permissions")
    }
  }

  static func template(_ template: CampaignTemplate) -> Message {
    switch template {
    case .ministrySatellite: Message(zh: "年度部卫片", en: "ministry satellite campaign of a year")
    case .provincialSatellite: Message(zh: "省卫片", en: "provincial satellite campaign")
    case .backlog: Message(zh: "存量部卫片", en: "ministry backlog of earlier years")
    case .specialDrive: Message(zh: "百日攻坚等专项行动（交办整改）", en: "special drive, handed over for rectification")
    case .dynamicMonitoring: Message(zh: "动态监测", en: "dynamic monitoring")
    case .mineralSatellite: Message(zh: "矿产卫片", en: "mineral satellite campaign")
    case .forestInspection: Message(zh: "森林督查", en: "forest inspection")
    case .transitionPeriod: Message(zh: "耕地“过渡期”图斑", en: "farmland parcels of the transition period")
    case .inspectionFindings: Message(zh: "自然资源督察发现问题", en: "findings of the natural-resources inspectorate")
    case .ruralHousing: Message(zh: "农村乱占耕地建房", en: "rural housing on farmland")
    case .lead: Message(zh: "问题线索", en: "leads")
    }
  }

  static func unit(_ unit: AreaUnit) -> Message {
    switch unit {
    case .squareMeters: Message(zh: "平方米", en: "m²")
    case .mu: Message(zh: "亩", en: "mu")
    case .hectares: Message(zh: "公顷", en: "ha")
    }
  }
}
