import CProbe

/// What an x86 processor says of itself, asked once; a value, so that tests can make any processor up.
struct CPUID: Sendable {
    enum Register: Int { case eax, ebx, ecx, edx }

    struct Leaf: Hashable, Sendable {
        var number: UInt32
        var subleaf: UInt32 = 0
    }

    /// Four registers for each leaf that exists.
    var leaves: [Leaf: [UInt32]]
    /// XCR0: which register states the operating system saves; 0 where it saves none that matter here.
    var enabledStates: UInt64
    /// Which of them this process may use; `nil` where the kernel does not tell.
    var permittedStates: UInt64?

    /// This machine's; `nil` where there is no such instruction.
    ///
    /// A hypervisor answers for the instruction, at some microseconds a leaf: so each is asked once.
    static func live() -> CPUID? {
        guard let first = ask(Leaf(number: 0)), let extended = ask(Leaf(number: 0x8000_0000)) else { return nil }
        var leaves: [Leaf: [UInt32]] = [:]
        let basic = [1, 7, 0x15, 0x16].map { Leaf(number: $0) } + [Leaf(number: 7, subleaf: 1)]
        for leaf in basic where leaf.number <= first[0] { leaves[leaf] = ask(leaf) }
        // Subleaf 0 tells how many follow.
        if leaves[Leaf(number: 7)]?[0] == 0 { leaves[Leaf(number: 7, subleaf: 1)] = nil }
        let power = Leaf(number: 0x8000_0007)
        if power.number <= extended[0], extended[0] >> 16 == 0x8000 { leaves[power] = ask(power) }
        var processor = CPUID(leaves: leaves, enabledStates: 0, permittedStates: nil)
        if processor.bit(31, .ecx, Leaf(number: 1)), let last = ask(Leaf(number: 0x4000_0000))?[0] {
            let timing = Leaf(number: 0x4000_0010)
            if timing.number <= last, last >> 16 == 0x4000 { processor.leaves[timing] = ask(timing) }
        }
        let savesStates = processor.bit(27, .ecx, Leaf(number: 1))
        if savesStates { processor.enabledStates = assay_enabled_states() }
        var permitted: UInt64 = 0
        if assay_permitted_states(&permitted) != 0 { processor.permittedStates = permitted }
        return processor
    }

    private static func ask(_ leaf: Leaf) -> [UInt32]? {
        var registers: [UInt32] = [0, 0, 0, 0]
        return assay_cpuid(leaf.number, leaf.subleaf, &registers) == 0 ? nil : registers
    }

    func register(_ register: Register, _ leaf: Leaf) -> UInt32 {
        guard let registers = leaves[leaf], registers.indices.contains(register.rawValue) else { return 0 }
        return registers[register.rawValue]
    }

    func bit(_ number: Int, _ register: Register, _ leaf: Leaf) -> Bool {
        self.register(register, leaf) >> UInt32(number) & 1 == 1
    }
}

// Frequencies, in Hz.
extension CPUID {
    /// Intel's base frequency; leaf 0x16 is in MHz.
    var baseFrequency: Double? { megahertz(.eax) }
    var maximumFrequency: Double? { megahertz(.ebx) }

    private func megahertz(_ register: Register) -> Double? {
        let value = self.register(register, Leaf(number: 0x16)) & 0xffff
        return value == 0 ? nil : Double(value) * 1e6
    }

    /// The crystal's frequency times the ratio; leaf 0x15. Some processors do not tell the crystal's.
    var counterFrequency: Double? {
        let leaf = Leaf(number: 0x15)
        let (denominator, numerator, crystal) = (register(.eax, leaf), register(.ebx, leaf), register(.ecx, leaf))
        guard denominator > 0, numerator > 0, crystal > 0 else { return nil }
        return Double(crystal) * Double(numerator) / Double(denominator)
    }

    /// As a hypervisor tells its guest, in kHz.
    var counterFrequencyOfHypervisor: Double? {
        let value = register(.eax, Leaf(number: 0x4000_0010))
        return value == 0 ? nil : Double(value) * 1e3
    }

    /// Whether the time-stamp counter keeps its rate in every state of power and performance.
    var hasInvariantCounter: Bool { bit(8, .edx, Leaf(number: 0x8000_0007)) }
}
