import Foundation
import Measure
import Model
import Plan
import Testing

/// The YAML that ships, read from the files themselves.
private func shipped() throws -> Catalogue {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../Workloads")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    var catalogue = Catalogue()
    // Shapes before suites and last the one that includes suites, as in the binary.
    for name in names.sorted() where name != "suite_full.yaml" {
        try catalogue.read(String(contentsOf: folder.appending(path: name), encoding: .utf8), file: name)
    }
    let full = folder.appending(path: "suite_full.yaml")
    try catalogue.read(String(contentsOf: full, encoding: .utf8), file: full.lastPathComponent)
    return catalogue
}

@Suite struct ShippedTests {
    @Test func theTablesOfDLRMAddUp() throws {
        let workload = try #require(try shipped().workloads.first { $0.name == "dlrm-tables" })
        guard case .memoryShare(.embedding(let shape), let share) = workload.size else {
            Issue.record("no share of memory")
            return
        }
        #expect(shape.tables.count == 26 && shape.dimension == 128 && share == 0.4)
        #expect(shape.tables.reduce(0) { $0 + $1.rows } == 204_184_588)
        #expect(shape.tables.reduce(0) { $0 + $1.bag } == 214)
        // 214 lookups of 512 bytes a sample.
        #expect(214 * shape.rowBytes(.f32) == 109_568)
    }

    /// What documents say of the suite they begin with is what stands in its file.
    @Test(arguments: ["README.md", "docs/PEERS.md"]) func documentsCountTheCasesOfQuick(_ name: String) throws {
        let plan = Planner.plan([try shipped().suite("quick")], on: machine(cores: 2, available: 16 << 30), seed: 7)
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../\(name)")
        let line = try #require(
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .first { $0.contains("quick") && $0.contains(" cases × ") })
        #expect(line.contains(" \(plan.cases.count) cases × \(plan.rules.processes) processes"), "\(line)")
    }

    /// Whoever measures an embedding lookup forward measures the random rows it is held against.
    @Test func everyLookupHasItsCeilingInItsSuite() throws {
        for suite in try shipped().suites {
            let plan = Planner.plan([suite], on: machine(cores: 2, available: 256 << 30), seed: 1)
            for planned in plan.cases {
                // A scenario's figure is a share of nothing.
                guard planned.scenarioSettings == nil, case .embedding(let shape) = planned.shape,
                    shape.direction == .forward
                else { continue }
                let found = plan.cases.contains {
                    guard case .rowGather(let rows) = $0.shape else { return false }
                    return rows.tables.map(\.rows) == shape.tables.map(\.rows) && rows.dimension == shape.dimension
                        && rows.exponent == shape.exponent && $0.dataType == planned.dataType
                        && $0.threads == planned.threads
                }
                #expect(found, "\(suite.name): \(planned.workload), \(planned.threads) threads")
            }
        }
    }

    /// Whatever another suite would measure here, the full one measures.
    @Test func theFullSuiteHasEverything() throws {
        let catalogue = try shipped()
        let machine = machine(cores: 2, available: 256 << 30)
        func ids(_ name: String) throws -> Set<String> {
            let plan = Planner.plan([try catalogue.suite(name)], on: machine, seed: 1)
            return Set(plan.cases.map(\.id) + plan.skipped.map(\.planned.id))
        }
        let full = try ids("full")
        for suite in catalogue.suites where suite.name != "quick" && suite.name != "smoke" {
            #expect(try ids(suite.name).isSubset(of: full), "\(suite.name)")
        }
        #expect(try catalogue.suite("full").rules.processes == 20)
        #expect(try catalogue.suite("standard").rules.processes >= 10)
    }

    /// Every workload that ships, and what workloads.md asks of them: types, layouts, caches, pairs of nodes.
    @Test func theFullSuiteHasEveryWorkloadAndKind() throws {
        let catalogue = try shipped()
        let full = try catalogue.suite("full")
        let names = full.entries.map(\.workload.name)
        for workload in catalogue.workloads {
            #expect(
                names.contains { name in
                    ["", "-batch", "-backward"].contains {
                        $0.isEmpty ? name == workload.name : name.hasPrefix(workload.name + $0)
                    }
                }, "\(workload.name)")
        }
        var machine = machine(cores: 2, available: 256 << 30)
        machine.topology.numaNodes = [
            NUMANode(index: 0, bytes: 1 << 37, processingUnits: 1, processingUnitList: "0"),
            NUMANode(index: 1, bytes: 1 << 37, processingUnits: 1, processingUnitList: "1"),
        ]
        let cases = Planner.plan([full], on: machine, seed: 1).cases
        func hasMatmul(_ type: DataType, _ backend: Backend, _ isWanted: (MatmulShape) -> Bool) -> Bool {
            cases.contains {
                guard case .matmul(let shape) = $0.shape else { return false }
                return $0.dataType == type && $0.backend == backend && isWanted(shape)
            }
        }
        #expect(hasMatmul(.f64, .cblas) { $0.m == 4096 } && hasMatmul(.f32, .onednn) { $0.m == 512 })
        #expect(hasMatmul(.int8, .onednn) { $0.sourceType == .u8 })
        #expect(hasMatmul(.f32, .onednn) { $0.transposeA } && hasMatmul(.f64, .cblas) { $0.transposeA })
        #expect(hasMatmul(.f32, .cblas) { $0.batch > 1 })
        for kernel in [Kernel.matmul, .convolution] {
            #expect(cases.contains { $0.kernel == kernel && $0.cache == .cold }, "\(kernel)")
        }
        for kernel in [Kernel.streamCopy, .streamScale, .streamAdd, .streamTriad] {
            let cells = cases.filter { $0.kernel == kernel && $0.placement.node != nil }
                .map { "\($0.placement.node ?? -1) \($0.placement.memory.rawValue)" }
            #expect(cells.sorted() == ["0 node:0", "0 node:1", "1 node:0", "1 node:1"], "\(kernel)")
        }
    }

    /// MLPerf asks for ten minutes; the suites that are included say less.
    @Test func allTrafficOfTheFullSuiteLastsTenMinutes() throws {
        let plan = Planner.plan([try shipped().suite("full")], on: machine(cores: 2, available: 256 << 30), seed: 1)
        let traffic = plan.cases.compactMap(\.scenarioSettings)
        #expect(Set(plan.cases.filter { $0.scenarioSettings != nil }.map(\.scenario)) == Set(Scenario.allCases))
        #expect(traffic.count >= 5 && traffic.allSatisfy { $0.minimumDuration >= ScenarioSettings.mlperfDuration })
        // Time for probes, and for two runs of full length where the first does not hold.
        for search in traffic.compactMap(\.searchSeconds) { #expect(search >= 2 * 600) }
        let own = Planner.plan([try shipped().suite("scenarios")], on: machine(cores: 2), seed: 1)
        #expect(own.cases.compactMap(\.scenarioSettings).allSatisfy { $0.minimumDuration < 600 })
    }

    /// On two cores, without its time limit: that is there for slower machines, and cuts processes.
    @Test(arguments: [("quick", 60.0), ("standard", 900)])
    func suitesTakeNoLongerThanTheySay(_ suite: (name: String, seconds: Double)) throws {
        var machine = machine(cores: 2, available: 20 << 30)
        machine.topology.caches.append(Cache(level: 2, type: .unified, bytes: 1 << 20, count: 2))
        var plan = Planner.plan([try shipped().suite(suite.name)], on: machine, seed: 1)
        #expect(try #require(plan.rules.timeLimit) <= suite.seconds && plan.skipped.isEmpty)
        #expect(plan.expectation.most <= suite.seconds)
        plan.rules.timeLimit = nil
        let (likely, most) = plan.expectation
        #expect(likely <= suite.seconds && likely < most, "\(likely) s")
    }

    /// Shares of a curve's points need ceilings measured at the same points.
    @Test func sweepsHaveTheirCeilingsBesideThem() throws {
        var machine = machine(cores: 6)
        machine.topology.numaNodes = [
            NUMANode(index: 0, bytes: 1 << 30, processingUnits: 6, processingUnitList: "0-2,6-8"),
            NUMANode(index: 1, bytes: 1 << 30, processingUnits: 6, processingUnitList: "3-5,9-11"),
        ]
        let cases = Planner.plan([try shipped().suite("scaling")], on: machine, seed: 1).cases
        func placements(_ kernel: Kernel) -> Set<String> {
            Set(
                cases.filter { $0.kernel == kernel && $0.placement.memory == .local }
                    .map { "\($0.placement.policy) \($0.threads)" })
        }
        #expect(placements(.matmul) == placements(.peakCompute) && placements(.matmul) == placements(.streamTriad))
        #expect(placements(.embedding) == placements(.rowGather))
        #expect(
            placements(.matmul) == [
                "firstCores 1", "firstCores 2", "firstCores 4", "allCores 6", "firstUnits 8", "allUnits 12",
                "spreadCores 2",
                "spreadCores 4", "spreadUnits 8",
            ])
        #expect(cases.contains { $0.kernel == .embedding && $0.placement.memory == .interleave })
    }

    @Test func ceilingsCoverEveryTypeAndLevel() throws {
        var machine = machine(cores: 2)
        for architecture in ["x86_64", "aarch64"] {
            machine.processor.architecture = architecture
            check(Planner.plan([try shipped().suite("ceilings")], on: machine, seed: 1))
        }
    }

    private func check(_ plan: Plan) {
        let cases = plan.cases + plan.skipped.map(\.planned)
        #expect(Set(cases.filter { $0.kernel == .peakCompute }.map(\.dataType)) == [.f64, .f32, .f16, .bf16, .int8])
        for kernel in [Kernel.streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead, .rowGather] {
            #expect(Set(cases.filter { $0.kernel == kernel }.map(\.threads)) == [1, 2], "\(kernel)")
        }
        let sweep = cases.compactMap { planned -> BufferShape? in
            guard case .pointerChase(let shape) = planned.shape else { return nil }
            return shape.pages == nil ? nil : shape
        }
        #expect(sweep.filter { $0.pages == .small }.map(\.bytes) == (14...28).map { 1 << $0 })
        #expect(sweep.filter { $0.pages == .huge }.map(\.bytes) == (21...28).map { 1 << $0 })
    }
}
