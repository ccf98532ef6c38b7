import Judge
import Model
import TestSupport
import Testing

/// A case that was measured at `rate` units of work a second, in six processes alike.
private struct Measured {
    var planned: Case
    var work: Work
    var seconds: Double
    var outcome: ProcessRecord.Outcome = .completed(.converged)

    init(_ name: String, _ shape: Shape, _ type: DataType = .f32, threads: Int = 1, work: Work, seconds: Double = 1) {
        planned = SampleRun.plannedCase(name, shape.kernel, shape, type: type, threads: threads)
        self.work = work
        self.seconds = seconds
    }
}

private func work(flops: Double = 0, bytes: Double = 0, lookups: Double = 0) -> Work {
    Work(flops: flops, bytes: bytes, lookups: lookups, footprint: 0)
}

private func measure(_ all: [Measured]) -> [Measurement] {
    var records: [ProcessRecord] = []
    var samples: [Sample] = []
    for process in 0..<6 {
        for measured in all {
            var record = SampleRun.record(
                measured.planned, process: process, order: records.count, work: measured.work)
            record.outcome = measured.outcome
            records.append(record)
            if case .completed = measured.outcome {
                samples += SampleRun.samples(measured.planned, process: process, seconds: measured.seconds)
            }
        }
    }
    let plan = Plan(suite: "s", seed: 1, cases: all.map(\.planned), rules: SampleRun.rules, skipped: [])
    return Summary.measurements(plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil)
}

private func matmul(_ type: DataType, flops: Double, bytes: Double = 1) -> Measured {
    Measured(
        "matmul \(type.rawValue)", .matmul(MatmulShape(m: 8, n: 8, k: 8)), type, work: work(flops: flops, bytes: bytes))
}

private func peak(_ name: String, _ type: DataType, flops: Double) -> Measured {
    Measured("peak \(name) \(type.rawValue)", .peak(PeakShape(instructionSet: name)), type, work: work(flops: flops))
}

private let triad = Measured(
    "triad f64", .streamTriad(BufferShape(bytes: 1 << 20)), .f64, work: work(bytes: 10))

private let lookups = EmbeddingShape(rows: 1000, dimension: 4, bag: 2, batch: 3)

private func embedding(_ shape: EmbeddingShape, _ type: DataType = .f32, rows: Double) -> Measured {
    Measured(
        "embedding \(type.rawValue)", .embedding(shape), type, work: work(flops: 1, bytes: 5, lookups: rows))
}

private func gather(_ shape: EmbeddingShape, _ type: DataType = .f32, rows: Double, name: String = "gather")
    -> Measured
{
    Measured("\(name) \(type.rawValue)", .rowGather(shape), type, work: work(bytes: 5, lookups: rows))
}

@Suite struct CeilingTests {
    @Test func theBestInstructionSetOfTheTypeIsThePeak() throws {
        let found = measure([
            matmul(.f32, flops: 30), matmul(.int8, flops: 100), peak("avx2", .f32, flops: 50),
            peak("avx512f", .f32, flops: 60), peak("avx512_vnni", .int8, flops: 200), peak("amx", .int8, flops: 400),
        ])
        #expect(found[0].share == Share(of: "peak avx512f f32", value: try #require(found[0].share).value))
        #expect(abs(try #require(found[0].share).value - 0.5) < 1e-9)
        #expect(found[1].share?.of == "peak amx int8")
        #expect(found[1].metrics[0].unit == "OP/s" && found[5].metrics[0].unit == "OP/s")
        #expect(found[0].metrics[0].unit == "FLOP/s")
    }

    @Test func operationsOnPaddingCountForNothingAgainstThePeak() throws {
        let shape = ConvolutionShape(
            batch: 1, channels: 1, height: 7, width: 7, filters: 1, filterHeight: 3, filterWidth: 3, stride: 1,
            padding: 1)
        // 441 pairs a channel are counted, 19 · 19 = 361 of them meet the image.
        let found = measure([
            Measured("convolution", .convolution(shape), work: work(flops: 44.1, bytes: 1)),
            peak("avx2", .f32, flops: 72.2),
        ])
        #expect(abs(try #require(found[0].share).value - 0.5) < 1e-9)
    }

    @Test func aTypeWithoutInstructionsIsBoundByWhatItIsConvertedTo() throws {
        var lacking = peak("avx512_bf16", .bf16, flops: 0)
        lacking.outcome = .skipped("this processor has no AVX512-BF16")
        let found = measure([matmul(.bf16, flops: 30), lacking, peak("avx2", .f32, flops: 50)])
        #expect(found[1].status == .skipped)
        #expect(found[0].share?.of == "peak avx2 f32")
        // Not measured at all is another matter: then nothing is known.
        #expect(measure([matmul(.bf16, flops: 30), peak("avx2", .f32, flops: 50)])[0].share == nil)
    }

    @Test func theBandwidthIsOfTheInnermostCacheThatHoldsTheOperands() {
        let cache = { (level: Int, capacity: Int, bytes: Double) in
            Measured(
                "read L\(level)", .cacheRead(CacheShape(level: level, bytes: 1024, capacity: capacity)),
                work: work(bytes: bytes))
        }
        let ceilings = [peak("avx2", .f32, flops: 1e9), triad, cache(1, 100, 80), cache(2, 1000, 40)]
        func binding(_ bytes: Double) -> String? {
            measure([matmul(.f32, flops: 1, bytes: bytes)] + ceilings)[0].share?.of
        }
        #expect(binding(100) == "read L1")
        #expect(binding(101) == "read L2")
        #expect(binding(1001) == "triad f64")
    }

    @Test func lookupsAreHeldAgainstTheSameRows() throws {
        let found = measure([
            embedding(lookups, rows: 9), triad, gather(lookups, rows: 10),
            gather(EmbeddingShape(rows: 999, dimension: 4, bag: 2, batch: 3), rows: 20, name: "fewer"),
            gather(lookups, .bf16, rows: 30, name: "narrower"),
            gather(
                EmbeddingShape(rows: 1000, dimension: 4, bag: 2, batch: 3, distribution: .zipf, exponent: 1.05),
                rows: 40, name: "skewed"),
        ])
        let share = try #require(found[0].share)
        #expect(share.of == "gather f32")
        #expect(abs(share.value - 0.9) < 1e-9)
        #expect(share.doubt == nil)
    }

    @Test func aBatchOfAnotherSizeReadsTheSameRows() {
        var batch = lookups
        batch.batch = 77
        batch.isWeighted = true
        #expect(measure([embedding(batch, rows: 9), gather(lookups, rows: 10)])[0].share?.of == "gather f32")
    }

    @Test func withoutRandomRowsMemoryIsTheCeiling() {
        #expect(measure([embedding(lookups, rows: 9), triad])[0].share == Share(of: "triad f64", value: 0.5))
        var backward = lookups
        backward.direction = .backward
        let found = measure([embedding(backward, rows: 9), triad, gather(lookups, rows: 10)])
        #expect(found[0].share?.of == "triad f64")
    }

    @Test func severalTablesAreHeldAgainstTheSameTables() {
        let tables = EmbeddingShape(tables: [.init(rows: 9, bag: 1), .init(rows: 5, bag: 3)], dimension: 4, batch: 3)
        var other = tables
        other.tables[1].bag = 2
        #expect(measure([embedding(tables, rows: 9), gather(tables, rows: 10)])[0].share?.of == "gather f32")
        #expect(measure([embedding(tables, rows: 9), gather(other, rows: 10)])[0].share == nil)
    }

    @Test func otherThreadsAndOtherNodesAreOtherCeilings() {
        var wide = peak("avx2", .f32, flops: 50)
        wide.planned = SampleRun.plannedCase("peak two", .peakCompute, .peakCompute, threads: 2)
        #expect(measure([matmul(.f32, flops: 30), wide])[0].share == nil)
        var far = triad
        far.planned.placement.node = 0
        far.planned.placement.memory = .node(1)
        #expect(measure([embedding(lookups, rows: 9), far])[0].share == nil)
    }

    @Test func aDoubtfulShareIsFlagged() throws {
        #expect(measure([matmul(.f32, flops: 60), peak("avx2", .f32, flops: 50)])[0].share?.doubt == .aboveCeiling)
        // Three processes of six make no interval.
        let ceiling = peak("avx2", .f32, flops: 50)
        var records: [ProcessRecord] = []
        var samples: [Sample] = []
        let kernel = matmul(.f32, flops: 30)
        for process in 0..<6 {
            records.append(SampleRun.record(kernel.planned, process: process, order: process, work: kernel.work))
            samples += SampleRun.samples(kernel.planned, process: process, seconds: 1)
            guard process < 3 else { continue }
            records.append(SampleRun.record(ceiling.planned, process: process, order: process, work: ceiling.work))
            samples += SampleRun.samples(ceiling.planned, process: process, seconds: 1)
        }
        let plan = Plan(
            suite: "s", seed: 1, cases: [kernel.planned, ceiling.planned], rules: SampleRun.rules, skipped: [])
        let found = Summary.measurements(plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil)
        #expect(found[1].status == .unconverged)
        #expect(try #require(found[0].share).doubt == .ceilingUnconverged)
    }
}
