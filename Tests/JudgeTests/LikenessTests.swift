import Judge
import Model
import TestSupport
import Testing

/// Equal likeness is what the judge asks before it compares: held against it over everything that can differ.
@Suite struct LikenessTests {
    private static let changes: [(String, @Sendable (inout Measurement) -> Void)] = [
        ("nothing", { _ in }),
        ("name", { $0.case.workload = "another name" }),
        ("shape", { $0.case.shape = .matmul(MatmulShape(m: 64, n: 64, k: 65)) }),
        ("layout", { $0.case.shape = .matmul(MatmulShape(m: 64, n: 64, k: 64, transposeA: true)) }),
        ("type", { $0.case.dataType = .bf16 }),
        ("backend", { $0.case.backend = .cblas }),
        ("scenario", { $0.case.scenario = .server }),
        ("threads", { $0.case.threads = 2 }),
        ("units", { $0.case.placement.processingUnits = [1] }),
        ("memory", { $0.case.placement.memory = .interleave }),
        ("node", { $0.case.placement.node = 0 }),
        ("cache", { $0.case.cache = .cold }),
        ("policy", { $0.case.placement.policy = .spreadCores }),
        ("library", { $0.implementation?.library = "Other" }),
        ("version", { $0.implementation?.version = "9" }),
        ("instructions", { $0.implementation?.reported = "avx2" }),
        ("algorithm", { $0.implementation?.reported = "brg:avx512f" }),
        ("path", { $0.implementation?.path = "/opt" }),
        ("untold", { $0.implementation = nil }),
    ]

    @Test func itAgreesWithTheJudgeOnEveryPair() throws {
        var options = Judge.Options()
        options.resamples = 0
        let runs = Self.changes.enumerated().map { index, change in
            sampleRun(0.1, id: "run\(index)") { change.1(&$0.measurements[0]) }
        }
        var forbidden = 0
        for (base, from) in zip(runs, Self.changes) {
            for (new, to) in zip(runs, Self.changes) {
                let comparison = Judge.compare(base: [base], new: new, options: options)
                let pair = try #require(comparison.pairs.first)
                let (one, other) = (base.bundle.measurements[0], new.bundle.measurements[0])
                let allowed = Likeness(one.case, one.implementation).allows(Likeness(other.case, other.implementation))
                #expect(allowed == (pair.verdict != .notComparable), "\(from.0) → \(to.0): \(pair.reason ?? "")")
                forbidden += allowed ? 0 : 1
            }
        }
        #expect(forbidden > 200)
    }
}
