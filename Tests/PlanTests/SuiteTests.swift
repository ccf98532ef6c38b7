import Model
import Plan
import Testing

private let shapes = """
    workloads:
      - {name: small, title: small matmul, kernel: matmul, shape: {m: 8, n: 8, k: 8}}
      - {name: triad, kernel: streamTriad, shape: {lastLevelCaches: 4, atLeast: 64MiB}}
      - {name: huge, kernel: matmul, shape: {m: 1000000, n: 1000000, k: 4}}
    """

private func catalogue(_ suite: String, _ workloads: String = shapes) throws -> Catalogue {
    var catalogue = Catalogue()
    try catalogue.read(workloads, file: "shapes.yaml")
    try catalogue.read(suite, file: "mine.yaml")
    return catalogue
}

private func problem(_ suite: String, _ workloads: String = shapes) -> PlanError? {
    do {
        _ = try catalogue(suite, workloads)
        return nil
    } catch {
        return error as? PlanError
    }
}

@Suite struct SuiteTests {
    @Test func aSuiteStandsForItsCombinations() throws {
        let suite = try catalogue(
            """
            suite: mine
            rules: {processes: 7, processTime: 300ms, sampleTarget: 2%, timeLimit: 5m}
            cases:
              - {workload: small, dataTypes: [f32, bf16], backends: [onednn, cblas], threads: [1, all]}
              - {workload: triad}
            """
        ).suite("mine")
        #expect(suite.rules.processes == 7)
        #expect(suite.rules.processSeconds == 0.3)
        #expect(suite.rules.sampleTarget == 0.02)
        #expect(suite.rules.timeLimit == 300)
        #expect(suite.entries.count == 2)
        #expect(suite.entries[0].threads == [.exactly(1), .all])
        let plan = Planner.plan([suite], on: machine(cores: 2), seed: 1)
        #expect(plan.cases.count == 9)
    }

    @Test func aFileWithoutANameTakesItsOwn() throws {
        let found = try catalogue("cases: [{workload: small}]").suite("mine")
        #expect(found.entries[0].workload.title == "small matmul")
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        var yaml: String
        var line: Int?
        var says: [String]
        var testDescription: String { yaml }
    }

    @Test(arguments: [
        Bad(yaml: "cases:\n  - {workload: smal}", line: 2, says: ["unknown workload smal", "did you mean small"]),
        Bad(yaml: "cases:\n  - {workload: small, theads: [1]}", line: 2, says: ["unknown key theads", "threads"]),
        Bad(yaml: "cases:\n  - workload: small\n    threads: [zero]", line: 3, says: ["cases[0].threads[0]", "zero"]),
        Bad(yaml: "cases:\n  - workload: small\n    threads: [-2]", line: 3, says: ["-2 is not positive"]),
        Bad(yaml: "cases:\n  - workload: small\n    dataTypes: [f31]", line: 3, says: ["f31", "did you mean"]),
        Bad(yaml: "cases: 3", line: 1, says: ["cases", "a list is needed"]),
        Bad(yaml: "cases: []", line: 1, says: ["is empty"]),
        Bad(yaml: "rules: {processes: 0}\ncases: [{workload: small}]", line: 1, says: ["rules.processes", "0"]),
        Bad(yaml: "rules: {processes: many}\ncases: [{workload: small}]", line: 1, says: ["whole number"]),
        Bad(yaml: "rules: {sampleTarget: 140%}\ncases: [{workload: small}]", line: 1, says: ["share"]),
        Bad(yaml: "rules: {timeLimit: soon}\ncases: [{workload: small}]", line: 1, says: ["a time such as"]),
        Bad(yaml: "cases: [{workload: small}", line: nil, says: ["not YAML"]),
        Bad(yaml: "cases: [{workload: small}]\ncases: [{workload: small}]", line: nil, says: ["twice"]),
        Bad(yaml: "", line: nil, says: ["is empty"]),
        Bad(yaml: "about: nothing", line: 1, says: ["neither"]),
        Bad(
            yaml: "x: !!seq &x [a-\"b, a]\ny: [a-\"b, *x, *x]\ncases: [{workload: small}]", line: 1,
            says: ["not accepted"]),
        Bad(yaml: "cases:\n  - {workload: small, threads: [1, 1]}", line: 2, says: ["cases[0].threads[1]", "twice"]),
        Bad(
            yaml: "cases:\n  - {workload: small, threads: [\((1...65).map(String.init).joined(separator: ","))]}",
            line: 2,
            says: ["64 are the most"]),
        Bad(
            yaml: "cases:\n" + String(repeating: "  - {workload: small}\n", count: 4097), line: 2,
            says: ["4096 are the most"]),
        Bad(
            yaml: "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ncases: [{workload: small}]", line: 1,
            says: ["anchors", "not accepted"]),
        Bad(yaml: "? *a\n: x", line: 1, says: ["not accepted"]),
        Bad(yaml: String(repeating: "[", count: 5000), line: nil, says: ["nested too deep"]),
        Bad(yaml: String(repeating: "x", count: 300_000), line: nil, says: ["longer than 256 KiB"]),
    ])
    func badSuitesNameThePlace(_ bad: Bad) throws {
        let error = try #require(problem(bad.yaml))
        let text = "\(error)"
        #expect(text.hasPrefix("mine.yaml"))
        #expect(error.kind == .badInput)
        if let line = bad.line { #expect(error.line == line, "\(text)") }
        for part in bad.says { #expect(text.contains(part), "\(text)") }
    }

    @Test(arguments: [
        ("{m: -1, n: 8, k: 8}", "not positive"), ("{m: 8, n: 8}", "k is missing"),
        ("{m: 8, n: 8, k: 1.5}", "whole number"),
        ("{m: 99999999999999999999, n: 8, k: 8}", "below 2^63"),
        ("{m: 4000000000, n: 4000000000, k: 4000000000}", "2^63 bytes"), ("[1]", "a mapping is needed"),
        ("{m: 8, n: 8, k: 8, bag: 2}", "unknown key bag"), ("{m: 8, n: 8, k: 8, batch: 0}", "not positive"),
        ("{m: 8, n: 8, k: 8, transposeA: yes}", "shape.transposeA: is yes; true or false"),
        ("{m: 8, n: 8, k: 8, sourceType: f32}", "shape.sourceType: f32 is no source of int8"),
        ("{m: 8, n: 8, k: 8, resultType: u9}", "did you mean u8"),
        ("{m: 4000000000, n: 2, k: 2, batch: 4000000000}", "2^63 bytes"),
    ])
    func badShapesNameTheKey(shape: String, says: String) throws {
        let error = try #require(
            problem("cases: [{workload: x}]", "workloads:\n  - {name: x, kernel: matmul, shape: \(shape)}"))
        #expect("\(error)".contains(says), "\(error)")
        #expect(error.file == "shapes.yaml")
        #expect(error.line == 2)
        #expect(error.key.hasPrefix("workloads[0]"))
    }

    @Test(arguments: [
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: zipf", "needs one"),
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: zipf, exponent: 0", "not above 0"),
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: zipf, exponent: nan", "a number is needed"),
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: uniform, exponent: 1", "has none"),
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: normal", "unknown: normal"),
        ("rows: 4, batch: 3, dimension: 8, distribution: uniform", "bag is missing"),
        ("rows: 4, tables: [{rows: 4, bag: 1}], batch: 3, dimension: 8, distribution: uniform", "beside tables"),
        ("tables: [{rows: 4}], batch: 3, dimension: 8, distribution: uniform", "bag is missing"),
        ("tables: [], batch: 3, dimension: 8, distribution: uniform", "0 tables"),
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: uniform, bags: some", "unknown: some"),
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: uniform, weighted: maybe", "true or false"),
        ("rows: 4, bag: 2, batch: 3, dimension: 8, distribution: uniform, memoryShare: 120%", "a share such as"),
        ("rows: 4611686018427387904, bag: 2, batch: 3, dimension: 8, distribution: uniform", "2^63"),
    ])
    func badTablesNameTheKey(shape: String, says: String) throws {
        for kernel in ["embedding", "rowGather"] {
            let error = try #require(
                problem("cases: [{workload: x}]", "workloads:\n  - {name: x, kernel: \(kernel), shape: {\(shape)}}"))
            #expect("\(error)".contains(says), "\(error)")
            #expect(error.line == 2 && error.key.hasPrefix("workloads[0]"))
        }
    }

    @Test(arguments: [
        ("cacheRead", "{level: 0}", "not positive"), ("cacheRead", "{level: 9}", "no level"),
        ("cacheRead", "{share: 50%}", "names no level"), ("streamCopy", "{pages: small, bytes: 1MiB}", "unknown key"),
        ("pointerChase", "{pages: large, bytes: 1MiB}", "unknown: large"),
        ("peakCompute", "{isa: avx2}", "unknown key"),
    ])
    func badCeilingsNameTheKey(kernel: String, shape: String, says: String) throws {
        let error = try #require(
            problem("cases: [{workload: x}]", "workloads:\n  - {name: x, kernel: \(kernel), shape: \(shape)}"))
        #expect("\(error)".contains(says), "\(error)")
    }

    @Test func nodesAreAChoice() throws {
        let error = try #require(problem("cases: [{workload: small, nodes: all}]"))
        #expect("\(error)".contains("unknown: all"))
        #expect(try catalogue("cases: [{workload: small, nodes: matrix}]").suite("mine").entries[0].nodes == .matrix)
    }

    @Test func aLineMayNameSeveralWorkloadsBatchesAndDirections() throws {
        let shapes = """
            workloads:
              - {name: a, title: layer a, kernel: convolution, dataType: bf16, shape: {batch: 1, channels: 2, height: 5, width: 5, filters: 3, filterHeight: 3, filterWidth: 3, stride: 1, padding: 1}}
              - {name: b, kernel: matmul, shape: {m: 3, n: 4, k: 5, transposeB: true}}
            """
        let suite = try catalogue(
            """
            cases:
              - {workloads: [a], batches: [1, 8], directions: [forward, backwardWeights]}
              - {workloads: [a, b], batches: [2], dataTypes: [f32, int8], cache: [warm, cold]}
            """, shapes
        ).suite("mine")
        #expect(suite.entries.count == 6)
        #expect(suite.entries[0].dataTypes == [.bf16])
        let plan = Planner.plan([suite], on: machine(cores: 2), seed: 1)
        let names = plan.cases.map(\.workload)
        #expect(
            names.prefix(4).elementsEqual([
                "layer a batch 1 bf16", "layer a batch 1 backward weights bf16", "layer a batch 8 bf16",
                "layer a batch 8 backward weights bf16",
            ]))
        #expect(names.contains("b batch 2 cold int8"))
        #expect(plan.cases.count == 12 && Set(plan.cases.map(\.id)).count == 12)
        #expect(plan.cases.last?.shape == .matmul(MatmulShape(m: 3, n: 4, k: 5, batch: 2, transposeB: true)))
    }

    @Test(arguments: [
        ("cases: [{workload: small, directions: [forward]}]", "cases[0].directions: small has none"),
        ("cases: [{workload: triad, batches: [2]}]", "cases[0].batches: triad has none"),
        ("cases: [{workload: triad, cache: cold}]", "cases[0].workload: triad: cache: cold is for"),
        ("cases: [{workload: small, cache: tepid}]", "cases[0].cache: unknown: tepid"),
        ("cases: [{workload: small, workloads: [small]}]", "has both"),
        ("cases: [{workloads: []}]", "names no workload"),
        ("cases: [{workload: small, batches: [9000000000000000000]}]", "cases[0].batches: the sizes multiply"),
    ])
    func badVariantsNameThePlace(suite: String, says: String) throws {
        let error = try #require(problem(suite))
        #expect("\(error)".contains(says), "\(error)")
        #expect(error.line == 1)
    }

    @Test func aFilterLargerThanItsInputIsRefused() throws {
        let sizes =
            "batch: 1, channels: 1, height: 2, width: 2, filters: 1, filterHeight: 5, filterWidth: 5, stride: 1, padding: 0"
        let error = try #require(
            problem("cases: [{workload: x}]", "workloads:\n  - {name: x, kernel: convolution, shape: {\(sizes)}}"))
        #expect("\(error)".contains("larger than the padded input"))
    }

    @Test func aByteOrderMarkIsNoObstacle() throws {
        #expect(try catalogue("\u{FEFF}cases: [{workload: small}]").suite("mine").entries.count == 1)
    }

    @Test func nullWorkloadsAreForTestsOnly() throws {
        let yaml = "workloads:\n  - {name: x, kernel: \"null\", shape: {nanoseconds: 1, fault: hang}}"
        var closed = Catalogue()
        #expect(throws: PlanError.self) { try closed.read(yaml, file: "x.yaml") }
        var open = Catalogue(allowsNull: true)
        try open.read(yaml, file: "x.yaml")
        #expect(open.workloads.count == 1)
    }

    @Test func unknownSuitesSuggest() throws {
        let known = try catalogue("suite: quick\ncases: [{workload: small}]")
        do {
            _ = try known.suite("quik")
            Issue.record("no error")
        } catch {
            #expect(error.kind == .noSuchInput)
            #expect("\(error)".contains("did you mean quick"))
        }
    }

    @Test func timesAreRead() {
        #expect(TimeText.seconds("250ms") == 0.25)
        #expect(TimeText.seconds("2h") == 7200)
        #expect(TimeText.seconds("12") == 12)
        for text in ["", "s", "-1s", "0", "1e9h", "nan", "inf", "5 parsecs"] { #expect(TimeText.seconds(text) == nil) }
    }
}

@Suite struct IncludeTests {
    @Test func aSuiteTakesOverTheCasesOfOthersButNotTheirRules() throws {
        var catalogue = Catalogue()
        try catalogue.read(
            """
            workloads: [{name: a, kernel: matmul, shape: {m: 1, n: 1, k: 1}}, {name: b, kernel: matmul, shape: {m: 2, n: 1, k: 1}}]
            suite: first
            rules: {processes: 3}
            cases: [{workload: a}]
            """, file: "first.yaml")
        let suite = try #require(
            try catalogue.read("include: first\nrules: {processes: 20}\ncases: [{workload: b}]", file: "both.yaml"))
        // Its own first.
        #expect(suite.entries.map(\.workload.name) == ["b", "a"] && suite.rules.processes == 20)
        let alone = try #require(try catalogue.read("include: [first]", file: "alone.yaml"))
        #expect(alone.name == "alone" && alone.entries.count == 1)
        #expect(throws: PlanError.self) { try catalogue.read("include: [frist]", file: "typo.yaml") }
        #expect(throws: PlanError.self) { try catalogue.read("include: []", file: "none.yaml") }
    }
}
