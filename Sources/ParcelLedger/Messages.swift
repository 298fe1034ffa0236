import Geodata
import ParcelModel

/// Every text of the ledger, in both languages.
enum Messages {
  static func error(_ error: LedgerError) -> Message {
    switch error {
    case .notALedger(let path): Message(zh: "\(path) 不是账本", en: "\(path) is not a ledger")
    case .cannotOpen(let path, let reason):
      Message(zh: "无法打开账本 \(path)：\(reason)", en: "cannot open the ledger \(path): \(reason)")
    case .newerProgram(let path):
      Message(zh: "账本 \(path) 由更新版本的程序写成", en: "the ledger \(path) was written by a newer program")
    case .locked(let path): Message(zh: "账本 \(path) 正被占用", en: "the ledger \(path) is in use")
    case .unreadableEvent(let position):
      Message(zh: "账本第 \(position) 号事件无法读取", en: "event \(position) of the ledger cannot be read")
    case .historyBroken(let parcel, let refusal):
      Message(
        zh: "图斑 \(parcel.code)（\(parcel.campaign)）的历史不成立：\(refusal.message.zh)",
        en: "the history of \(parcel.code) (\(parcel.campaign)) does not hold: \(refusal.message.en)")
    case .unknownCampaign(let id): Message(zh: "账本中没有专项 \(id)", en: "the ledger knows no campaign \(id)")
    case .rulesContradictHistory(let campaign, let code, let refusal):
      Message(
        zh: "专项 \(campaign) 的新规则与图斑 \(code) 的历史矛盾：\(refusal.message.zh)",
        en: "the changed rules of \(campaign) contradict the history of \(code): \(refusal.message.en)")
    case .correctionContradictsHistory(let campaign, let code, let refusal):
      Message(
        zh: "专项 \(campaign) 的图斑 \(code) 更正后与已登记的事项矛盾：\(refusal.message.zh)",
        en: "the correction of \(code) in \(campaign) contradicts what was recorded: \(refusal.message.en)")
    case .database(let reason): Message(zh: "账本读写出错：\(reason)", en: "reading or writing the ledger failed: \(reason)")
    }
  }

  static func remedy(_ error: LedgerError) -> Message {
    switch error {
    case .notALedger, .unreadableEvent, .historyBroken, .database:
      Message(zh: "运行 parcels check；从最近一次备份恢复", en: "run parcels check; restore the latest backup")
    case .cannotOpen:
      Message(zh: "用 -C 指明工作区，或用 parcels init 新建", en: "name the workspace with -C, or make one with parcels init")
    case .newerProgram: Message(zh: "升级本程序", en: "use the newer program")
    case .locked: Message(zh: "等另一个命令结束后重试", en: "try again when the other command has ended")
    case .unknownCampaign(let id):
      Message(
        zh: "先运行 parcels campaign add \(id) --template …", en: "run parcels campaign add \(id) --template … first")
    case .rulesContradictHistory:
      Message(zh: "恢复专项文件，或先更正该图斑的事件", en: "put the campaign file back, or correct the events of the parcel first")
    case .correctionContradictsHistory(_, let code, _):
      Message(
        zh: "用 parcels show \(code) 查看经过，先登记更正事项，再重新导入",
        en: "look at parcels show \(code), correct the event, then ingest the delivery again")
    }
  }

  static func problem(_ code: LedgerProblem.Code) -> Message {
    switch code {
    case .integrity: Message(zh: "数据库文件损坏", en: "the database file is damaged")
    case .position: Message(zh: "事件位置不连续", en: "event positions are not consecutive")
    case .sequence: Message(zh: "链内序号不连续", en: "the chain's numbers are not consecutive")
    case .link: Message(zh: "与前一事件的衔接断开", en: "the event does not follow from the one before it")
    case .hash: Message(zh: "事件内容与其校验值不符", en: "the event's bytes do not match its hash")
    case .payload: Message(zh: "事件内容无法读取", en: "the event cannot be read")
    case .history: Message(zh: "图斑历史不成立", en: "a parcel's history does not hold")
    case .projection: Message(zh: "投影表与事件不符", en: "a projection does not follow from the events")
    case .tally: Message(zh: "汇总与图斑不符", en: "a tally does not add up to its parcels")
    case .delivery: Message(zh: "下发文件缺失或被改动", en: "a delivered file is missing or changed")
    }
  }

  static func problemRemedy(_ code: LedgerProblem.Code) -> Message {
    switch code {
    case .integrity, .position, .sequence, .link, .hash, .payload, .history:
      Message(zh: "停止写入，从最近一次核对过的备份恢复", en: "stop writing; restore the last backup that was checked")
    case .projection, .tally:
      Message(zh: "事件本身完好；请保留账本并报告此问题", en: "the events themselves are sound; keep the ledger and report this")
    case .delivery:
      Message(zh: "把原文件放回 deliveries 文件夹", en: "put the original file back into the folder deliveries")
    }
  }
}
