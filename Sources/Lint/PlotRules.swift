import Model

/// Charts, as far as data shows them.
enum PlotRules {
    static let all = [axis]

    private static let axis = Rule(
        "PLT01", .warning, "a line joins categories, or the axis of bars does not begin at zero",
        mend: "Draw dots or bars for categories, and begin bars at zero."
    ) { exhibit in
        exhibit.plots.flatMap { plot -> [Trace] in
            var traces: [Trace] = []
            if plot.joinsCategories { traces.append(Trace(plot.place, "a line joins categories: \(plot.title)")) }
            if let from = plot.barsFrom, from != 0 {
                traces.append(Trace(plot.place, "the axis of the bars begins at \(from): \(plot.title)"))
            }
            return traces
        }
            + exhibit.passages.compactMap { passage in
                guard passage.kind == .picture || passage.isHeadline,
                    passage.words.hasAny("axis starts at", "axis begins at", "truncated axis", "axis truncated"),
                    let number = passage.words.quantities.first?.value
                        ?? (passage.words.has("truncated axis") ? 1 : nil), number != 0
                else { return nil }
                return Trace(passage.place, "the axis does not begin at zero")
            }
    }
}

extension Plot {
    /// A chart of a datasheet in JSON. Ours say `lines` only of numbers and `bars` only from zero; an edited one may not.
    static func chart(_ chart: JSONTree?, title: String, file: String, path: String) -> Plot? {
        guard let chart, let kind = chart["kind"]?.text else { return nil }
        let place = Place(file: file, path: path)
        switch kind {
        case "lines", "line":
            let points = (chart["series"]?.elements ?? []).flatMap { $0["points"]?.elements ?? [] }
            return Plot(
                place: place, title: title, joinsCategories: points.contains { $0["x"]?.text != nil }, barsFrom: nil)
        case "bars", "bar":
            guard chart["style"]?.text != "dot" else { return nil }
            let from = chart["from"]?.number ?? chart["minimum"]?.number ?? chart["axisMinimum"]?.number ?? 0
            return Plot(place: place, title: title, joinsCategories: false, barsFrom: from)
        default: return nil
        }
    }

    /// A chart of Mermaid, which Markdown readers draw: `xychart-beta` with named places on its x axis.
    static func mermaid(_ lines: ArraySlice<Substring>, file: String, line: Int) -> Plot? {
        let rows = lines.map { $0.drop { $0 == " " } }
        guard rows.contains(where: { $0.hasPrefix("xychart") }) else { return nil }
        let title = rows.first { $0.hasPrefix("title") }.map { String($0.dropFirst(6)) } ?? "chart"
        let names = rows.contains {
            $0.hasPrefix("x-axis") && $0.contains("[")
                && Words(String($0)).tokens.dropFirst().contains { Words.number($0) == nil }
        }
        let from = rows.first { $0.hasPrefix("y-axis") }.flatMap { row in
            row.contains("-->") ? Words(String(row)).quantities.first?.value : nil
        }
        let hasBars = rows.contains { $0.hasPrefix("bar") }
        return Plot(
            place: Place(file: file, line: line), title: title,
            joinsCategories: names && rows.contains { $0.hasPrefix("line") }, barsFrom: hasBars ? from ?? 0 : nil)
    }
}
