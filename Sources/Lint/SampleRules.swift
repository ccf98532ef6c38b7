import Model
import Units

#if canImport(Glibc)
    import Glibc
#endif

/// Whether the samples carry what is said of them.
enum SampleRules {
    static let all = [percentile, tail, unconverged]

    private static let percentile = Rule(
        "STA05", .error, "a percentile beyond what the sample supports",
        mend:
            "Print only percentiles whose bound the sample can give (p99 needs 299 observations at 95 %), or observe longer."
    ) { exhibit in
        var traces: [Trace] = []
        let taken = samples(exhibit)
        for result in exhibit.results {
            for value in result.values {
                guard let share = share(value.name), let fewest = result.identity.flatMap({ taken[$0] }) else {
                    continue
                }
                if fewest.count < needed(share) {
                    traces.append(
                        Trace(
                            exhibit.place(value.path),
                            "\(value.name) of \(fewest.count) observations in process \(fewest.process); it takes \(needed(share)) in each"
                        ))
                }
            }
        }
        guard exhibit.isSheet else { return traces }
        for table in exhibit.tables {
            guard let counts = table.column("n", "samples", "queries", "observations") else { continue }
            for column in table.heads.indices {
                guard let share = share(table.heads[column]) else { continue }
                for row in table.rows {
                    let cell = Words(table.cell(row, column) ?? "").quantities
                    guard !cell.isEmpty, let count = Words(table.cell(row, counts) ?? "").quantities.first?.value,
                        count < Double(needed(share))
                    else { continue }
                    traces.append(
                        Trace(
                            row.place, "\(table.heads[column]) of \(Int(count)) observations; it takes \(needed(share))"
                        ))
                }
            }
        }
        return traces + said(exhibit)
    }

    /// `p99 … over 120 samples`, in one sentence.
    private static func said(_ exhibit: Exhibit) -> [Trace] {
        exhibit.passages.filter { $0.kind == .prose && !$0.isDenial }.compactMap { passage in
            let tokens = passage.words.tokens.map { $0.lowercased() }
            guard let share = tokens.compactMap(share).max(),
                let place = tokens.firstIndex(where: {
                    ["samples", "queries", "observations", "requests"].contains($0)
                }),
                place > 0, let count = Words.number(tokens[place - 1]), count < Double(needed(share))
            else { return nil }
            return Trace(passage.place, "a percentile of \(Int(count)) observations; it takes \(needed(share))")
        }
    }

    /// `p99`, `latency.p99.9`, `p99 latency` → 0.99.
    static func share(_ name: String) -> Double? {
        for part in name.lowercased().split(whereSeparator: { " ,()".contains($0) }) {
            guard let mark = part.lastIndex(of: "p"), part.distance(from: mark, to: part.endIndex) > 1 else { continue }
            let before = mark == part.startIndex ? "." : part[part.index(before: mark)]
            guard before == ".", let percent = Double(part[part.index(after: mark)...]), (50.1..<100).contains(percent)
            else { continue }
            return percent / 100
        }
        return nil
    }

    /// So many that the greatest of them lies above the percentile with 95 %: pⁿ ≤ 0.05.
    static func needed(_ share: Double) -> Int { Int((log(0.05) / log(share)).rounded(.up)) }

    /// A percentile is one of a process, so the process with the fewest samples after its warm-up decides for its case.
    /// What was excluded, or only confirmed a rate, gave none of what is published; queries of a scenario are counted as such.
    private static func samples(_ exhibit: Exhibit) -> [String: (process: Int, count: Int)] {
        var fewest: [String: (process: Int, count: Int)] = [:]
        for process in exhibit.tree?["processes"]?.elements ?? [] {
            guard let identity = process["case"]?.text, process["outcome"]?["kind"]?.text == "completed",
                process["excluded"].map({ $0.isNull }) ?? true, process["traffic"]?["role"]?.text != "confirm"
            else { continue }
            let queries = process["traffic"]?["queries"]?.number
            let samples = process["samples"]?.number.map { $0 - (process["warmup"]?.number ?? 0) }
            guard let count = queries ?? samples else { continue }
            let whole = Int(max(0, min(count, 1e9)))
            let number = process["process"]?.number.map { Int(max(0, min($0, 1e9))) } ?? 0
            if fewest[identity].map({ whole < $0.count }) ?? true { fewest[identity] = (number, whole) }
        }
        return fewest
    }

    private static let tail = Rule(
        "STA06", .warning, "latency without a tail percentile",
        mend: "Give p90 or p99 beside the median: it is the tail that a user waits for."
    ) { exhibit in
        let tails = Set(
            exhibit.results.filter { $0.values.contains { share($0.name) ?? 0 >= 0.9 } }.map {
                $0.identity ?? $0.workload
            })
        var traces = exhibit.results.flatMap { result in
            result.values.filter { isMiddle($0.name) && !tails.contains(result.identity ?? result.workload) }
                .map { Trace(exhibit.place($0.path), "\(result.workload): \($0.name) alone") }
        }
        guard exhibit.kind == .markdown else { return traces }
        for table in exhibit.tables {
            let all = table.rows.map { table.text($0).lowercased() } + [table.heads.joined(separator: " ").lowercased()]
            guard !all.contains(where: { share($0) ?? 0 >= 0.9 }) else { continue }
            for (index, text) in all.enumerated() where isMiddle(text) {
                traces.append(
                    Trace(index < table.rows.count ? table.rows[index].place : table.place, "latency without its tail"))
            }
        }
        return traces
    }

    /// `latency.p50`, `mean latency`, `median latency`.
    private static func isMiddle(_ name: String) -> Bool {
        let words = Words(name.replacing(".", with: " "))
        return words.has("latency") && words.hasAny("p50", "mean", "median", "average")
    }

    private static let unconverged = Rule(
        "STA07", .error, "unconverged or serially dependent samples are not labelled",
        mend:
            "Give the case its status (unconverged, noisy), its count of dependentProcesses, or the warning that its samples depend on their neighbours, or that another metric than the first has a half-width above the target."
    ) { exhibit in
        let target = exhibit.tree?["plan"]?["rules"]?["runTarget"]?.number ?? 0.05
        // Of each case the metric that its status speaks of.
        let firsts = Dictionary(exhibit.results.map { ($0.identity, $0.values.first?.path) }) { first, _ in first }
        var traces: [Trace] = []
        for result in exhibit.results where !result.isLabelled {
            for value in result.values {
                guard let lower = value.lower, let upper = value.upper, let middle = value.value, middle != 0 else {
                    continue
                }
                // Of another a warning by name is the label.
                if result.identity != nil, firsts[result.identity] != value.path, result.names(wide: value) { continue }
                let half = (upper - lower) / 2 / abs(middle)
                // A hair of room: the bound was compared in another order of operations.
                if half > target * 1.000_001 {
                    traces.append(
                        Trace(
                            exhibit.place(value.path),
                            "half-width \(percent(half, above: target)), target \(percent(target)), labelled valid"))
                }
            }
        }
        traces += dependent(exhibit)
        guard exhibit.isSheet else { return traces }
        for figure in exhibit.tables.flatMap(\.figures) where figure.status == "valid" {
            guard let half = figure.halfWidth, let value = figure.number?.value, value > 0, half / value > 0.055 else {
                continue
            }
            traces.append(
                Trace(figure.row.place, "\(figure.name): half-width \(percent(half / value)), labelled valid"))
        }
        return traces
    }

    private static func dependent(_ exhibit: Exhibit) -> [Trace] {
        var cases: [String: Int] = [:]
        for process in exhibit.tree?["processes"]?.elements ?? [] {
            guard process["seriallyDependent"]?.bool == true, process["outcome"]?["kind"]?.text == "completed",
                let identity = process["case"]?.text
            else { continue }
            cases[identity, default: 0] += 1
        }
        return exhibit.results.compactMap { result in
            // Counted in the measurement, or said by a warning.
            guard let count = result.identity.flatMap({ cases[$0] }), !result.values.isEmpty,
                result.dependentProcesses != count,
                !result.warnings.contains(where: { Words($0).hasAny("depend", "dependent", "dependence") })
            else { return nil }
            return Trace(
                exhibit.place(result.path),
                "\(result.workload): samples depend on their neighbours in \(count) processes, and neither a count nor a warning says so"
            )
        }
    }

    private static func percent(_ share: Double, above bound: Double? = nil) -> String {
        func write(_ value: Double, _ further: Int) -> String {
            Figures.fixed(value * 100, decimals: 1 + further).replacing(Figures.narrowSpace, with: "") + " %"
        }
        return bound.map { Figures.apart(share, from: $0, write) } ?? write(share, 0)
    }
}
