import Model

/// A section of verdicts counts them in its sentence and lists them in its table: the two must tell the same.
enum VerdictRows {
    private static let verdicts: [(words: [String], name: String)] = [
        (["regressed"], "regressed"), (["slower"], "slower"), (["improved"], "improved"), (["faster"], "faster"),
        (["equivalent"], "equivalent"), (["inconclusive"], "inconclusive"), (["not", "comparable"], "not comparable"),
    ]

    static func traces(_ exhibit: Exhibit) -> [Trace] {
        exhibit.sections.flatMap { section -> [Trace] in
            let tables = exhibit.tables.filter {
                $0.section == section.number && section.number != nil && $0.column("verdict") != nil
            }
            let finding = exhibit.passages.first {
                $0.section == section.number && section.number != nil && !counts($0.words).isEmpty
            }
            guard let finding, !tables.isEmpty else { return [] }
            let told = counts(finding.words)
            let rows = tables.flatMap { table in
                table.rows.compactMap { table.cell($0, table.column("verdict"))?.lowercased() }
            }
            return verdicts.compactMap { verdict -> Trace? in
                let (said, shown) = (told[verdict.name] ?? 0, rows.count { $0.hasPrefix(verdict.name) })
                guard said != shown else { return nil }
                return Trace(
                    said > shown ? tables[0].place : finding.place,
                    said > shown
                        ? "\(said) \(verdict.name) are told, \(shown) rows show one"
                        : "\(shown) rows are \(verdict.name), the section tells of \(said)")
            }
        }
    }

    /// `1 regressed, 37 equivalent within ±2 %, 2 inconclusive` → each with its number, those of several machines added.
    private static func counts(_ words: Words) -> [String: Int] {
        let tokens = words.tokens.map { $0.lowercased() }
        var found: [String: Int] = [:]
        for index in tokens.indices.dropLast() {
            guard let number = Words.number(tokens[index]), number < 1e6, number == number.rounded() else { continue }
            for verdict in verdicts where tokens[(index + 1)...].starts(with: verdict.words) {
                found[verdict.name, default: 0] += Int(number)
            }
        }
        return found
    }
}
