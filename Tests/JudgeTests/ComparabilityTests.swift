import Judge
import Model
import TestSupport
import Testing

@Suite struct ComparabilityTests {
    private func compare(
        _ change: (inout Bundle) -> Void, acknowledged: Set<Subject> = []
    ) throws -> Comparison {
        var options = Judge.Options()
        options.resamples = 0
        options.acknowledged = acknowledged
        return Judge.compare(
            base: [sampleRun(0.1, id: "a")], new: sampleRun(0.105, id: "bb", change: change), options: options)
    }

    private func implementation(_ library: String, _ version: String, _ reported: String) -> (inout Bundle) -> Void {
        {
            $0.measurements[0].implementation = Implementation(
                library: library, version: version, path: nil, reported: reported)
        }
    }

    @Test func anotherLibraryVersionMustBeAcknowledged() throws {
        let newer = implementation("Assay", "0.2.0", "avx512f")
        let pair = try compare(newer).pairs[0]
        #expect(pair.verdict == .notComparable)
        #expect(pair.reason == "Assay 0.1.0 → 0.2.0 (--acknowledge library compares them)")
        let acknowledged = try compare(newer, acknowledged: [.library])
        #expect(acknowledged.pairs[0].verdict == .regressed)
        #expect(acknowledged.pairs[0].likelyCauses == ["Assay 0.1.0 → 0.2.0"])
        #expect(acknowledged.differences.map(\.text) == ["Assay 0.1.0 → 0.2.0"])
    }

    @Test func anotherInstructionSetToo() throws {
        let narrower = implementation("Assay", "0.1.0", "avx2")
        let pair = try compare(narrower).pairs[0]
        #expect(pair.verdict == .notComparable)
        #expect(pair.reason?.contains("ISA avx512f → avx2") == true)
        #expect(try compare(narrower, acknowledged: [.library]).pairs[0].verdict == .notComparable)
        #expect(try compare(narrower, acknowledged: [.isa]).pairs[0].verdict == .regressed)
    }

    @Test func machineDifferencesComeFirstAndAreTheLikelyCause() throws {
        let comparison = try compare {
            $0.machine.software.kernel = .known("6.1.1")
            $0.machine.tunables = [Tunable(name: "governor", value: .known("powersave"), source: "/sys")]
        }
        #expect(comparison.relation == .runs)
        // The base did not know its governor: that is no difference between the machines.
        #expect(comparison.differences.map(\.text) == ["kernel 6.1.0 → 6.1.1"])
        #expect(comparison.pairs[0].likelyCauses == ["kernel 6.1.0 → 6.1.1"])
        #expect(comparison.pairs[0].verdict == .regressed)
    }

    @Test func firmwareAndMicrocodeAreLikelyCauses() throws {
        func machine(_ version: String, _ microcode: String) -> (inout Bundle) -> Void {
            {
                $0.machine.processor.microcode = .known(microcode)
                $0.machine.firmware = .known(
                    SystemFirmware(vendor: .known("AMI"), version: .known(version), date: .unknown("not told")))
            }
        }
        let comparison = Judge.compare(
            base: [sampleRun(0.1, id: "a", change: machine("3.1", "0x10"))],
            new: sampleRun(0.105, id: "bb", change: machine("3.2", "0x12")))
        #expect(comparison.relation == .runs)
        #expect(comparison.pairs[0].likelyCauses == ["microcode 0x10 → 0x12", "firmware AMI 3.1 → AMI 3.2"])
        let report = Judge.check([comparison], policy: Policy(), today: "2026-11-24")
        #expect(report.findings.first?.text.contains("firmware AMI 3.1 → AMI 3.2") == true)
    }

    @Test func anotherProcessorIsAnotherMachine() throws {
        let comparison = try compare { $0.machine.processor.model = .known("Another") }
        #expect(comparison.relation == .machines)
        #expect(comparison.pairs[0].verdict == .slower)
    }

    @Test func whatFailedIsNamed() throws {
        let comparison = try compare {
            $0.measurements[0].status = .failed
            $0.measurements[0].reason = "wrong result"
            $0.measurements[0].metrics = []
        }
        #expect(comparison.pairs[0].verdict == .notComparable)
        #expect(comparison.pairs[0].reason == "failed in the new: wrong result")
    }

    @Test func otherCoresAreAnotherPlacement() throws {
        let comparison = try compare { $0.measurements[0].case.placement.processingUnits = [1] }
        #expect(comparison.pairs[0].verdict == .notComparable)
        #expect(comparison.pairs[0].reason?.contains("--acknowledge placement") == true)
    }

    @Test func anotherBackendIsFoundAndNotCompared() throws {
        let other: (inout Bundle) -> Void = {
            $0.measurements[0].case.backend = .onednn
            $0.measurements[0].case.id = "another"
        }
        let comparison = try compare(other)
        #expect(comparison.pairs.count == 1)
        #expect(comparison.pairs[0].reason?.contains("backend simd → onednn") == true)
        // What was measured belongs to the case: without its samples there is nothing to compare, even if acknowledged.
        #expect(try compare(other, acknowledged: [.backend]).pairs[0].verdict == .notComparable)
    }

    @Test func missingCasesAreNotDropped() throws {
        let comparison = try compare {
            $0.measurements[0].case.id = "another"
            $0.measurements[0].case.kernel = .convolution
        }
        #expect(comparison.pairs.map(\.reason) == ["not in the new run’s plan", "not in the base"])
    }
}
