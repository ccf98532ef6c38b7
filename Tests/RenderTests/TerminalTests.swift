import Document
import Testing

@testable import Render

struct TerminalTests {
    private let table = Document.Table(
        caption: "",
        columns: [
            Document.Column("case"), Document.Column("by", folds: true), Document.Column("value", .number),
            Document.Column("status"),
        ],
        rows: [
            [.data("matmul 1024³ f32"), .data("onednn"), .number("211.0"), .data("valid", .quiet)],
            [.data("日本"), .data("simd"), .number("7"), .data("failed: a reason that is rather long", .bad)],
        ], notes: ["1 valid"])

    @Test func columnsLineUpByCellsNotByCharacters() {
        let lines = Terminal().render(table).split(separator: "\n")
        #expect(lines[1] == "matmul 1024³ f32  onednn  211.0  valid")
        #expect(lines[2] == "日本              simd        7  failed: a reason that is rather long")
    }

    @Test(arguments: [40, 50, 60, 72])
    func noLineIsWiderThanTheTerminalAndNothingIsLost(_ width: Int) {
        let text = Terminal(width: width).render(table)
        for line in text.split(separator: "\n") { #expect(Cells.width(String(line)) <= width, "\(line)") }
        for word in ["matmul", "1024³", "onednn", "211.0", "simd", "rather", "long", "valid"] {
            #expect(text.contains(word))
        }
    }

    @Test func colourIsGivenOnlyWhenAsked() {
        #expect(!Terminal().render(table).contains("\u{1B}"))
        #expect(Terminal(isColoured: true).render(table).contains("\u{1B}[33m"))
    }

    @Test func dataCannotMoveTheCursor() {
        let table = Document.Table(
            caption: "\u{1B}]0;x\u{7}", columns: [Document.Column("a\u{9B}2J")], rows: [[.data("\u{1B}[2J\r\nx")]],
            notes: ["\u{8}"])
        let text =
            Terminal().render(table)
            + Terminal().render(Document.Tree("\u{1B}c", "\n\u{202E}", children: [Document.Tree("\u{7F}")]))
        #expect(
            !text.unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
            })
    }

    @Test func barsOfBlocks() {
        #expect(Cells.bar(0.93, ten: 10) == "█████████▎")
        #expect(Cells.bar(0, ten: 10) == "          ")
        #expect(Cells.bar(.nan, ten: 10) == "          ")
        #expect(Cells.bar(9e99, ten: 10).count == 11)
    }

    @Test func treesAreDrawn() {
        let tree = Document.Tree(
            "a", children: [Document.Tree("b", "1", children: [Document.Tree("c")]), Document.Tree("d")])
        #expect(Terminal().render(tree) == "a\n├─ b  1\n│  └─ c\n└─ d\n")
    }
}
