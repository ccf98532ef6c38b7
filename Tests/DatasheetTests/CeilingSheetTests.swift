import Datasheet
import Document
import Model
import Statistics
import Testing

/// What a sheet says of ceilings that cannot be relied on, and of those that only say something together.
struct CeilingSheetTests {
    private func sheet(_ change: (inout Recording) -> Void) -> Document {
        var recording = Synthetic.normal()
        change(&recording)
        return Datasheet.compose(recording)
    }

    private func results(_ change: (inout Recording) -> Void = { _ in }) -> String {
        sheet(change).sections.first { $0.number == 10 }?.words ?? ""
    }

    /// Words of the table whose caption begins so.
    private func table(_ caption: String, _ change: (inout Recording) -> Void) -> String {
        for case .table(let table) in sheet(change).sections.first(where: { $0.number == 10 })?.blocks ?? []
        where table.caption.hasPrefix(caption) {
            return Document.Block.table(table).words
        }
        return ""
    }

    private func place(_ kernel: Kernel, threads: Int) -> Int {
        Synthetic.normal().bundle.measurements.firstIndex {
            $0.case.kernel == kernel && $0.case.threads == threads
        } ?? 0
    }

    @Test func aShareOfAnUnsoundCeilingIsMarked() {
        #expect(!results().contains("ceiling noisy"))
        let peak = place(.peakCompute, threads: 2)
        let marked = results { $0.bundle.measurements[peak].status = .noisy }
        #expect(marked.contains("%: ceiling noisy"))
        let glance = sheet { $0.bundle.measurements[peak].status = .unconverged }.glance
        let shares = glance.headlines.rows.compactMap { row -> Document.Share? in
            if case .share(let share) = row.share.content { share } else { nil }
        }
        #expect(shares.contains { $0.text.contains("ceiling unconverged") && $0.isHollow })
        #expect(shares.contains { !$0.text.contains("ceiling") && !$0.isHollow })
    }

    @Test func whatTheBundleSaysIsShown() {
        let matmul = place(.matmul, threads: 2)
        let marked = results { $0.bundle.measurements[matmul].share?.doubt = .aboveCeiling }
        #expect(marked.contains("%: ceiling too low"))
    }

    @Test func doubtsAreAmongTheCautions() {
        func limits(_ change: (inout Recording) -> Void) -> String {
            sheet(change).sections.first { $0.number == 3 }?.words ?? ""
        }
        let triad = place(.streamTriad, threads: 2)
        let doubtful = limits { $0.bundle.measurements[triad].status = .noisy }
        let sound = limits { _ in }
        #expect(doubtful.contains("on a ceiling that is not sound"))
        #expect(!sound.contains("not sound"))
    }

    /// The chase of the synthetic run, made into cells and points.
    private func copies(_ change: @escaping (Int, inout Measurement) -> Void, count: Int) -> (inout Recording) -> Void {
        let chase = place(.pointerChase, threads: 1)
        return { recording in
            let original = recording.bundle.measurements[chase]
            for index in 0..<count {
                var copy = original
                copy.case.id = "00000000000\(index)"
                change(index, &copy)
                recording.bundle.measurements.append(copy)
            }
        }
    }

    @Test func nodesMakeAMatrix() {
        let nodes = copies(
            { index, measurement in
                measurement.case.workload = "latency, node \(index / 2) → memory \(index % 2)"
                measurement.case.placement.node = index / 2
                measurement.case.placement.memory = .node(index % 2)
                measurement.metrics[0].value = Double(100 + 10 * index) * 1e-9
            }, count: 4)
        let text = results(nodes)
        #expect(text.contains("Memory latency between NUMA nodes, ns, one thread"))
        #expect(text.contains("cores of node 1"))
        // A cell of the matrix is no line of the table of ceilings.
        #expect(!table("Ceilings, measured", nodes).contains("latency, node 0 → memory 1"))
        let single = copies(
            { _, measurement in
                measurement.case.workload = "latency, node 0 → memory 0"
                measurement.case.placement.node = 0
                measurement.case.placement.memory = .node(0)
            }, count: 1)
        #expect(table("Ceilings, measured", single).contains("latency, node 0 → memory 0"))
        #expect(!results(single).contains("between NUMA nodes"))
    }

    @Test func aSweepIsDrawnAndDoesNotStandForTheMachine() {
        let sweep = copies(
            { index, measurement in
                measurement.case.workload = "latency \(1 << index) GiB, small pages"
                measurement.case.shape = .pointerChase(BufferShape(bytes: 1 << (30 + index), pages: .small))
            }, count: 5)
        let document = sheet(sweep)
        let titles = document.sections.first { $0.number == 10 }?.words ?? ""
        #expect(titles.contains("Latency by working set"))
        let notes = document.glance.headlines.rows.map(\.note)
        #expect(!notes.contains { $0.contains("small pages") })
    }

    /// 32 MiB behind 256 MiB that are shown, on pages of which `huge` are huge.
    private func sweepOfAHost(huge: Double = 1, shown: UInt64 = 256 << 20) -> (inout Recording) -> Void {
        let sweep = copies(
            { index, measurement in
                let bytes = 2 << (20 + index)
                let seconds = bytes <= 32 << 20 ? 13e-9 : 110e-9
                measurement.case.workload = "latency \(bytes >> 20) MiB, huge pages"
                measurement.case.shape = .pointerChase(BufferShape(bytes: bytes, pages: .huge))
                measurement.status = .valid
                measurement.metrics[0].value = seconds
                measurement.metrics[0].interval = Interval(lower: 0.97 * seconds, upper: 1.03 * seconds, level: 0.95)
            }, count: 8)
        let chase = place(.pointerChase, threads: 1)
        return { recording in
            sweep(&recording)
            recording.bundle.machine.topology.caches = [
                Cache(level: 3, type: .unified, bytes: shown, count: 1),
                Cache(level: 2, type: .unified, bytes: 1 << 20, count: 2),
            ]
            let original = recording.bundle.processes.first { $0.case == recording.bundle.measurements[chase].case.id }
            for index in 0..<8 {
                guard var record = original else { continue }
                record.case = "00000000000\(index)"
                record.pages = PageUse(bytes: 1 << 20, hugeBytes: Int(huge * 0x1p20))
                recording.bundle.processes.append(record)
            }
        }
    }

    @Test func aCacheThatServesLessThanIsReportedIsAClaim() {
        func system(_ change: (inout Recording) -> Void) -> String {
            sheet(change).sections.first { $0.number == 4 }?.words ?? ""
        }
        let told = system(sweepOfAHost())
        #expect(told.contains("L3 cache as served"))
        #expect(told.contains("256\u{a0}MiB, as reported"))
        #expect(told.contains("less than 64\u{a0}MiB for one thread: a load takes 13.00\u{a0}ns at 32\u{a0}MiB"))
        #expect(told.contains("latency sweep of section 10"))
        let cautions = sheet(sweepOfAHost()).sections.first { $0.number == 3 }?.words ?? ""
        #expect(cautions.contains("L3 cache as served: not what is reported"))
        #expect(!system(sweepOfAHost(shown: 32 << 20)).contains("as served"))
        // Small pages where huge ones were asked for: it may be the translation of addresses that takes the time.
        #expect(!system(sweepOfAHost(huge: 0.5)).contains("as served"))
        #expect(!system { _ in }.contains("as served"))
    }

    @Test func hugePagesAreToldAsTheKernelCountsThem() {
        func method(_ huge: Int, _ shape: Shape? = nil) -> String {
            let document = sheet { recording in
                let chase = recording.bundle.measurements[place(.pointerChase, threads: 1)].case.id
                for index in recording.bundle.processes.indices where recording.bundle.processes[index].case == chase {
                    recording.bundle.processes[index].pages = PageUse(bytes: 256 << 20, hugeBytes: huge)
                }
                if let shape { recording.bundle.measurements[place(.pointerChase, threads: 1)].case.shape = shape }
            }
            return document.sections.first { $0.number == 9 }?.words ?? ""
        }
        #expect(method(256 << 20).contains("100\u{202F}% lay on huge pages"))
        #expect(method(0).contains("0\u{202F}% lay on huge pages"))
        #expect(!method(0, .pointerChase(BufferShape(bytes: 256 << 20, pages: .small))).contains("lay on huge pages"))
    }

    @Test func ofSeveralPeaksTheHighestIsDrawn() throws {
        let peak = place(.peakCompute, threads: 2)
        let document = sheet { recording in
            var lower = recording.bundle.measurements[peak]
            lower.case.id = "000000000001"
            lower.case.workload = "peak sse2 f32"
            lower.case.shape = .peak(PeakShape(instructionSet: "sse2"))
            lower.metrics[0].value /= 4
            recording.bundle.measurements.insert(lower, at: 0)
        }
        guard case .roofline(let chart)? = document.glance.figure?.chart else {
            Issue.record("no roofline")
            return
        }
        #expect(chart.ceilings.filter { $0.kind == .flat && !$0.isContext }.count == 1)
        #expect(try #require(chart.ceilings.first { $0.kind == .flat }).value > 200)
    }
}
