import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// Processors made up from leaves of CPUID, and frequencies from captured files.
struct ProcessorTests {
    private static let one = CPUID.Leaf(number: 1)
    private static let seven = CPUID.Leaf(number: 7)
    private static let more = CPUID.Leaf(number: 7, subleaf: 1)
    private static let avx512: UInt64 = 0xe7
    private static let amx: UInt64 = 0x60000

    /// AVX2 with FMA, AVX-512F, AMX tiles, AVX-512 BF16 and AVX10, as far as `states` are switched on.
    private static func processor(states: UInt64, permitted: UInt64? = nil) -> CPUID {
        CPUID(
            leaves: [
                one: [0, 0, 1 << 28 | 1 << 12 | 1 << 9, 1 << 26],
                seven: [1, 1 << 5 | 1 << 16, 0, 1 << 24],
                more: [1 << 5, 0, 0, 1 << 19],
            ], enabledStates: states, permittedStates: permitted)
    }

    private static let listed: Set<String> = [
        "sse2", "ssse3", "avx", "fma", "avx2", "avx512f", "avx512_bf16", "amx_tile",
    ]

    @Test func onlyWhatTheSystemSwitchedOnIsUsable() {
        let all = InstructionSets.found(Self.processor(states: Self.avx512 | Self.amx))
        #expect(all.usable == Self.listed.union(["avx10"]))
        #expect(all.blocked.isEmpty)
        let some = InstructionSets.found(Self.processor(states: 7))
        #expect(some.usable == ["sse2", "ssse3", "avx", "fma", "avx2"])
        #expect(some.blocked[.avx512] == ["avx512f", "avx512_bf16", "avx10"])
        #expect(some.blocked[.amx] == ["amx_tile"])
        #expect(InstructionSets.found(Self.processor(states: 0)).usable == ["sse2", "ssse3"])
    }

    @Test func agreementNeedsNoSentence() {
        let processor = Self.processor(states: Self.avx512 | Self.amx)
        #expect(InstructionSets.differences(processor, Self.listed) == [])
    }

    @Test func everyDifferenceIsNamed() {
        let off = InstructionSets.differences(Self.processor(states: 7), ["sse2", "ssse3", "avx", "fma", "avx2"])
        #expect(off.count == 2)
        #expect(off[0].contains("avx512f, avx512_bf16, avx10") && off[0].contains("AVX-512 registers"))
        #expect(off[1].contains("amx_tile") && off[1].contains("AMX registers"))
        let processor = Self.processor(states: Self.avx512 | Self.amx)
        let hidden = InstructionSets.differences(processor, Self.listed.subtracting(["avx2", "fma"]))
        #expect(hidden.map { $0.hasPrefix("CPUID shows fma, avx2, /proc/cpuinfo does not") } == [true])
        let invented = InstructionSets.differences(processor, Self.listed.union(["avx512_fp16", "unheard_of"]))
        #expect(invented == ["/proc/cpuinfo lists avx512_fp16, CPUID does not."])
    }

    @Test func tilesNeedAPermission() {
        func states(_ permitted: UInt64?) -> [RegisterState] {
            InstructionSets.states(Self.processor(states: Self.avx512 | Self.amx, permitted: permitted))
        }
        #expect(states(Self.avx512).map(\.name) == ["AVX", "AVX-512", "AMX"])
        #expect(states(Self.avx512).map(\.isPermitted) == [.known(true), .known(true), .known(false)])
        #expect(states(Self.avx512 | Self.amx).last?.isPermitted == .known(true))
        #expect(states(nil).last?.isPermitted.reason?.isEmpty == false)
        let off = InstructionSets.states(Self.processor(states: 7, permitted: 7))
        #expect(off.map(\.isEnabled) == [true, false, false])
        #expect(off.map(\.isPermitted) == [.known(true), .known(false), .known(false)])
    }

    @Test func capabilitiesOfArmHaveNames() {
        let first: UInt64 = 1 << 1 | 1 << 22 | 1 << 20
        let second: UInt64 = 1 << 1 | 1 << 13 | 1 << 37
        #expect(
            InstructionSets.found(capabilities: first, second) == ["asimd", "sve", "asimddp", "sve2", "i8mm", "sme2"])
        let sentences = InstructionSets.differences(capabilities: 2, 0, ["sve", "crc32"])
        #expect(sentences.count == 2)
        #expect(sentences[0].contains("asimd") && sentences[1].contains("sve"))
    }

    @Test func leavesTellFrequencies() {
        let processor = CPUID(
            leaves: [
                CPUID.Leaf(number: 0x15): [2, 176, 25_000_000, 0], CPUID.Leaf(number: 0x16): [2100, 3800, 100, 0],
                CPUID.Leaf(number: 0x4000_0010): [2_200_000, 1_000_000, 0, 0],
                CPUID.Leaf(number: 0x8000_0007): [0, 0, 0, 1 << 8],
            ], enabledStates: 0, permittedStates: nil)
        #expect(processor.counterFrequency == 2.2e9)
        #expect(processor.counterFrequencyOfHypervisor == 2.2e9)
        #expect(processor.baseFrequency == 2.1e9)
        #expect(processor.maximumFrequency == 3.8e9)
        #expect(processor.hasInvariantCounter)
    }

    @Test func leavesThatTellNothingTellNone() {
        let zeros = [UInt32](repeating: 0, count: 4)
        for registers in [zeros, [], [2, 0, 25_000_000, 0], [0, 176, 25_000_000, 0], [2, 176, 0, 0]] {
            let processor = CPUID(
                leaves: [CPUID.Leaf(number: 0x15): registers, CPUID.Leaf(number: 0x16): zeros], enabledStates: 0,
                permittedStates: nil)
            #expect(processor.counterFrequency == nil)
            #expect(processor.baseFrequency == nil && processor.maximumFrequency == nil)
            #expect(processor.counterFrequencyOfHypervisor == nil && !processor.hasInvariantCounter)
        }
    }

    @Test func aHybridProcessorHasAFigureForEachKind() throws {
        let processor = try Fixtures.machine("intel-hybrid").processor
        let statements = try #require(processor.frequencies.value)
        #expect(statements.filter { $0.kind == .maximum }.map(\.hertz) == [3.3e9, 4.6e9])
        #expect(statements.filter { $0.kind == .base }.map(\.processingUnits) == ["4-5", "0-3"])
        #expect(statements.filter { $0.kind == .nominal }.allSatisfy { $0.source == "acpi_cppc/nominal_freq" })
        #expect(processor.maximumFrequency == .known(4.6e9))
        #expect(processor.baseFrequency == .known(2.5e9))
        #expect(processor.nominalFrequency == .known(2.5e9))
        #expect(processor.timeStampCounter.value?.frequency == .known(2.496e9))
        #expect(processor.simultaneousMultithreading.value?.threadsPerCore == [2, 1])
    }

    @Test func anArmServerHasItsOwnFacts() throws {
        let processor = try Fixtures.machine("arm-server").processor
        #expect(processor.scalableVectorBytes == .known(32))
        #expect(processor.timeStampCounter.value?.name == "generic timer")
        #expect(processor.cacheLineBytes == .known(64))
        #expect(processor.addressBits.value == nil)
        #expect(processor.baseFrequency.value == nil)
    }

    @Test func nothingLiveShowsInACapturedMachine() throws {
        for name in Fixtures.machines {
            let machine = try Fixtures.machine(name)
            #expect(machine.processor.instructionSetSource == .known("/proc/cpuinfo"))
            #expect(machine.processor.registerStates.value == nil)
            #expect(machine.processor.instructionSetDifferences.value == nil)
            let sources = (machine.processor.frequencies.value ?? []).map(\.source)
            #expect(!sources.contains { $0.contains("CPUID") || $0.contains("CNTFRQ") })
            #expect(machine.memory.policy.value == nil)
        }
    }

    @Test(arguments: ["", "48 bits", "0 bits physical, 999 bits virtual", "a bits physical, b bits virtual"])
    func addressesThatMakeNoSenseAreUnknown(_ text: String) throws {
        let extra = "proc/cpuinfo:\n| processor : 0\n| vendor_id : x\n| flags : fpu\n| address sizes : \(text)"
        #expect(try Fixtures.machine("bare-guest", extra: extra).processor.addressBits.value == nil)
    }
}
