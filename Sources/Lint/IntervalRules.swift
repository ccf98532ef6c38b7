import Model

/// What stands around a number so that a reader knows how far to trust it.
enum IntervalRules {
    static let all = [interval, within]

    private static let interval = Rule(
        "STA01", .error, "a varying metric has no interval, n or level",
        mend: "Give the interval with its level, and how many processes it is over; or say why there is none."
    ) { exhibit in
        let traces = exhibit.results.flatMap { result in
            // Fewer than six processes have no exact interval, and a case with so few is not valid.
            result.values.compactMap { value -> Trace? in
                guard !result.isLabelled else { return nil }
                let place = exhibit.place(value.path)
                if value.lower == nil || value.upper == nil { return Trace(place, "\(value.name) has no interval") }
                if value.level == nil { return Trace(place, "the interval of \(value.name) has no level") }
                if value.count ?? 0 < 1 { return Trace(place, "\(value.name) does not tell n") }
                return nil
            }
        }
        return exhibit.isSheet ? traces + written(exhibit) : traces
    }

    private static func written(_ exhibit: Exhibit) -> [Trace] {
        exhibit.tables.flatMap { table -> [Trace] in
            let figures = table.figures.filter { $0.number != nil }
            guard !figures.isEmpty else { return [] }
            let words = Words((table.heads + [table.caption, table.notes]).joined(separator: " "))
            let rows = figures.filter { $0.halfWidth == nil && !$0.isLabelled }
            var traces = rows.map { Trace($0.row.place, "\($0.name): \($0.value) has no interval") }
            if rows.count < figures.count {
                if !words.tokens.contains("%") { traces.append(Trace(table.place, "the interval's level is not told")) }
                let counts = words.hasAny("n", "processes", "runs")
                if !counts { traces.append(Trace(table.place, "how many processes the interval is over is not told")) }
            }
            return traces
        }
    }

    private static let within = Rule(
        "STA02", .error, "a within-process interval is presented as run-to-run",
        mend: "Take the interval over the medians of processes, and call it that; samples of one process are no runs."
    ) { exhibit in
        var traces = exhibit.results.flatMap { result in
            result.values.compactMap { value -> Trace? in
                guard let count = value.count, let processes = result.processes, count > processes else { return nil }
                return Trace(
                    exhibit.place(value.path), "\(value.name) counts \(count), but \(processes) processes were run")
            }
        }
        guard exhibit.isSheet else { return traces }
        for table in exhibit.tables where !table.figures.isEmpty {
            let words = Words((table.heads + [table.notes]).joined(separator: " "))
            let claims = words.hasAny("over samples", "within a process", "within one process", "of the samples")
            if claims,
                !words.hasAny("between processes", "over processes", "not run-to-run", "never to be read as run-to-run")
            {
                traces.append(Trace(table.place, "its intervals are over samples of a process"))
            }
        }
        for passage in exhibit.passages where passage.kind == .prose && passage.words.hasAny("run-to-run", "run to run")
        {
            if passage.words.hasAny("within a process", "within-process", "over samples", "within one process"),
                !passage.isDenial
            {
                traces.append(Trace(passage.place, "an interval within a process is called run-to-run"))
            }
        }
        return traces
    }
}
