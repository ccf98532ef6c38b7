import Datasheet
import Document
import Model
import Statistics
import Testing

/// Sentences that would be false for some runs: each says what the recording supports.
struct TruthTests {
    private func words(_ section: Int, _ change: (inout Recording) -> Void = { _ in }) -> String {
        var recording = Synthetic.normal()
        change(&recording)
        return Datasheet.compose(recording).sections.first { $0.number == section }?.words ?? ""
    }

    @Test func theClockIsHeldAgainstTheShortestSampleThatCounts() {
        func shorten(_ index: Int) -> String {
            words(9) { recording in
                guard let place = recording.samples.firstIndex(where: { $0.index == index }) else { return }
                recording.samples[place].seconds = 0.00042
            }
        }
        #expect(
            shorten(5).contains("The shortest sample after warm-up lasted 420\u{A0}µs: two readings are 0.010\u{202F}%")
        )
        #expect(!shorten(0).contains("420"))
        #expect(!shorten(5).contains("at least 100"))
        #expect(words(9) { $0.samples = [] }.contains("There are no samples to hold this against."))
    }

    @Test func reordersStandApartAndOnlyWhereThereAreAny() {
        #expect(words(10).contains("Reorders, which are no part of the results"))
        #expect(words(10).contains("1.3\u{A0}ms"))
        let without = words(10) { recording in
            for place in recording.bundle.measurements.indices { recording.bundle.measurements[place].reorder = nil }
        }
        #expect(!without.contains("Reorders"))
    }

    @Test func whatLiesInMemoryIsSaid() {
        #expect(words(17).contains("m 1024, n 1024, k 1024; f32→f32"))
        let change = { (recording: inout Recording) in
            for place in recording.bundle.measurements.indices {
                let planned = recording.bundle.measurements[place].case
                guard case .convolution = planned.shape else { continue }
                recording.bundle.measurements[place].case.dataType = .int8
                recording.bundle.measurements[place].case.cache = .cold
                recording.bundle.measurements[place].case.rotatedBytes = 256 << 20
            }
        }
        #expect(words(17, change).contains("u8·s8→u8; cold: 256\u{A0}MiB of operands in turn"))
        #expect(words(9, change).contains("In cold cases iterations go in turn through at least 256\u{A0}MiB"))
        #expect(!words(9).contains("cold cases"))
    }

    @Test func whereThreadsAndMemoryWereIsWhatTheCasesSay() {
        #expect(words(9).contains("Threads pinned, one a core; memory from the local node; every process was bound"))
        let spread = words(9) { recording in
            recording.bundle.measurements[0].case.placement.policy = .spreadUnits
            recording.bundle.measurements[1].case.placement.policy = .allUnits
            recording.bundle.measurements[1].case.placement.memory = .interleave
            recording.bundle.measurements[2].case.placement.node = 1
            recording.bundle.measurements[2].case.placement.memory = .node(0)
        }
        #expect(spread.contains("Threads pinned, one a core, in 2 of 14 cases on SMT siblings too"), "\(spread)")
        #expect(spread.contains(", in 1 of 14 cases dealt to the NUMA nodes in turn"))
        #expect(
            spread.contains(", in 1 of 14 cases on the cores of one NUMA node; memory from the local node in 12 of 14"))
        #expect(
            spread.contains("from all NUMA nodes in turn in 1 of 14 cases and from one node that the case names in 1"))
        let interleaved = words(9) { recording in
            for place in recording.bundle.measurements.indices {
                recording.bundle.measurements[place].case.placement.memory = .interleave
                recording.bundle.measurements[place].case.placement.policy = .allUnits
            }
        }
        #expect(interleaved.contains("Threads pinned, on SMT siblings too; memory from all NUMA nodes in turn;"))
    }

    @Test func aForcedInstructionSetIsSaid() {
        let limited = { (recording: inout Recording) in recording.bundle.plan.instructionSet = "avx2" }
        #expect(words(9, limited).contains("At most avx2"))
        #expect(words(3, limited).contains("Instruction sets above avx2 were not used"))
        #expect(!words(3).contains("were not used"))
    }

    @Test func aResumedRunHasNoEnd() {
        let resumed = words(1) { $0.bundle.resumed = 2 }
        #expect(resumed.contains("Begun 23 November 2026, 09:00:00 UTC; measuring took 43\u{A0}s in all"))
        #expect(resumed.contains("2 times"))
        #expect(!resumed.contains("–09:00"))
        #expect(words(1).contains("09:00:00–09:00:42 UTC"))
    }

    @Test func unconvergedCasesAreCountedByTheirRule() {
        let rules =
            "with fewer than six processes; or where the printed half-width is above 5\u{202F}%; or where more"
        #expect(words(9).contains(rules))
        let mixed = words(9, Self.unconverge)
        #expect(
            mixed.contains("3 cases (1 with fewer than six processes and so without an interval, 1 with a half-width"))
        #expect(mixed.contains("1 stopped by the cap of most of the processes"))
    }

    @Test func cautionsAboutUnconvergedCasesAreTrueForTheMix() {
        let cautions = words(3, Self.unconverge)
        #expect(cautions.contains("3 cases are unconverged"))
        #expect(cautions.contains("1 with fewer than six processes and so without an interval"))
        #expect(!cautions.contains("wider intervals than asked for"))
    }

    /// One case by each rule.
    private static func unconverge(_ recording: inout Recording) {
        for (place, half) in [(1, 0.0), (3, 0.2), (6, 0.02)] {
            recording.bundle.measurements[place].status = .unconverged
            recording.bundle.measurements[place].reason = "test"
            let value = recording.bundle.measurements[place].metrics[0].value
            let interval = Interval(lower: value * (1 - half), upper: value * (1 + half), level: 0.97)
            recording.bundle.measurements[place].metrics[0].interval = half == 0 ? nil : interval
        }
        let capped = recording.bundle.measurements[6].case.id
        for place in recording.bundle.processes.indices where recording.bundle.processes[place].case == capped {
            recording.bundle.processes[place].outcome = .completed(.timeCap)
        }
    }

    @Test func casesWithoutATurnAreNotCalledImpossible() {
        let cut = words(3) { recording in
            recording.bundle.interrupted = "time limit"
            let lost = recording.bundle.measurements[0].case.id
            recording.bundle.measurements[0].status = .skipped
            recording.bundle.measurements[0].metrics = []
            recording.bundle.processes.removeAll { $0.case == lost }
        }
        #expect(cut.contains("1 case did not get its turn. The run ended first: time limit."))
        #expect(cut.contains("1 case could not be run here"))
    }

    @Test func theBoundsOfAProcessAreThoseOfTheMethod() {
        let busy = words(16) { $0.bundle.processes[0].interference?.involuntarySwitches = 500 }
        #expect(busy.contains("Involuntary switches, a second and thread"))
        #expect(busy.contains("100\n1 of"))
        #expect(busy.contains("5.0\u{202F}%"))
        #expect(busy.contains("a case is noisy where more than a third"))
        #expect(words(16) { $0.environment[3].cpuPressure = 0.9 }.contains("CPU pressure (PSI)."))
    }

    @Test func coverageStandsByKernel() {
        let text = words(9) { $0.bundle.measurements[0].check?.coverage = "sampled, and all; exactly" }
        #expect(text.contains("Matrix multiply\nsampled, and all; exactly, or random projection over all outputs"))
        #expect(text.contains("Convolution\nrandom projection over all outputs"))
    }

    /// Two counts are one ratio and no advice.
    @Test func aThreadCountIsChosenFromThreeCountsOn() {
        let two = words(3)
        #expect(!two.contains("choose a thread count"))
        #expect(two.contains("see what was gained from one thread to two; no other count was measured"))
        let three = words(3) { recording in
            var more = recording.bundle.measurements[1]
            more.case.id = "000000000009"
            more.case.threads = 4
            recording.bundle.measurements.append(more)
        }
        #expect(three.contains("choose a thread count") && !three.contains("no other count"))
        #expect(!words(3) { $0.bundle.measurements.removeAll { $0.case.threads == 1 } }.contains("thread count"))
    }

    @Test func bytesOfLookupsAndOfRandomRowsAreToldApart() {
        let sentence = "Their bandwidths are therefore counted differently; the share is of rows a second"
        #expect(!words(10).contains(sentence))
        let gather = words(10) { recording in
            var rows = recording.bundle.measurements[8]
            rows.case.id = "000000000009"
            rows.case.kernel = .rowGather
            rows.case.workload = "random rows 4M×128 f32"
            recording.bundle.measurements.append(rows)
        }
        #expect(gather.contains(sentence))
    }

    /// Older bundles wrote both with one decimal.
    @Test func aHalfWidthAboveItsTargetNeverLooksEqual() throws {
        let change = { (recording: inout Recording) in
            let value = recording.bundle.measurements[6].metrics[0].value
            recording.bundle.measurements[6].metrics[0].interval = Interval(
                lower: value * 0.9496, upper: value * 1.0504, level: 0.95)
            recording.bundle.measurements[6].reason = "run-to-run half-width 5.0 %, target 5.0 %"
        }
        for section in [3, 14] {
            let text = words(section, change)
            #expect(text.contains("un-to-run half-width 5.04 %, target 5.0 %") && !text.contains("width 5.0 %"))
        }
    }

    @Test func aGenerationIsDerivedAndSaidToBe() {
        let document = Datasheet.compose(Synthetic.normal())
        #expect(document.title.hasSuffix("virtual machine, Zen 4 (Genoa) by family and model"))
        #expect(words(4).contains("Zen 4 (Genoa), derived from family 25, model 17; the machine does not state it"))
        let unknown = { (recording: inout Recording) in recording.bundle.machine.processor.modelNumber = .known(99) }
        #expect(!words(4, unknown).contains("derived from"))
        let arm = { (recording: inout Recording) in
            recording.bundle.machine.processor.vendor = .known("ARM")
            recording.bundle.machine.processor.model = .known("Neoverse-N1")
            recording.bundle.machine.processor.family = .unknown("none")
            recording.bundle.machine.processor.modelNumber = .known(0xd0c)
        }
        #expect(words(4, arm).contains("Neoverse N1 (Ares), derived from implementer ARM, part 0xd0c"))
        #expect(words(1, arm).contains("Neoverse-N1 virtual machine, named by implementer and part"))
    }

    @Test func theSpreadSaysOfWhat() {
        #expect(words(10).contains("Spread of the time per iteration"))
        #expect(words(10).contains("Both are of the time per iteration, not of the rate in the results."))
    }

    @Test func aGainFromThreadsHasItsRange() {
        let text = words(10) { recording in
            for (place, value) in [(0, 100e9), (1, 198e9)] {
                recording.bundle.measurements[place].metrics[0].value = value
                recording.bundle.measurements[place].metrics[0].interval = Interval(
                    lower: value - 1e9, upper: value + 1e9, level: 0.97)
            }
        }
        #expect(text.contains("× 1.98\n1.95 – 2.01"))
    }

    @Test func theSeedIsWrittenAsItIsTyped() {
        let document = Datasheet.compose(Synthetic.normal())
        #expect(document.identity.text.contains("seed 32570"))
        for number in [9, 15] { #expect(words(number).contains("seed 32570"), "\(number)") }
        #expect(!words(15).contains("7f3a"))
    }

    @Test func reproductionNamesADirectoryAndPromisesNothingAfterACut() {
        #expect(words(15).contains("assay verify DIRECTORY"))
        #expect(words(15).contains("DIRECTORY is the directory that holds this bundle."))
        #expect(words(15).contains("Expect about"))
        let cut = words(15) { $0.bundle.interrupted = "SIGINT" }
        #expect(cut.contains("The run was cut off after 43\u{A0}s"))
        #expect(!cut.contains("Expect about"))
    }

    @Test func onesAreSingular() {
        let text = words(9) { recording in
            for place in recording.bundle.measurements.indices { recording.bundle.measurements[place].processes = 1 }
        }
        #expect(text.contains("× 1 process ×"))
        #expect(
            words(4) { $0.bundle.machine.limits.cpuQuota = .unknown("no such file") }
                .contains("CPU quota\nunknown: no such file"))
        #expect(words(4).contains("CPU quota\nunlimited"))
    }

    /// Eleven thousand cases take about as long as a hundred times a hundred and ten, not the square of that.
    @Test(.timeLimit(.minutes(1))) func manyCasesTakeTimeInProportion() {
        var recording = Synthetic.normal()
        let some = recording.bundle.measurements
        recording.bundle.measurements = (0..<700).flatMap { round in
            some.map { measurement in
                var copy = measurement
                copy.case.id += "-\(round)"
                copy.case.workload += " \(round)"
                return copy
            }
        }
        recording.bundle.plan.cases = recording.bundle.measurements.map(\.case)
        #expect(Datasheet.compose(recording).sections.count == 16)
    }
}
