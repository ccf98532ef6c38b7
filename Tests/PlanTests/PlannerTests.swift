import Model
import Plan
import Testing

/// A plain machine with so many cores of two threads each.
func machine(
    cores: Int, allowed: String? = nil, available: UInt64 = 8 << 30, lastLevel: UInt64 = 32 << 20
) -> Machine {
    let tree = TopologyNode(
        kind: "machine", index: nil, name: nil, bytes: nil,
        children: (0..<cores).map { core in
            TopologyNode(
                kind: "core", index: core, name: nil, bytes: nil,
                children: [core, core + cores].map {
                    TopologyNode(kind: "processingUnit", index: $0, name: nil, bytes: nil, children: [])
                })
        })
    return Machine(
        topology: Topology(
            packages: 1, cores: cores, processingUnits: cores * 2, numaNodes: [],
            caches: [
                Cache(level: 3, type: .unified, bytes: lastLevel, count: 1),
                Cache(level: 1, type: .instruction, bytes: 1 << 15, count: cores),
            ], coreKinds: [], numaDistances: [], devices: [], tree: tree),
        processor: Processor(
            vendor: .known("v"), model: .known("m"), architecture: "x86_64", family: .unknown("test"),
            modelNumber: .unknown("test"), stepping: .unknown("test"), microcode: .unknown("test"),
            nominalFrequency: .unknown("test"), maximumFrequency: .unknown("test"), instructionSets: .unknown("test"),
            hypervisor: .known("none")),
        memory: Memory(
            kernelBytes: .known(available), hwlocBytes: .known(available), availableBytes: .known(available),
            swapBytes: .known(0), hugePageBytes: .known(2 << 20), hugePages: .known(0)),
        software: Software(
            operatingSystem: .unknown("test"), kernel: .unknown("test"), cLibrary: .unknown("test"), libraries: []),
        tunables: [], cloud: .unknown("test"),
        limits: Limits(
            controlGroupVersion: .known(2), allowedProcessingUnits: Reported(allowed, else: "test"),
            cpuQuota: .known(.unlimited), memoryBytes: .known(.unlimited), lockedMemoryBytes: .unknown("test")),
        power: [], claims: [])
}

private func plan(_ cases: String, on machine: Machine, seed: UInt64 = 1) throws -> Plan {
    var catalogue = Catalogue()
    try catalogue.read(
        """
        workloads:
          - {name: small, kernel: matmul, shape: {m: 8, n: 8, k: 8}}
          - {name: huge, kernel: matmul, shape: {m: 1000000, n: 1000000, k: 4}}
          - {name: triad, kernel: streamTriad, shape: {lastLevelCaches: 4, atLeast: 64MiB}}
        cases: [\(cases)]
        """, file: "test.yaml")
    return Planner.plan([try catalogue.suite("test")], on: machine, seed: seed)
}

@Suite struct PlannerTests {
    @Test func oneThreadACore() throws {
        let cases = try plan("{workload: small, threads: [1, all]}", on: machine(cores: 4)).cases
        #expect(cases.map(\.threads) == [1, 4])
        #expect(cases[1].placement.processingUnits == [0, 1, 2, 3])
        #expect(cases[1].placement.policy == .allCores)
    }

    @Test func onlyAllowedProcessingUnits() throws {
        let cases = try plan("{workload: small}", on: machine(cores: 4, allowed: "1,5-6")).cases
        // Core 1 has units 1 and 5, core 2 has 2 and 6: the first allowed of each.
        #expect(cases[0].placement.processingUnits == [1, 6])
        #expect(cases[0].threads == 2)
    }

    @Test func tooManyThreadsAreSkippedWithTheReason() throws {
        let plan = try plan("{workload: small, threads: [3]}", on: machine(cores: 2))
        #expect(plan.cases.isEmpty)
        #expect(plan.skipped[0].reason.contains("3 threads") && plan.skipped[0].reason.contains("2 cores"))
    }

    @Test func aShapeLargerThanMemoryIsSkippedAndOthersStay() throws {
        let plan = try plan("{workload: huge}, {workload: small}", on: machine(cores: 2))
        #expect(plan.cases.map(\.workload) == ["small f32"])
        #expect(plan.skipped.map(\.planned.workload) == ["huge f32"])
        // 4·(10⁶·4 + 4·10⁶ + 10¹²) bytes, against 80 % of 8 GiB.
        #expect(plan.skipped[0].reason.hasPrefix("needs 3725.4 GiB, limit 6.4 GiB"), "\(plan.skipped[0].reason)")
    }

    @Test func buffersFollowTheLastLevelCacheButKeepTheirIdentity() throws {
        let small = try plan("{workload: triad}", on: machine(cores: 2, lastLevel: 1 << 20)).cases[0]
        let large = try plan("{workload: triad}", on: machine(cores: 2, lastLevel: 256 << 20)).cases[0]
        #expect(small.shape == .streamTriad(BufferShape(bytes: 64 << 20)))
        #expect(large.shape == .streamTriad(BufferShape(bytes: 1 << 30)))
        #expect(small.id == large.id)
    }

    private let table = """
        {name: table, kernel: embedding, shape: {rows: 1000000, dimension: 128, bag: 2, batch: 3, distribution: uniform, \
        memoryShare: 25%}}
        """

    private func planned(_ workload: String, _ cases: String, on machine: Machine) throws -> Plan {
        var catalogue = Catalogue()
        try catalogue.read("workloads:\n  - \(workload)\ncases: [\(cases)]", file: "test.yaml")
        return Planner.plan([try catalogue.suite("test")], on: machine, seed: 1)
    }

    @Test func tablesAreCutToAShareOfMemoryAndTheScaleIsPrinted() throws {
        let small = try planned(
            table, "{workload: table, dataTypes: [f32, int8]}", on: machine(cores: 1, available: 1 << 30))
        guard case .embedding(let single) = small.cases[0].shape, case .embedding(let bytes) = small.cases[1].shape
        else {
            Issue.record("no embedding")
            return
        }
        // A quarter of 1 GiB holds 2^28 / 512 rows of f32, and all rows of 136 bytes.
        #expect(single.tables == [.init(rows: 1 << 19, bag: 2, declaredRows: 1_000_000)])
        #expect(small.cases[0].workload == "table (rows × 0.524) f32")
        #expect(bytes.tables == [.init(rows: 1_000_000, bag: 2)])
        #expect(small.cases[1].workload == "table int8")
        let large = try planned(table, "{workload: table, dataTypes: [f32]}", on: machine(cores: 1))
        #expect(large.cases[0].id == small.cases[0].id)
    }

    @Test func largeTablesAreCutAndSmallOnesAreNot() {
        let shape = EmbeddingShape(
            tables: [.init(rows: 1000, bag: 1), .init(rows: 10, bag: 1), .init(rows: 5000, bag: 1)], dimension: 25,
            batch: 1)
        let cut = shape.capped(toBytes: 100 * 211, .f32)
        #expect(cut.tables.map(\.rows) == [100, 10, 100])
        #expect(cut.tables.map(\.declaredRows) == [1000, nil, 5000])
        #expect(abs(cut.scale - 210.0 / 6010) < 1e-12)
        #expect(shape.capped(toBytes: 1e9, .f32) == shape)
        #expect(shape.capped(toBytes: 0, .f32).tables.map(\.rows) == [1, 1, 1])
    }

    /// Two cores with caches of their own at level 2, and one of level 3 for both.
    private func cached(second: UInt64, third: UInt64) -> Machine {
        var machine = machine(cores: 2, lastLevel: third)
        machine.topology.caches += [
            Cache(level: 1, type: .data, bytes: 32 << 10, count: 2),
            Cache(level: 2, type: .unified, bytes: second, count: 2),
        ]
        return machine
    }

    @Test func cacheReadsStayInsideTheirLevel() throws {
        let workload = "{name: read, kernel: cacheRead, shape: {level: LEVEL, share: 50%}}"
        func read(_ level: Int, _ threads: String, _ machine: Machine) throws -> (CacheShape?, String?) {
            let plan = try planned(
                workload.replacing("LEVEL", with: "\(level)"), "{workload: read, threads: [\(threads)]}", on: machine)
            guard case .cacheRead(let shape)? = (plan.cases + plan.skipped.map(\.planned)).first?.shape else {
                return (nil, nil)
            }
            return (shape, plan.skipped.first?.reason)
        }
        let usual = cached(second: 1 << 20, third: 32 << 20)
        #expect(try read(1, "all", usual).0 == CacheShape(level: 1, bytes: 16 << 10, capacity: 64 << 10))
        #expect(try read(2, "1", usual).0 == CacheShape(level: 2, bytes: 512 << 10, capacity: 1 << 20))
        #expect(try read(3, "1", usual).0 == CacheShape(level: 3, bytes: 16 << 20, capacity: 32 << 20))
        #expect(try read(3, "all", usual).0 == CacheShape(level: 3, bytes: 8 << 20, capacity: 32 << 20))
        // A third level that is three times the second for each core: half of it would lie in the second.
        #expect(try read(3, "all", cached(second: 1 << 20, third: 6 << 20)).0?.bytes == 2 << 20)
        #expect(try read(3, "all", cached(second: 1 << 20, third: 2 << 20)).1?.contains("hardly larger") == true)
        #expect(try read(4, "1", usual).1 == "no L4 cache is known here")
    }

    @Test func aMatrixPairsEveryNodeWithEveryOther() throws {
        var machine = machine(cores: 4)
        machine.topology.numaNodes = [
            NUMANode(index: 0, bytes: 1 << 30, processingUnits: 4, processingUnitList: "0-1,4-5"),
            NUMANode(index: 2, bytes: 1 << 30, processingUnits: 4, processingUnitList: "2-3,6-7"),
            NUMANode(index: 5, bytes: 1 << 30, processingUnits: 0, processingUnitList: ""),
        ]
        let workload = "{name: chase, title: latency, kernel: pointerChase, shape: {bytes: 1MiB}}"
        let plan = try planned(workload, "{workload: chase, threads: [1], nodes: matrix}", on: machine)
        #expect(plan.cases.count == 6)
        #expect(Set(plan.cases.map(\.id)).count == 6)
        #expect(plan.cases[4].workload == "latency, node 2 → memory 2")
        #expect(
            plan.cases[5].placement == Placement(policy: .firstCores, processingUnits: [2], memory: .node(5), node: 2))
        let all = try planned(workload, "{workload: chase, nodes: matrix}", on: machine)
        #expect(all.cases[0].threads == 2 && all.cases[0].placement.processingUnits == [0, 1])
        machine.topology.numaNodes = []
        let none = try planned(workload, "{workload: chase, threads: [1], nodes: matrix}", on: machine)
        #expect(none.cases.isEmpty && none.skipped.map(\.reason) == ["no NUMA node is known here"])
    }

    @Test func aLineMayBeForOneArchitecture() throws {
        let lines = "{workload: small}, {workload: small, threads: [1], architecture: aarch64}"
        var machine = machine(cores: 2)
        machine.processor.architecture = "x86_64"
        #expect(try plan(lines, on: machine).cases.map(\.threads) == [2])
        machine.processor.architecture = "aarch64"
        #expect(try plan(lines, on: machine).cases.map(\.threads) == [2, 1])
        #expect(throws: PlanError.self) { try plan("{workload: small, architecture: vax}", on: machine) }
    }

    @Test func aNodeWithoutAllowedCoresIsSkipped() throws {
        var machine = machine(cores: 4, allowed: "0-1")
        machine.topology.numaNodes = [
            NUMANode(index: 0, bytes: 1 << 30, processingUnits: 4, processingUnitList: "0-1,4-5"),
            NUMANode(index: 1, bytes: 1 << 30, processingUnits: 4, processingUnitList: "2-3,6-7"),
        ]
        let plan = try planned(
            "{name: chase, kernel: pointerChase, shape: {bytes: 1MiB}}",
            "{workload: chase, threads: [1, all], nodes: matrix}", on: machine)
        #expect(plan.cases.count == 4)
        #expect(Set(plan.skipped.map(\.reason)) == ["no core of node 1 is allowed here"])
    }

    @Test func identityIsOfWhatWasDeclared() throws {
        let two = try plan("{workload: small, threads: [1, all]}", on: machine(cores: 2)).cases
        let eight = try plan("{workload: small, threads: [1, all]}", on: machine(cores: 8)).cases
        #expect(two.map(\.id) == eight.map(\.id))
        #expect(Set(two.map(\.id)).count == 2)
        // Pinned: stored baselines depend on it.
        #expect(two[1].id == "fc2994bb6ba0")
    }

    /// A cold case is another one; so is one with declared types, but not one that declares what is usual.
    @Test func identityHasWhatIsNotUsual() throws {
        func ids(_ shape: String, _ rest: String = "dataTypes: [int8, bf16]") throws -> [String] {
            var catalogue = Catalogue()
            try catalogue.read(
                "workloads: [{name: x, kernel: matmul, shape: {m: 8, n: 8, k: 8\(shape)}}]\ncases: [{workload: x, \(rest)}]",
                file: "test.yaml")
            return Planner.plan([try catalogue.suite("test")], on: machine(cores: 2), seed: 1).cases.map(\.id)
        }
        let plain = try ids("")
        #expect(try ids(", batch: 1, transposeA: false, sourceType: s8") == plain)
        #expect(try ids(", resultType: f32")[1] == plain[1])
        for shape in [", sourceType: u8", ", resultType: f32"] { #expect(try ids(shape)[0] != plain[0]) }
        for shape in [", batch: 2", ", transposeA: true", ", transposeB: true"] { #expect(try ids(shape) != plain) }
        #expect(try ids("", "dataTypes: [int8, bf16], cache: warm") == plain)
        #expect(Set(try ids("", "dataTypes: [int8, bf16], cache: cold")).isDisjoint(with: plain))
    }

    @Test func aTypeThatIsNoResultIsSkippedWithTheReason() throws {
        var catalogue = Catalogue()
        try catalogue.read(
            "workloads: [{name: x, kernel: matmul, shape: {m: 8, n: 8, k: 8, resultType: s32}}]\n"
                + "cases: [{workload: x, dataTypes: [int8, bf16]}]", file: "test.yaml")
        let plan = Planner.plan([try catalogue.suite("test")], on: machine(cores: 2), seed: 1)
        #expect(plan.cases.map(\.dataType) == [.int8])
        #expect(plan.skipped[0].reason == "resultType: s32 is no result of bf16, which gives bf16, f32")
    }

    @Test func coldCasesGoThroughMoreThanTheCaches() throws {
        let small = try plan("{workload: small, cache: cold}", on: machine(cores: 2, lastLevel: 1 << 20)).cases[0]
        let large = try plan("{workload: small, cache: cold}", on: machine(cores: 2, lastLevel: 256 << 20)).cases[0]
        #expect(small.cache == .cold && small.rotatedBytes == 256 << 20)
        #expect(large.rotatedBytes == 1 << 30)
        #expect(small.id == large.id && small.workload == "small cold f32")
    }

    @Test func aCaseIsPlannedOnce() throws {
        let plan = try plan("{workload: small}, {workload: small}", on: machine(cores: 2))
        #expect(plan.cases.count == 1)
    }
}
