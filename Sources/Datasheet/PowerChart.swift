import Document
import Model
import Units

extension Datasheet {
    /// Power over the run with the timed windows: the meters that gave the energies first, others lighter.
    static func powerFigure(_ reading: Reading) -> Document.Figure? {
        guard let report = reading.bundle.power else { return nil }
        let energy = reading.measured.lazy.compactMap(\.energy).first
        let sound = report.meters.filter { $0.problems.isEmpty && $0.boundary != .part && $0.boundary != .rail }
        var first = sound.filter { energy?.meters?.contains($0.id) == true }
        // Without an energy the widest is shown: it tells why there is none.
        if first.isEmpty,
            let widest = PowerBoundary.allCases.first(where: { boundary in sound.contains { $0.boundary == boundary } })
        {
            let source = sound.first { $0.boundary == widest }?.source
            first = sound.filter { $0.boundary == widest && $0.source == source }
        }
        let rest = sound.filter { meter in !first.contains { $0.id == meter.id } }
        let names = first.map(\.name).unique
        let main = PowerCourse.summed(first, reading.recording.power)
        guard !main.isEmpty, let head = first.first else { return nil }
        var series = [
            Document.Course.Series(
                name: names.count == 1 ? names[0] : "\(names.count) \(Words.boundary(head.boundary.rawValue))",
                stretches: main)
        ]
        // Of one source and kind they are one line; three lines are as many as can be told apart.
        for boundary in PowerBoundary.allCases {
            for source in rest.filter({ $0.boundary == boundary }).map(\.source).unique {
                let meters = rest.filter { $0.boundary == boundary && $0.source == source }
                let stretches = PowerCourse.summed(meters, reading.recording.power)
                guard !stretches.isEmpty, series.count < 3 else { continue }
                series.append(
                    Document.Course.Series(
                        name: "\(source), \(Words.boundary(boundary.rawValue))", stretches: stretches))
            }
        }
        let windows = reading.bundle.processes.filter(\.isCompleted).flatMap { $0.windows ?? [] }
        let course = Document.Course(
            xTitle: "seconds from the start of the run", yTitle: "W", series: series,
            spans: windows.map { Document.Course.Span(from: $0.start, to: $0.end) }, spanName: "timed",
            reference: energy?.idlePower, referenceName: energy?.idlePower == nil ? "" : "idle")
        return Document.Figure(
            title: "Power over the run",
            subtitle: "\(head.source), \(Words.boundary(head.boundary.rawValue)); shaded while work was timed",
            description: words(main, energy, windows), chart: .course(course))
    }

    private static func words(_ stretches: [[Document.Course.Point]], _ energy: Energy?, _ windows: [TimedWindow])
        -> String
    {
        let watts = stretches.flatMap { $0.dropFirst().map(\.y) }
        let range = "\(Figures.quantity(watts.min() ?? 0, .watts)) to \(Figures.quantity(watts.max() ?? 0, .watts))"
        let timed = windows.reduce(0) { $0 + $1.duration }
        let idle = energy?.idlePower.map { "; idle \(Figures.quantity($0, .watts))" } ?? ""
        return "Power over time: \(range)\(idle); \(Words.count(windows.count, "timed window")), "
            + "\(Figures.quantity(timed, .seconds)) in all."
    }
}

/// Readings as power over time.
enum PowerCourse {
    /// No shorter stretch is drawn: power between two readings a millisecond apart is the meter's step, not the load.
    private static let step = 0.15

    /// Power of meters of disjoint domains, added up; unbroken within a sitting.
    static func summed(_ meters: [Meter], _ readings: [PowerReading]) -> [[Document.Course.Point]] {
        let wanted = Set(meters.map(\.id))
        let own = Dictionary(grouping: readings.filter { wanted.contains($0.source) }) { $0.sitting ?? 0 }
        return own.sorted { $0.key < $1.key }.compactMap { _, readings in
            let traces = Dictionary(grouping: readings, by: \.source).values.map { $0.sorted { $0.t < $1.t } }
            guard traces.count == meters.count, let start = traces.compactMap(\.first?.t).max(),
                let end = traces.compactMap(\.last?.t).min(), end > start
            else { return nil }
            return points(traces, from: start, to: end)
        }
    }

    private static func points(_ traces: [[PowerReading]], from start: Double, to end: Double) -> [Document.Course
        .Point]
    {
        guard let lead = traces.first else { return [] }
        var cursors = [Int](repeating: 0, count: traces.count)
        var points: [Document.Course.Point] = []
        var before: (t: Double, joules: Double)?
        for reading in lead where reading.t >= start && reading.t <= end {
            if let before, reading.t - before.t < step { continue }
            var joules = 0.0
            for (index, trace) in traces.enumerated() { joules += counted(trace, reading.t, &cursors[index]) }
            if let before {
                points.append(Document.Course.Point(x: reading.t, y: (joules - before.joules) / (reading.t - before.t)))
            } else {
                points.append(Document.Course.Point(x: reading.t, y: 0))
            }
            before = (reading.t, joules)
        }
        // The first point only says where the course begins.
        if points.count > 1 { points[0].y = points[1].y }
        return points.count > 1 ? points : []
    }

    private static func counted(_ trace: [PowerReading], _ t: Double, _ cursor: inout Int) -> Double {
        while cursor + 1 < trace.count, trace[cursor + 1].t <= t { cursor += 1 }
        let before = trace[cursor]
        guard cursor + 1 < trace.count, before.t < t else { return before.joules }
        let after = trace[cursor + 1]
        return before.joules + (after.joules - before.joules) * (t - before.t) / (after.t - before.t)
    }

    /// Watts over all that was read of a meter; `nil` for one that told too little, or nothing that can be believed.
    static func mean(_ meter: Meter, _ readings: [PowerReading]) -> Double? {
        guard meter.problems.isEmpty else { return nil }
        let own = Dictionary(grouping: readings.filter { $0.source == meter.id }) { $0.sitting ?? 0 }.values
        var (joules, seconds) = (0.0, 0.0)
        for readings in own {
            guard let first = readings.first, let last = readings.last else { continue }
            joules += last.joules - first.joules
            seconds += last.t - first.t
        }
        return seconds > 0 && joules > 0 ? joules / seconds : nil
    }
}
