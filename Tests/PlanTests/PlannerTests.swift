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
