import Document
import Model
import Units

extension Datasheet {
    /// What a look saw before the first process; absent where nobody looked.
    static func quiet(_ bundle: Bundle) -> Document.Table? {
        guard let look = bundle.quiet else { return nil }
        let percent: (Double, Int) -> String = { Figures.percent($0, decimals: 1 + $1) }
        let count: (Double, Int) -> String = { Figures.significant($0, 3 + $1) }
        let units = bundle.machine.topology.processingUnits
        let steal: Reported<Double> = look.stealOfAll.map { max($0, look.steal.value ?? 0) }
        let rows =
            [
                row("Steal", steal, percent, Threshold.steal, look.isStolenFrom(units: units)),
                row("Load of others", look.otherLoad, percent, Threshold.otherLoad, look.isLoaded(units: units)),
                row(
                    "Time lost to interruptions", .known(look.lostShare), percent, DisturbanceBounds.lostShare,
                    look.isInterrupted),
                row(
                    "Longest interruption", .known(look.gaps.largest),
                    { Figures.quantity($0, .seconds, significant: 2 + $1) }, nil, false),
                row(
                    "Involuntary switches a second", .known(look.switchesPerSecond), count, Threshold.switches,
                    look.isSwitchedOut),
                row("Timer interrupts a second", look.timerInterrupts, count, nil, false),
            ]
            + look.canaries.map {
                row(
                    "Canary: \($0.name), spread of \($0.repetitions)", .known($0.spread), percent,
                    DisturbanceBounds.canarySpread, $0.isUnsteady)
            }
        return Document.Table(
            caption: "Before the first process",
            columns: [
                Document.Column("Looked at"), Document.Column("Found", .number), Document.Column("Bound", .number),
                Document.Column("Remark"),
            ], rows: rows,
            notes: [Prose(place(look) + " The spread of a canary is 1.4826 × median absolute deviation ÷ median.")])
    }

    private static func place(_ look: QuietReading) -> String {
        let start = look.processingUnit.map { "Processing unit \($0)" } ?? "One processing unit, not bound,"
        return "\(start) was kept busy for \(Figures.quantity(look.seconds, .seconds, significant: 2)), "
            + "then short canaries were repeated on it."
    }

    private static func row(
        _ name: String, _ value: Reported<Double>, _ write: (Double, Int) -> String, _ bound: Double?, _ isAbove: Bool
    ) -> [Document.Cell] {
        guard let found = value.value else {
            return [
                .data(name), .notApplicable, .notApplicable, .data("unknown: \(value.reason ?? "not read")", .quiet),
            ]
        }
        return [
            .data(name), .number(bound.map { Figures.apart(found, from: $0, write) } ?? write(found, 0)),
            bound.map { .number(write($0, 0)) } ?? .notApplicable,
            isAbove ? .data("above", .bad) : .data(bound == nil ? "for the record" : "within", .quiet),
        ]
    }
}
