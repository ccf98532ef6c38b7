extension Exhibit {
    /// A datasheet in Markdown, written by Assay and perhaps edited since.
    ///
    /// Only as much of Markdown as a datasheet uses: headings, paragraphs, lists, pipe tables, fences, pictures.
    public init(markdown text: String, file: String) {
        self.init(kind: .markdown, file: file)
        var reader = MarkdownReader(text, file: file)
        reader.read()
        passages = reader.passages
        tables = reader.tables
        sections = reader.sections
        plots = reader.plots
    }
}

/// Goes through the lines once.
struct MarkdownReader {
    private let lines: [Substring]
    private let file: String
    private var at = 0
    /// Number of the section that the line is in.
    private var section: Int?
    /// The last heading or line in bold.
    private var context = ""
    /// The last line in italics since a caption: title of a group of rows.
    private var group = ""
    var passages: [Passage] = []
    var tables: [SheetTable] = []
    var sections: [SheetSection] = []
    var plots: [Plot] = []

    init(_ text: String, file: String) {
        // A line feed after a carriage return is one character to Swift.
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        self.file = file
    }

    mutating func read() {
        skipFrontMatter()
        while at < lines.count {
            let line = lines[at]
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
                fence(trimmed)
            } else if trimmed.hasPrefix("#") {
                heading(trimmed)
            } else if trimmed.hasPrefix("|"), at + 1 < lines.count, Self.isDelimiter(lines[at + 1]) {
                table()
            } else if trimmed.isEmpty || trimmed == "---" {
                at += 1
            } else if trimmed.hasPrefix("<") {
                markup(trimmed)
            } else {
                paragraph()
            }
        }
    }

    private var place: Place { Place(file: file, line: at + 1) }

    private mutating func add(_ text: String, _ kind: Passage.Kind, _ place: Place) {
        passages.append(Passage(text, place, kind, section: section, context: context))
    }

    private mutating func skipFrontMatter() {
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return }
        at = end + 1
    }

    private mutating func fence(_ opening: Substring) {
        let mark = opening.first ?? "`"
        let length = opening.prefix { $0 == mark }.count
        let isChart = opening.contains("mermaid")
        let start = at
        at += 1
        while at < lines.count {
            let line = lines[at].drop { $0 == " " }
            if line.prefix(while: { $0 == mark }).count >= length, line.allSatisfy({ $0 == mark || $0 == " " }) {
                break
            }
            add(String(line), .code, place)
            at += 1
        }
        if isChart, let plot = Plot.mermaid(lines[start..<min(at, lines.count)], file: file, line: start + 1) {
            plots.append(plot)
        }
        at += 1
    }

    private mutating func heading(_ line: Substring) {
        let title = MarkdownText.plain(line.drop { $0 == "#" || $0 == " " })
        let level = line.prefix { $0 == "#" }.count
        if level <= 2 {
            section = level == 2 ? title.split(separator: " ").first.flatMap { Int($0) } : nil
            if level == 2 { sections.append(SheetSection(number: section, title: title, place: place)) }
        }
        context = title
        group = ""
        add(title, .heading, place)
        at += 1
    }

    /// Tags that a datasheet has: anchors, folds and their summaries. The rest is read as text.
    private mutating func markup(_ line: Substring) {
        let text = MarkdownText.plain(Substring(MarkdownText.withoutTags(line)))
        if !text.isEmpty {
            let isSummary = line.hasPrefix("<summary")
            if isSummary { context = text }
            add(text, isSummary ? .heading : .prose, place)
        }
        at += 1
    }

    /// A list item, a picture, or lines up to one that is empty or something else.
    private mutating func paragraph() {
        let start = place
        let first = lines[at].drop { $0 == " " }
        if first.hasPrefix("![") {
            add(MarkdownText.alternative(first), .picture, start)
            at += 1
            return
        }
        var parts: [String] = []
        repeat {
            parts.append(String(lines[at].drop { $0 == " " || $0 == ">" }))
            at += 1
            // Two spaces at the end break the line: what follows is a sentence of its own.
            if parts.last?.hasSuffix("  ") == true { break }
        } while at < lines.count && Self.continues(lines[at])
        let text = parts.joined(separator: " ")
        let plain = MarkdownText.plain(Substring(text))
        let bare = text.drop { $0 == " " }
        if bare.hasPrefix("**"), Self.isWhole(bare, "**") {
            (context, group) = (plain, "")
            add(plain, .caption, start)
        } else {
            if bare.hasPrefix("_"), Self.isWhole(bare, "_") { group = plain }
            noteTable(plain)
            add(plain, .prose, start)
        }
    }

    /// What stands after a table belongs to it as well.
    private mutating func noteTable(_ text: String) {
        guard let last = tables.indices.last, tables[last].section == section else { return }
        let start = tables[last].rows.last?.place.line ?? 0
        if at - start < 12 { tables[last].notes += " " + text }
    }

    private static func isWhole(_ text: Substring, _ mark: String) -> Bool {
        let trimmed = text.reversed().drop { $0 == " " }.reversed()
        let inner = String(trimmed).dropFirst(mark.count).dropLast(mark.count)
        return String(trimmed).hasSuffix(mark) && !inner.contains(mark)
    }

    private static func continues(_ line: Substring) -> Bool {
        let trimmed = line.drop { $0 == " " }
        guard let first = trimmed.first else { return false }
        return !"#|<`~!".contains(first) && !trimmed.hasPrefix("- ") && !trimmed.hasPrefix("* ") && trimmed != "---"
    }
}

extension MarkdownReader {
    private mutating func table() {
        let start = place
        let heads = MarkdownText.cells(lines[at])
        let numbers = MarkdownText.cells(lines[at + 1]).map { $0.hasSuffix(":") && !$0.hasPrefix(":") }
        var rows: [SheetTable.Row] = []
        for head in heads where !head.isEmpty { add(head, .cell, start) }
        at += 2
        while at < lines.count, lines[at].drop(while: { $0 == " " }).hasPrefix("|") {
            let cells = MarkdownText.cells(lines[at])
            rows.append(SheetTable.Row(cells: cells, place: place))
            add(cells.joined(separator: " · "), .cell, place)
            at += 1
        }
        tables.append(
            SheetTable(
                caption: context, group: group, heads: heads, numbers: numbers, rows: rows, notes: "", section: section,
                place: start))
    }

    private static func isDelimiter(_ line: Substring) -> Bool {
        line.contains("-") && line.contains("|") && line.allSatisfy { "|-: ".contains($0) }
    }
}
