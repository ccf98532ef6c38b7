import Datasheet
import Document
import Model
import Testing

/// How facts about processor and memory read, in the tree and in the datasheet.
struct MachineFactsTests {
    private func tree(_ change: (inout Machine) -> Void) -> String {
        var machine = Synthetic.machine
        change(&machine)
        return Datasheet.machineTree(machine).words.replacing(" \n", with: "\n")
    }

    private func section(_ number: Int, _ change: (inout Machine) -> Void) -> String {
        var recording = Synthetic.normal()
        change(&recording.bundle.machine)
        return Datasheet.compose(recording).sections.first { $0.number == number }?.words ?? ""
    }

    @Test func oneReasonIsSaidOnce() {
        let words = tree { machine in
            machine.memory.modules = .unknown("no table")
            machine.memory.arrays = .unknown("no table")
            machine.memory.channels = .unknown("no table")
            machine.memory.errorCorrection = .unknown("other")
        }
        #expect(words.contains("Memory modules, memory sockets, memory channels unknown: no table"))
        #expect(words.split(separator: "unknown: no table", omittingEmptySubsequences: false).count == 2)
        #expect(words.contains("Error correction unknown: other"))
    }

    @Test func everyKindOfCoreHasItsFrequencyAndEverySourceItsName() {
        let words = tree { machine in
            machine.processor.frequencies = .known([
                Frequency(kind: .maximum, hertz: 3.3e9, source: "cpufreq", processingUnits: "4-5"),
                Frequency(kind: .maximum, hertz: 4.6e9, source: "cpufreq", processingUnits: "0-3"),
                Frequency(kind: .base, hertz: 2.5e9, source: "cpufreq"),
                Frequency(kind: .base, hertz: 2.4e9, source: "CPUID leaf 0x16"),
            ])
        }
        #expect(words.contains("Maximum frequency 4.60\u{a0}GHz for 0-3, 3.30\u{a0}GHz for 4-5 (cpufreq)"))
        #expect(words.contains("Base frequency 2.50\u{a0}GHz (cpufreq); 2.40\u{a0}GHz (CPUID leaf 0x16)"))
        #expect(words.contains("Nominal frequency 2.60\u{a0}GHz (the base frequency)"))
    }

    @Test func registersTellWhetherTheyMayBeUsed() {
        let words = tree { machine in
            machine.processor.registerStates = .known([
                RegisterState(name: "AVX-512", isEnabled: false, isPermitted: .known(false)),
                RegisterState(name: "AMX", isEnabled: true, isPermitted: .known(false)),
            ])
        }
        #expect(words.contains("AVX-512 not switched on by the operating system; AMX on, and a process must ask"))
    }

    @Test func vulnerabilitiesAreSortedByWhatIsDone() {
        let change = { (machine: inout Machine) in
            machine.processor.mitigations = .known([
                Mitigation(name: "a", state: .known("Not affected")),
                Mitigation(name: "b", state: .known("Vulnerable")),
                Mitigation(name: "c", state: .known("Mitigation; x; y")),
                Mitigation(name: "d", state: .known("Processor vulnerable")),
                Mitigation(name: "e", state: .unknown("unreadable")),
                Mitigation(name: "f", state: .known("Not affected")),
            ])
        }
        let words = tree(change)
        #expect(words.contains("Vulnerable to\nb\nMitigated\nc x; y"))
        #expect(words.contains("Unclear\nd Processor vulnerable\ne unknown: unreadable\nNot affected by a, f"))
        let rows = section(4, change)
        #expect(rows.contains("c (x; y)") && rows.contains("d (Processor vulnerable), e (unknown: unreadable)"))
    }

    @Test func everyDifferenceIsShown() {
        let change = { (machine: inout Machine) in machine.memory.differences = .known(["One.", "Two."]) }
        for words in [tree(change), section(4, change)] {
            #expect(words.contains("One.") && words.contains("Two."))
        }
    }

    @Test func nodesOfALargeMachineHaveATable() {
        let node = { (index: Int) in
            MemoryNode(
                index: index, totalBytes: .known(4 << 30), freeBytes: .known(3 << 30), distances: [],
                hugePages: [HugePagePool(bytes: 2 << 20, total: .known(7), free: .known(index))])
        }
        let caption = "Memory of each node"
        #expect(!section(4) { $0.memory.nodes = .known([node(0)]) }.contains(caption))
        let words = section(4) { $0.memory.nodes = .known([node(0), node(1)]) }
        #expect(words.contains(caption) && words.contains("2\u{a0}MiB: 7, 1 free"))
    }

    @Test func countedErrorsAreACaution() {
        func words(corrected: Int, uncorrected: Int) -> String {
            section(3) { machine in
                machine.memory.controllers = .known([
                    MemoryController(
                        index: 0, name: .known("mc"), bytes: .unknown("x"), modules: 1, memoryType: .unknown("x"),
                        errorCorrection: .unknown("x"), correctedErrors: .known(corrected),
                        uncorrectedErrors: .known(uncorrected))
                ])
            }
        }
        #expect(!words(corrected: 0, uncorrected: 0).contains("Memory has counted errors"))
        #expect(words(corrected: 1, uncorrected: 0).contains("All were corrected"))
        #expect(words(corrected: 1, uncorrected: 1).contains("results may be wrong"))
    }

    @Test func theModulesAreTheMemoryConfigurationOfMLPerf() {
        let words = section(17) { _ in }
        #expect(words.contains("host_memory_configuration") && words.contains("2 × 12\u{a0}GiB DDR5 registered DIMM"))
    }
}
