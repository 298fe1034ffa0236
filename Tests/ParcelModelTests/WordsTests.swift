import Geodata
import ParcelModel
import Testing

/// Full-width forms, as Chinese input methods type them.
private func fullWidth(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar.value {
        case 0x20: "\u{3000}"
        case 0x21...0x7E: Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
        default: scalar
        }
      }))
}

/// A word as people type it: as it is, full width, in capitals, with spaces around and within.
private func spellings(_ word: String) -> [String] {
  [word, fullWidth(word), word.uppercased(), " \u{3000}\(word)\u{00A0} ", word.map(String.init).joined(separator: " ")]
}

@Suite("Words that files use")
struct WordsTests {
  @Test("Every event is read in both languages, in every width", arguments: WorkflowKind.allCases)
  func workflowKinds(kind: WorkflowKind) {
    for word in [kind.rawValue, kind.title.zh, kind.title.en] {
      for spelling in spellings(word) { #expect(WorkflowKind(word: spelling) == kind, "\(spelling)") }
    }
  }

  @Test(
    "The events of the interface carry the bureau's own words",
    arguments: [
      ("交办", WorkflowKind.assign), ("核查", .verify), ("填报", .file), ("上报", .submit), ("审核通过", .approve),
      ("退回", .sendBack), ("审核不通过", .reject), ("抽查", .spotCheck), ("判定非违法", .determineNoViolation),
      ("判定违法", .determineUnlawful), ("判定不纳入", .determineOutside), ("改判", .redetermine), ("交办整改", .handOver),
      ("开始整改", .startRectification), ("整改进展", .progress), ("整改到位", .completeRectification), ("验收", .accept),
      ("销号", .close), ("核减", .withdraw), ("备注", .note), ("更正", .correct), ("立案", .openCase), ("处罚决定", .penalty),
    ])
  func interfaceWords(word: String, kind: WorkflowKind) {
    #expect(WorkflowKind(word: word) == kind)
  }

  @Test("Other words are no event", arguments: ["", "判定", "销", "close the case", "核 减 了"])
  func noKinds(word: String) {
    #expect(WorkflowKind(word: word) == nil)
  }

  @Test("Every workflow column is read under all its heads", arguments: WorkflowField.allCases)
  func workflowFields(field: WorkflowField) {
    for head in field.titles + [field.rawValue] {
      for spelling in spellings(head) { #expect(WorkflowField(head: spelling) == field, "\(spelling)") }
    }
  }

  @Test(
    "The heads of the interface",
    arguments: [
      ("code", WorkflowField.code), ("监测编号", .code), ("图斑编号", .code), ("campaign", .campaign), ("专项", .campaign),
      ("event", .event), ("事项", .event), ("date", .date), ("日期", .date), ("actor", .actor), ("经办人", .actor),
      ("document", .document), ("文号", .document), ("ground", .ground), ("认定依据", .ground), ("level", .level),
      ("审核层级", .level), ("kind", .kind), ("方式", .kind), ("areaMu", .areaMu), ("面积（亩）", .areaMu),
      ("面积(亩)", .areaMu), ("farmlandMu", .farmlandMu), ("耕地面积（亩）", .farmlandMu), ("reason", .reason),
      ("原因", .reason), ("evidence", .evidence), ("举证材料", .evidence), ("case", .caseNumber), ("案号", .caseNumber),
      ("amount", .amount), ("金额（元）", .amount), ("quantity", .quantity), ("数量", .quantity), ("unit", .unit),
      ("单位", .unit), ("corrects", .corrects), ("更正序号", .corrects), ("note", .note), ("备注", .note),
    ])
  func interfaceHeads(head: String, field: WorkflowField) {
    #expect(WorkflowField(head: head) == field)
  }

  @Test("No head means two columns of a workflow row")
  func workflowHeadsAreDistinct() {
    var owners: [String: WorkflowField] = [:]
    for field in WorkflowField.allCases {
      for head in Set((field.titles + [field.rawValue]).map { $0.folded() }) {
        #expect(owners.updateValue(field, forKey: head) == nil, "\(head)")
      }
    }
  }

  @Test("Every register column is read under its heads", arguments: RegisterColumn.allCases)
  func registerColumns(column: RegisterColumn) {
    for head in [column.rawValue, column.title.zh, column.title.en] {
      for spelling in spellings(head) { #expect(RegisterColumn(head: spelling) == column, "\(spelling)") }
    }
  }

  @Test(
    "Heads that bureaus use beside them",
    arguments: [
      ("图斑编号", RegisterColumn.code), ("属地", .township), ("村名", .village), ("方式", .measure),
      ("恢复耕地面积（亩）", .restoredFarmland), ("整改完成日期", .completed), ("下发面积(亩)", .declaredArea),
    ])
  func registerHeads(head: String, column: RegisterColumn) {
    #expect(RegisterColumn(head: head) == column)
  }

  @Test("No register head means two columns")
  func registerHeadsAreDistinct() {
    var owners: [String: RegisterColumn] = [:]
    for column in RegisterColumn.allCases {
      for head in Set([column.rawValue, column.title.zh, column.title.en].map { $0.folded() }) {
        #expect(owners.updateValue(column, forKey: head) == nil, "\(head)")
      }
    }
  }

  @Test("What is delivered or follows from events is not edited in the register")
  func editableColumns() {
    #expect(
      RegisterColumn.allCases.filter { !$0.isEditable } == [
        .code, .campaign, .batch, .issued, .declaredArea, .declaredFarmland, .measuredArea, .stage,
      ])
  }

  @Test("Every verdict is read in both languages", arguments: Verdict.allCases)
  func verdicts(verdict: Verdict) {
    for word in [verdict.rawValue, verdict.title.zh, verdict.title.en] {
      for spelling in spellings(word) { #expect(Verdict(word: spelling) == verdict, "\(spelling)") }
    }
  }

  @Test("Other words are no verdict", arguments: ["", "合法", "pending", "违"])
  func noVerdicts(word: String) {
    #expect(Verdict(word: word) == nil)
  }

  @Test("A register's mark is found in its title")
  func registerMark() {
    let mark = RegisterMark(position: 4711, hash: "0123456789abcdef")
    #expect(mark.text == "[parcels:4711:01234567]")
    #expect(RegisterMark(in: "湘潭县违法图斑台账（截至 2025-01-01） \(mark.text) 备注") == mark)
    for text in ["", "台账", "[parcels:", "[parcels:]", "[parcels:x:01]", "[parcels:1:2:3]", "[parcels:4711:0123"] {
      #expect(RegisterMark(in: text) == nil, "\(text)")
    }
  }

  @Test("Grounds are found under their code and names")
  func grounds() {
    let campaign = Campaign(
      id: "c", name: "c", template: "",
      grounds: [
        .init(code: "approved", names: ["合法审批", "合法"], verdict: .noViolation),
        .init(code: "facility", names: ["设施农用地（备案）"], verdict: .outside),
      ])
    for word in ["approved", "APPROVED", "合法", " 合 法 ", "ａｐｐｒｏｖｅｄ"] {
      #expect(campaign.ground(word)?.code == "approved")
    }
    #expect(campaign.ground("设施农用地(备案)")?.code == "facility")
    #expect(campaign.ground("违法") == nil)
  }

  @Test(
    "Codes are kept in half width and without space around them",
    arguments: [
      ("ＪＣ－００１", "JC-001"), (" A1\u{3000}", "A1"), ("\u{FEFF}A1\u{00A0}", "A1"), ("A 1", "A 1"), ("㎡", "m2"),
    ])
  func codes(typed: String, kept: String) {
    #expect(typed.normalizedCode() == kept)
  }
}
