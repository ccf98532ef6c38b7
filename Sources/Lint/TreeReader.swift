public import Model

extension Exhibit {
    /// A bundle's `bundle.json`, a datasheet in JSON, or what `assay compare --json` printed: which of them, its schema tells.
    ///
    /// - Throws: `JSONProblem` where it is neither.
    public init(json bytes: [UInt8], file: String) throws(JSONProblem) {
        let tree = try JSONTree(parsing: bytes)
        let schema = tree["schema"]?.text ?? ""
        switch schema.split(separator: "/").first {
        case "assay.comparison", "assay.comparisons": self.init(kind: .comparison, file: file)
        case "assay.bundle":
            self.init(kind: .bundle, file: file)
            results = Result.measurements(tree)
        case "assay.datasheet":
            self.init(kind: .json, file: file)
            results = Result.rows(tree)
        default:
            let found = schema.isEmpty ? "no schema" : "the schema \(schema.prefix(60))"
            throw JSONProblem(place: "", problem: "has \(found); a bundle, a datasheet or a comparison is expected")
        }
        guard schema.hasSuffix("/1") else {
            throw JSONProblem(place: "schema", problem: "\(schema.prefix(60)) is another major version than is known")
        }
        self.tree = tree
        var reader = SheetReader(file: file)
        // What a comparison says is data and verdicts; it has no language of its own.
        if kind == .json { reader.sheet(tree) } else if kind == .bundle { reader.strings(tree, "", kind: .prose) }
        passages = reader.passages
        tables = reader.tables
        sections = reader.sections
        plots = reader.plots
    }
}

/// Reads what people read out of a datasheet's JSON.
struct SheetReader {
    let file: String
    private var section: Int?
    private var context = ""
    var passages: [Passage] = []
    var tables: [SheetTable] = []
    var sections: [SheetSection] = []
    var plots: [Plot] = []

    init(file: String) { self.file = file }

    mutating func sheet(_ tree: JSONTree) {
        for key in ["title", "finding"] { add(tree[key]?.text, key, .heading) }
        for key in ["kind", "result", "identity", "colophon"] { add(tree[key]?.text, key, .prose) }
        add(tree["stamp"]?["reason"]?.text, "stamp.reason", .prose)
        if let glance = tree["glance"] {
            section = whole(glance["number"])
            sections.append(
                SheetSection(
                    number: section, title: glance["title"]?.text ?? "", place: Place(file: file, path: "glance")))
            headlines(glance)
            strings(glance["cautions"], "glance.cautions", kind: .prose)
            strings(glance["facts"], "glance.facts", kind: .prose)
            block(glance["figure"], "glance.figure")
        }
        for (index, item) in (tree["sections"]?.elements ?? []).enumerated() { read(item, "sections[\(index)]") }
        section = nil
        context = ""
        strings(tree["metadata"], "metadata", kind: .prose)
    }

    private func whole(_ tree: JSONTree?) -> Int? { tree?.number.map { Int(max(-1e9, min($0, 1e9))) } }

    private mutating func headlines(_ glance: JSONTree) {
        var rows: [SheetTable.Row] = []
        for (index, row) in (glance["headlines"]?.elements ?? []).enumerated() {
            let place = Place(file: file, path: "glance.headlines[\(index)]")
            let cells = [
                "\(row["label"]?.text ?? "") · \(row["note"]?.text ?? "")", row["value"]?.text ?? "",
                row["interval"]?.text ?? "", row["share"]?["text"]?.text ?? "",
            ]
            rows.append(SheetTable.Row(cells: cells, place: place))
            passages.append(
                Passage(cells.joined(separator: " · "), place, .cell, section: section, context: context))
        }
        let common = glance["common"]?.text ?? ""
        tables.append(
            SheetTable(
                caption: "", group: "", heads: [common, "value", "95 % interval", "share of ceiling"],
                numbers: [false, true, false, false], rows: rows, notes: "", section: section,
                place: Place(file: file, path: "glance.headlines")))
    }

    private mutating func read(_ tree: JSONTree, _ path: String) {
        section = whole(tree["number"])
        let title = tree["title"]?.text ?? ""
        sections.append(SheetSection(number: section, title: title, place: Place(file: file, path: path)))
        context = title
        add(title, "\(path).title", .heading)
        add(tree["finding"]?.text, "\(path).finding", .heading)
        for (index, item) in (tree["blocks"]?.elements ?? []).enumerated() { block(item, "\(path).blocks[\(index)]") }
    }

    private mutating func block(_ tree: JSONTree?, _ path: String) {
        guard let tree else { return }
        switch tree["kind"]?.text {
        case "heading":
            context = tree["text"]?.text ?? ""
            add(context, "\(path).text", .heading)
        case "table": table(tree, path)
        case "figure":
            context = tree["title"]?.text ?? ""
            add(context, "\(path).title", .caption)
            add(tree["subtitle"]?.text, "\(path).subtitle", .prose)
            add(tree["description"]?.text, "\(path).description", .picture)
            if let plot = Plot.chart(tree["chart"], title: context, file: file, path: "\(path).chart") {
                plots.append(plot)
            }
        case "bullets":
            for (index, column) in (tree["columns"]?.elements ?? []).enumerated() {
                context = column["title"]?.text ?? ""
                add(context, "\(path).columns[\(index)].title", .caption)
                strings(column["items"], "\(path).columns[\(index)].items", kind: .prose)
            }
        case "code", "tree": strings(tree, path, kind: .code)
        case "row":
            for (index, stack) in (tree["stacks"]?.elements ?? []).enumerated() {
                for (place, item) in (stack.elements ?? []).enumerated() {
                    block(item, "\(path).stacks[\(index)][\(place)]")
                }
            }
        case "folded":
            context = tree["title"]?.text ?? ""
            add(context, "\(path).title", .heading)
            for (index, item) in (tree["blocks"]?.elements ?? []).enumerated() {
                block(item, "\(path).blocks[\(index)]")
            }
        default: strings(tree, path, kind: .prose)
        }
    }

    private mutating func table(_ tree: JSONTree, _ path: String) {
        context = tree["caption"]?.text ?? ""
        add(context, "\(path).caption", .caption)
        let columns = tree["columns"]?.elements ?? []
        let heads = columns.map { $0["title"]?.text ?? "" }
        let notes = (tree["notes"]?.elements ?? []).compactMap(\.text)
        for (index, group) in (tree["groups"]?.elements ?? []).enumerated() {
            let titles = [group["title"]?.text, group["note"]?.text].compactMap { $0 }
            var rows: [SheetTable.Row] = []
            for (number, row) in (group["rows"]?.elements ?? []).enumerated() {
                let place = Place(file: file, path: "\(path).groups[\(index)].rows[\(number)]")
                let cells = (row.elements ?? []).map { $0["text"]?.text ?? "" }
                rows.append(SheetTable.Row(cells: cells, place: place))
                passages.append(
                    Passage(cells.joined(separator: " · "), place, .cell, section: section, context: context))
            }
            tables.append(
                SheetTable(
                    caption: context, group: titles.joined(separator: ": "), heads: heads,
                    numbers: columns.map { $0["alignment"]?.text == "number" }, rows: rows,
                    notes: notes.joined(separator: " "), section: section, place: Place(file: file, path: path)))
        }
        strings(tree["notes"], "\(path).notes", kind: .prose)
    }

    private mutating func add(_ text: String?, _ path: String, _ kind: Passage.Kind) {
        guard let text, !text.isEmpty else { return }
        passages.append(
            Passage(text, Place(file: file, path: path), kind, section: section, context: context))
    }

    /// Every text under `tree`.
    mutating func strings(_ tree: JSONTree?, _ path: String, kind: Passage.Kind) {
        var found: [(String, String)] = []
        tree?.walk(path) { place, value in
            if case .string(let text) = value { found.append((place, text)) }
        }
        for (place, text) in found { add(text, place, kind) }
    }
}
