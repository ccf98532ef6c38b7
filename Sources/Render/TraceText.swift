import Units
import Document

/// A trace on a terminal: eight rows of dots, two runs a column where room is short, marks underneath.
extension Terminal {
    public func render(_ figure: Document.Figure) -> String {
        guard case .trace(let trace) = figure.chart, let scale = TraceScale(trace) else {
            return Neutral.text(figure.title) + "\n"
        }
        let names = scale.ticks.map(scale.name)
        let margin = max(names.map(Cells.width).max() ?? 0, 6)
        let columns = max(min((width ?? 100) - margin - 3, trace.runs * 2), 8)
        let lines = plot(trace, scale, columns: columns, margin: margin)
        let head = [Neutral.text(figure.title), Neutral.text(figure.subtitle)].filter { !$0.isEmpty }
        return (head + lines).joined(separator: "\n") + "\n"
    }

    private static let rows = 10

    private func plot(_ trace: Document.Trace, _ scale: TraceScale, columns: Int, margin: Int) -> [String] {
        let rows = Self.rows
        func column(_ run: Double) -> Int {
            Int((min(max(run / Double(max(trace.runs - 1, 1)), 0), 1) * Double(columns - 1)).rounded())
        }
        // Braille: two dots across and four down in each character.
        var cells = Array(repeating: Array(repeating: UInt32(0), count: columns), count: rows)
        for level in trace.levels where level.value.isFinite {
            for place in (2 * column(Double(level.from)))...(2 * column(Double(level.to)) + 1) {
                dot(&cells, place, scale.height(level.value))
            }
        }
        for point in trace.points where point.value.isFinite {
            dot(&cells, 2 * column(Double(point.run)), scale.height(point.value))
            dot(&cells, 2 * column(Double(point.run)) + 1, scale.height(point.value))
        }
        let ticks = Dictionary(
            scale.ticks.map { (rows - 1 - min(Int(scale.height($0) * Double(rows)), rows - 1), scale.name($0)) },
            uniquingKeysWith: { first, _ in first })
        var lines = cells.enumerated().map { row, dots in
            let name = ticks[row] ?? ""
            let text = dots.map { $0 == 0 ? " " : String(Character(Unicode.Scalar(0x2800 + $0) ?? " ")) }.joined()
            return blanks(margin - Cells.width(name)) + name + (ticks[row] == nil ? " │" : " ┤") + text
        }
        lines.append(blanks(margin) + " └" + String(repeating: "─", count: columns))
        for (marks, sign) in [(trace.shifts, "▲"), (trace.breaks, "┆")] where !marks.isEmpty {
            lines.append(blanks(margin + 2) + flags(marks, sign, columns, column))
        }
        let gap = columns - Cells.width(trace.first) - Cells.width(trace.last)
        lines.append(blanks(margin + 2) + Neutral.text(trace.first) + blanks(max(gap, 1)) + Neutral.text(trace.last))
        return lines
    }

    private func dot(_ cells: inout [[UInt32]], _ place: Int, _ height: Double) {
        let level = 4 * Self.rows - 1 - min(Int(height * Double(4 * Self.rows)), 4 * Self.rows - 1)
        let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
        guard cells.indices.contains(level / 4), cells[level / 4].indices.contains(place / 2) else { return }
        cells[level / 4][place / 2] |= bits[level % 4][place % 2]
    }

    /// A sign and its label under each mark; one that would lie on another is left out.
    private func flags(_ marks: [Document.Trace.Mark], _ sign: String, _ columns: Int, _ column: (Double) -> Int)
        -> String
    {
        var line = ""
        for mark in marks {
            let text = sign + Neutral.text(mark.label)
            let place = column(Double(mark.run))
            let used = Cells.width(line)
            guard place >= used + (used > 0 ? 1 : 0) || used == 0, place + Cells.width(text) <= columns + 4 else {
                continue
            }
            line += blanks(place - used) + text
        }
        return line
    }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
}
