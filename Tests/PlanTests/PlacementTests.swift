import Foundation
import Model
import Plan
import Probe
import Testing

/// A synthetic machine that hwloc made up, from the fixtures of the probe's tests.
private func topology(_ name: String) throws -> Machine {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = here.appending(path: "../ProbeTests/Fixtures/topologies/\(name).xml").path
    return try Probe.machine(ProbeOptions(topologyFile: file))
}

private func plan(_ line: String, on machine: Machine) throws -> Plan {
    var catalogue = Catalogue()
    try catalogue.read(
        """
        workloads:
          - {name: small, title: small, kernel: matmul, shape: {m: 8, n: 8, k: 8}}
          - {name: first, title: read L1, kernel: cacheRead, shape: {level: 1, share: 50%}}
        cases: [\(line)]
        """, file: "test.yaml")
    return Planner.plan([try catalogue.suite("test")], on: machine, seed: 1)
}

/// Two sockets, 4 NUMA nodes of 8 cores, 2 units a core: units 2·c and 2·c + 1 belong to core c.
private let twoSockets = "two-sockets"

@Suite struct PlacementTests {
    @Test func aSweepGoesOverCoresThenOverSiblings() throws {
        let cases = try plan("{workload: small, threads: sweep}", on: topology(twoSockets)).cases
        #expect(cases.map(\.threads) == [1, 2, 4, 8, 16, 32, 64])
        #expect(
            cases.map(\.placement.policy)
                == [.firstCores, .firstCores, .firstCores, .firstCores, .firstCores, .allCores, .allUnits])
        #expect(cases[3].placement.processingUnits == [0, 2, 4, 6, 8, 10, 12, 14])
        #expect(cases[5].placement.processingUnits == (0..<32).map { $0 * 2 })
        // Every core once, then the second unit of each.
        #expect(cases[6].placement.processingUnits == (0..<32).map { $0 * 2 } + (0..<32).map { $0 * 2 + 1 })
    }

    @Test func aSweepEndsWithAllCoresWhateverTheirNumber() throws {
        // Six cores of two units.
        var machine = machine(cores: 6)
        let cases = try plan("{workload: small, threads: sweep}", on: machine).cases
        #expect(cases.map(\.threads) == [1, 2, 4, 6, 8, 12])
        #expect(
            cases[4].placement
                == Placement(
                    policy: .firstUnits, processingUnits: [0, 1, 2, 3, 4, 5, 6, 7], memory: .local))
        // Only some units allowed: cores 0, 1 with one and core 2 with both.
        machine.limits.allowedProcessingUnits = .known("0,7,2,8")
        let fewer = try plan("{workload: small, threads: sweep}", on: machine).cases
        #expect(fewer.map(\.placement.processingUnits) == [[0], [0, 7], [0, 7, 2], [0, 7, 2, 8]])
        #expect(fewer.map(\.placement.policy) == [.firstCores, .firstCores, .allCores, .allUnits])
    }

    @Test func withoutSiblingsASweepEndsWithTheCores() throws {
        let machine = try topology("no-smt")
        let cases = try plan("{workload: small, threads: [sweep, units]}", on: machine).cases
        #expect(cases.last?.placement.policy == .allCores && cases.last?.threads == machine.topology.processingUnits)
        #expect(Set(cases.map(\.threads)).count == cases.count)
        #expect(
            try plan("{workload: small, threads: sweep}", on: PlanTests.machine(cores: 1)).cases.first?.threads == 1)
    }

    @Test func spreadTakesOneCoreOfEachNodeInTurn() throws {
        let plan = try plan("{workload: small, threads: sweep, order: [compact, spread]}", on: topology(twoSockets))
        let spread = plan.cases.filter(\.placement.policy.isSpread)
        // One thread, all cores and all units are the same placement either way.
        #expect(spread.map(\.threads) == [2, 4, 8, 16])
        #expect(spread[0].placement.processingUnits == [0, 16])
        #expect(spread[2].placement.processingUnits == [0, 16, 32, 48, 2, 18, 34, 50])
        #expect(spread[0].workload == "small, spread f32")
        #expect(plan.cases.count == 7 + 4 && Set(plan.cases.map(\.id)).count == 11)
    }

    @Test func onOneNodeSpreadIsCompactAndMeasuredOnce() throws {
        let both = try plan("{workload: small, threads: sweep, order: [compact, spread]}", on: topology("smt")).cases
        #expect(both.map(\.threads) == [1, 2, 4, 8] && both.allSatisfy { !$0.placement.policy.isSpread })
        // Asked for alone it is what was asked for, under the identity that it has everywhere.
        let alone = try plan("{workload: small, threads: 2, order: spread}", on: topology("smt")).cases
        let elsewhere = try plan("{workload: small, threads: 2, order: spread}", on: topology(twoSockets)).cases
        #expect(alone.map(\.id) == elsewhere.map(\.id) && alone[0].id != both[1].id)
    }

    /// A sweep meets the cases that could be asked for before there was one.
    @Test func aSweepKeepsIdentities() throws {
        let machine = try topology(twoSockets)
        let sweep = try plan("{workload: small, threads: sweep}", on: machine).cases
        let named = try plan("{workload: small, threads: [1, 2, 4, 8, 16, all]}", on: machine).cases
        #expect(Array(sweep.map(\.id).prefix(6)) == named.map(\.id))
        #expect(
            try plan("{workload: small, threads: all, order: compact, memory: local}", on: machine).cases[0].id
                == "fc2994bb6ba0")
    }

    @Test func memoryPolicies() throws {
        let line = "{workload: small, threads: all, memory: [local, interleave, 'node:2', 'node:9']}"
        let plan = try plan(line, on: topology(twoSockets))
        #expect(plan.cases.map(\.placement.memory) == [.local, .interleave, .node(2)])
        #expect(
            plan.cases.map(\.workload)
                == ["small f32", "small, interleaved memory f32", "small, memory of node 2 f32"])
        #expect(Set(plan.cases.map(\.id)).count == 3)
        #expect(plan.skipped.map(\.reason) == ["there is no NUMA node 9 with memory here"])
    }

    @Test func withOneNodeEveryPolicyIsLocal() throws {
        let machine = try topology("smt")
        let both = try plan("{workload: small, memory: [local, interleave, 'node:0']}", on: machine).cases
        #expect(both.map(\.placement.memory) == [.local])
        let alone = try plan("{workload: small, memory: interleave}", on: machine).cases
        #expect(alone.map(\.placement.memory) == [.interleave])
    }

    @Test func siblingsShareTheirCachesWithEachOther() throws {
        let cases = try plan("{workload: first, threads: [1, all, units]}", on: topology("smt")).cases
        let bytes = cases.compactMap { planned -> Int? in
            guard case .cacheRead(let shape) = planned.shape else { return nil }
            return shape.bytes
        }
        #expect(bytes.count == 3 && bytes[0] == bytes[1] && bytes[2] == bytes[0] / 2)
    }

    @Test func whatIsNoPlacementIsRefused() throws {
        let machine = machine(cores: 2)
        for line in [
            "{workload: small, order: far}", "{workload: small, memory: remote}",
            "{workload: small, memory: 'node:-1'}",
            "{workload: small, nodes: matrix, memory: interleave}", "{workload: small, threads: some}",
        ] {
            #expect(throws: PlanError.self, "\(line)") { try plan(line, on: machine) }
        }
    }
}
