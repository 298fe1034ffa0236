package import Geodata

/// A page that needs nothing but itself: no script, no address outside it, one style sheet for screen and A4 paper.
package struct HTMLDocument: Hashable, Sendable {
  package var title: String
  package var language: Language
  package var body: [HTML]

  package init(title: String, language: Language, body: [HTML] = []) {
    (self.title, self.language, self.body) = (title, language, body)
  }

  /// The page for blocks that other media print too, under its title.
  package init(title: String, language: Language, blocks: [Block]) {
    self.init(title: title, language: language, body: [.heading(1, title)] + blocks.map(\.html))
  }

  package func render() -> String {
    let tag =
      switch language {
      case .chinese: "zh-CN"
      case .english: "en"
      }
    let head: [Markup] = [
      .empty("meta", [("charset", "utf-8")]),
      .empty(
        "meta",
        [
          ("http-equiv", "Content-Security-Policy"),
          ("content", "default-src 'none'; style-src 'unsafe-inline'"),
        ]),
      .empty("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
      .element("title", [], [.text(title)]),
      .element("style", [], [.literal(styleSheet)]),
    ]
    let page = Markup.element(
      "html", [("lang", tag)],
      [.element("head", [], head), .element("body", [], [.element("main", [], body.map(\.markup))])])
    return "<!DOCTYPE html>\n" + page.source + "\n"
  }
}

private let styleSheet: StaticString = """

  :root { color-scheme: light; --ink: #22292f; --pale: #5d6a73; --line: #cfd6da; --wash: #f1f4f5; --mark: #0072b2; }
  * { box-sizing: border-box; }
  body { margin: 0; color: var(--ink); background: #fff; font: 16px/1.65 \
  "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
  main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
  h1, h2, h3, h4 { line-height: 1.3; font-weight: 700; break-after: avoid; }
  h1 { margin: 0 0 1.5rem; font-size: 1.75rem; padding-bottom: .6rem; border-bottom: 2px solid var(--ink); }
  h2 { margin: 2.4rem 0 .8rem; font-size: 1.3rem; }
  h3 { margin: 1.8rem 0 .6rem; font-size: 1.08rem; }
  h4 { margin: 1.4rem 0 .5rem; font-size: 1rem; }
  p { margin: .6rem 0; white-space: pre-line; max-width: 48rem; }
  ul { margin: .6rem 0; padding-left: 1.4rem; }
  small, .source { color: var(--pale); font-size: .84rem; }
  .source { margin: .35rem 0 0; }
  .note { padding: .6rem .9rem; background: var(--wash); border-left: 3px solid var(--mark); }
  a { color: var(--mark); }
  dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.4rem; margin: .8rem 0; }
  dt { color: var(--pale); max-width: 16rem; }
  dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
  .table { margin: 1.2rem 0 1.6rem; overflow-x: auto; }
  table { border-collapse: collapse; min-width: 60%; font-size: .92rem; line-height: 1.45; }
  caption { text-align: left; font-weight: 700; padding: 0 0 .5rem; }
  th, td { padding: .4rem .75rem; vertical-align: top; text-align: left; white-space: pre-line; }
  th { border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink); vertical-align: bottom; }
  th { word-break: keep-all; }
  td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
  td.text { min-width: 6em; }
  td.text:first-child { min-width: 7em; }
  tbody tr:last-child td { border-bottom: 1px solid var(--ink); }
  tbody tr:nth-child(even) td { background: #fafbfb; }
  tfoot td { font-weight: 700; background: var(--wash); border-bottom: 1.5px solid var(--ink); }
  .number { text-align: right; font-variant-numeric: tabular-nums; }
  td.number, td.day { white-space: nowrap; }
  .day { text-align: center; font-variant-numeric: tabular-nums; }
  figure { margin: 1.4rem 0 1.8rem; break-inside: avoid; }
  figure svg { display: block; max-width: 100%; height: auto; }
  figcaption { margin-top: .5rem; color: var(--pale); font-size: .88rem; }
  @page { size: A4; margin: 18mm 16mm 18mm; }
  @media print {
    html { font-size: 10.5pt; }
    body { font-size: 1rem; line-height: 1.5; }
    main { max-width: none; padding: 0; }
    a { color: inherit; text-decoration: none; }
    .table { overflow: visible; }
    .table:not(:has(tbody tr:nth-child(25))) { break-inside: avoid; }
    table { font-size: 9pt; width: 100%; }
    th, td { padding: 1.2mm 1.6mm; }
    td.text { min-width: 5em; }
    thead { display: table-header-group; }
    tfoot { display: table-row-group; }
    tr { break-inside: avoid; }
    * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  }

  """
