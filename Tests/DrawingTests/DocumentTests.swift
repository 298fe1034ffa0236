import Foundation
import Geodata
import Testing

@testable import Drawing

struct DocumentTests {
  private func blocks(_ text: String) -> [Block] {
    let table = Table(
      caption: text, columns: [.init(text), .init("面积", .number)], rows: [[.text(text), .number(-1.5, decimals: 2)]],
      total: [.text(text), .number(-1.5, decimals: 2)], notes: [text])
    let chart = BarChart(title: text, series: [.init(text, color: .blue)], bars: [.init(text, [3])])
    return [
      .heading(level: 2, text), .paragraph(text), .note(text), .list([text]), .definitions([.init(text, text)]),
      .table(table), .figure(chart.picture(width: 400), caption: text),
    ]
  }

  @Test(arguments: hostileTexts)
  func `Hostile text in a page is text and nothing else`(text: String) throws {
    let page = HTMLDocument(title: text, language: .chinese, blocks: blocks(text)).render()
    let read = try #require(readXML(String(page.dropFirst("<!DOCTYPE html>\n".count))))
    let ours: Set = [
      "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li", "dl", "dt", "dd", "div",
      "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "svg", "path", "text",
    ]
    #expect(read.elements == ours)
    #expect(read.text.components(separatedBy: printable(text)).count > 10)
  }

  @Test func `A page needs nothing outside it and says its language`() {
    let page = HTMLDocument(title: "t", language: .english, blocks: blocks("x")).render()
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(!page.contains("<script") && !page.contains("<link") && !page.contains("url("))
    #expect(!page.replacing("http://www.w3.org/2000/svg", with: "").contains("://"))
    #expect(HTMLDocument(title: "t", language: .chinese).render().contains("<html lang=\"zh-CN\">"))
  }

  @Test func `Numbers stand in their column and the total in the foot`() {
    let page = HTML.table(
      Table(
        columns: [.init("a"), .init("b", .number)], rows: [[.empty, .count(3)]], total: [.text("合计"), .count(3)]),
      id: "t 1"
    ).markup.source
    #expect(
      page == """
        <div class="table" id="t-1"><table><thead><tr><th scope="col" class="text">a</th>\
        <th scope="col" class="number">b</th></tr></thead><tbody><tr><td class="text"></td>\
        <td class="number">3</td></tr></tbody><tfoot><tr><td class="text">合计</td><td class="number">3</td></tr>\
        </tfoot></table></div>
        """)
  }

  @Test func `A link stays in the page`() {
    #expect(HTML.link("x", toID: "javascript:alert(1)").markup.source == "<a href=\"#javascript-alert-1-\">x</a>")
    #expect(HTML.link("x", toID: "图斑_1").markup.source == "<a href=\"#图斑_1\">x</a>")
  }

  @Test func `A literal is text too`() {
    let paragraph = HTML.paragraph("<b>", .strong("a & b"))
    #expect(paragraph.markup.source == "<p>&lt;b&gt;<strong>a &amp; b</strong></p>")
  }

  @Test(arguments: [
    ("<script>", "&lt;script&gt;"), ("a|b", "a\\|b"), ("[x](http://y)", "\\[x\\](http\\://y)"), ("1. x", "1\\. x"),
    ("- x", "\\- x"), ("2024-12-31", "2024-12-31"), ("# x", "\\# x"), ("a\r\nb", "a b"), ("www.x.cn", "www\\.x.cn"),
    ("a@b", "a\\@b"), ("*_`~$!", "\\*\\_\\`\\~\\$\\!"), ("430321", "430321"), ("12) x", "12\\) x"),
    ("\u{202E}x", "\u{FFFD}x"), ("&lt;", "&amp;lt;"), ("a\\|b", "a\\\\\\|b"),
  ])
  func `Markdown reads a text as text`(text: String, written: String) {
    #expect(MarkdownDocument(title: "t", blocks: [.paragraph(text)]).render() == "# t\n\n\(written)\n")
  }

  @Test func `A table in Markdown keeps its columns whatever the cells hold`() {
    let table = Table(
      caption: "表", columns: [.init("a"), .init("b", .number), .init("c", .day)],
      rows: [[.text("x | y\nz"), .number(-2, decimals: 1), .empty]], total: [.text("合计"), .count(1), .empty],
      notes: ["注"])
    #expect(
      MarkdownDocument(title: "t", blocks: [.table(table)]).render() == """
        # t

        **表**

        | a | b | c |
        | --- | ---: | :---: |
        | x \\| y z | -2.0 |  |
        | **合计** | **1** |  |

        注

        """)
  }
}
