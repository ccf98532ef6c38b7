import Document
import Model
import Units

extension Datasheet {
    /// §9: how it was done, told by the record of the run.
    static func methodology(_ reading: Reading) -> Document.Section {
        let rules = reading.bundle.plan.rules
        return Document.Section(
            number: Number.methodology, title: "Methodology",
            finding: "What was done, generated from the record of the run.",
            blocks: [
                .definitions([
                    Document.Definition("Scenario", scenarios(reading)),
                    Document.Definition("Levels", levels(reading)),
                    Document.Definition("Interval", intervalMethod(rules)),
                    Document.Definition("Stopping", stopping(reading)),
                    Document.Definition("Processes", sizing(reading)),
                    Document.Definition("Warm-up", warmUp(reading)),
                    Document.Definition("Clock", clock(reading)),
                    Document.Definition("Order", order(reading)),
                    Document.Definition("Placement", placement(reading)),
                    Document.Definition("Instruction sets", instructionSets(reading.bundle.plan)),
                    Document.Definition("Working sets", workingSets(reading)),
                    Document.Definition("Correctness", correctness(reading)),
                    Document.Definition("Ceilings", ceilingMethod(reading)),
                    Document.Definition("Excluded", excluded(reading)),
                    Document.Definition("Noise floor", noiseFloor(reading.bundle)),
                ])
            ] + [coverage(reading)].compactMap { $0 })
    }

    private static func scenarios(_ reading: Reading) -> Prose {
        let names = Scenario.allCases.filter { scenario in
            reading.bundle.measurements.contains { $0.case.scenario == scenario }
        }
        guard !names.isEmpty else { return "No case was planned." }
        let list = Words.list(names.map { Words.setting($0.rawValue) })
        return Prose(
            "\(Words.capital(list)), in the semantics of MLPerf LoadGen; MLPerf-style, not MLPerf results."
                + durations(reading))
    }

    /// How long traffic lasted, held against the ten minutes that MLPerf asks for.
    private static func durations(_ reading: Reading) -> String {
        let seconds = reading.bundle.measurements.compactMap(\.case.scenarioSettings?.minimumDuration)
        guard let least = seconds.min(), let most = seconds.max() else { return "" }
        let range = least == most ? Words.duration(least) : "\(Words.duration(least)) to \(Words.duration(most))"
        let shorter =
            least < ScenarioSettings.mlperfDuration
            ? "; shorter than the \(Words.duration(ScenarioSettings.mlperfDuration)) that MLPerf asks for" : ""
        return " Traffic lasts at least \(range) in each process\(shorter)."
    }

    private static func levels(_ reading: Reading) -> Prose {
        let done = reading.completed
        guard !done.isEmpty else { return "No process completed." }
        return Prose(
            """
            \(Words.count(reading.measured.count, "case")) × \(Words.span(reading.measured.map(\.processes), "process", "processes")) × \
            \(Words.span(done.map(\.samples), "sample")). The published value is the median of the process medians; its interval \
            is taken over processes, so it covers what differs from process to process, not only within one.
            """)
    }

    private static func intervalMethod(_ rules: Rules) -> Prose {
        let target = Words.target(rules.sampleTarget)
        return Prose(
            """
            95\(Figures.narrowSpace)%, exact order statistics of the median; it exists from six processes on. Inside a process the \
            samples are looked at after \(rules.minimumSamples), \(2 * rules.minimumSamples), \(4 * rules.minimumSamples) … at \
            99\(Figures.narrowSpace)%, so that looking often buys no false confidence, until the half-width is at most \(target). \
            “±” is printed where both half-widths round alike; elsewhere both bounds are.
            """)
    }

    private static func warmUp(_ reading: Reading) -> Prose {
        let done = reading.completed.map(\.warmup)
        guard !done.isEmpty else { return "No process completed." }
        if done.allSatisfy({ $0 == 0 }) {
            return "Ends at a change point of the samples: none was found, none discarded."
        }
        let discarded = Words.span(done, "sample")
        return Prose(
            "Ends at a change point of the samples: \(discarded) a process \(done.max() == 1 ? "was" : "were") discarded."
        )
    }

    private static func order(_ reading: Reading) -> Prose {
        "Processes of all cases interleaved at random, seed \(code: String(reading.bundle.plan.seed)). One child process measures one case once."
    }

    private static func instructionSets(_ plan: Plan) -> Prose {
        guard let most = plan.instructionSet else {
            return "The best that each kernel and library finds; which ones ran stands beside each result."
        }
        return "At most \(code: most), as asked for; which ones ran stands beside each result."
    }

    private static func workingSets(_ reading: Reading) -> Prose {
        let last = reading.machine.topology.caches.filter { $0.type != .instruction }.max { $0.level < $1.level }
        let footprints = reading.measured.compactMap { $0.work?.footprint }.filter { $0 > 0 }
        guard let least = footprints.min(), let most = footprints.max() else { return "Not recorded." }
        let ends = [least, most].map { Figures.bytes(UInt64($0)) }.unique
        let range = ends.joined(separator: " to ")
        guard let last else { return Prose("\(range) of operands a case; the caches are unknown.") }
        return Prose(
            "\(range) of operands a case, against an L\(last.level) of \(Figures.bytes(last.bytes)) as reported. Inputs stay where "
                + "the iteration before left them; embedding lookup goes through so many sets of indices that rows are not "
                + "found in the caches, as far as 32 MiB of indices reach." + hugePages(reading) + coldCases(reading))
    }

    /// What was really got, by the kernel's own count, where huge pages were wished for.
    private static func hugePages(_ reading: Reading) -> String {
        let shares = reading.completed.compactMap { record -> Double? in
            guard let pages = record.pages, pages.bytes >= 2 << 20 else { return nil }
            if reading.measurement(record.case)?.case.asksForSmallPages ?? false { return nil }
            return Double(pages.hugeBytes) / Double(pages.bytes)
        }
        return shares.isEmpty
            ? ""
            : " Of tables, arrays and chains \(Words.range(percent: shares)) lay on huge pages, as the kernel counts them."
    }

    private static func coldCases(_ reading: Reading) -> String {
        let bytes = reading.measured.compactMap(\.case.rotatedBytes)
        guard let least = bytes.min() else { return "" }
        return
            " In cold cases iterations go in turn through at least \(Figures.bytes(UInt64(max(least, 0)))) of operands, so that "
            + "each finds its own in memory only."
    }

    private static func correctness(_ reading: Reading) -> Prose {
        let checked = reading.bundle.measurements.filter { $0.check != nil }
        guard !checked.isEmpty else { return "No result was checked." }
        let passed = checked.count { $0.check?.passes ?? false }
        return Prose(
            "Results are compared with the reference backend’s before anything is timed: \(passed) of "
                + "\(Words.count(checked.count, "checked case")) within the bound. What is compared stands below, by kernel."
        )
    }

    /// One row a kernel: the phrases have commas and semicolons of their own.
    private static func coverage(_ reading: Reading) -> Document.Block? {
        let checked = reading.bundle.measurements.filter { $0.check != nil }
        let rows = Kernel.allCases.compactMap { kernel -> (String, Prose)? in
            let phrases = checked.filter { $0.case.kernel == kernel }.compactMap(\.check?.coverage).unique
            return phrases.isEmpty ? nil : (kernel.title, Prose(phrases.joined(separator: ", or ")))
        }
        return rows.isEmpty ? nil : .table(.facts("What is compared with the reference", rows))
    }

    private static func ceilingMethod(_ reading: Reading) -> Prose {
        guard !reading.ceilings.isEmpty else { return "None was measured; no share is given." }
        return "Measured in the same run, in the same way, with the same threads; none is a vendor figure."
    }

    private static func excluded(_ reading: Reading) -> Prose {
        let all = reading.bundle.processes.count
        let counted = reading.measured.reduce(0) { $0 + $1.processes }
        let rest = all - counted
        guard all > 0 else { return "Nothing: no process ran." }
        guard rest > 0 else { return all == 1 ? "No process: the only one counts." : "No process: all \(all) count." }
        return
            "\(rest) of \(Words.count(all, "process", "processes")), listed in \(section: 14) and kept in the bundle."
    }

    private static func noiseFloor(_ bundle: Bundle) -> Prose {
        guard let floor = bundle.noiseFloor.value else { return "Not measured on this machine." }
        let share = Figures.percent(NoiseFloor.boundedShare(pairs: floor.pairs), decimals: 0)
        let source = floor.profile.map {
            " Measured by an earlier \("assay noise") on this machine in this state, \(Words.day($0.measured))."
        }
        return Prose(
            "\(Figures.percent(floor.value, decimals: 1)): the largest |log ratio| of \(Words.count(floor.pairs, "pair")) of "
                + "identical runs; so many bound \(share) of such differences with 95\(Figures.narrowSpace)% confidence."
                + (source ?? ""))
    }
}
