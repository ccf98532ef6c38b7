import Model

/// Instruction sets as CPUID shows them, under the kernel's names.
extension InstructionSets {
    /// What an instruction set needs besides itself: registers that the operating system must save, as bits of XCR0.
    enum State: UInt64, CaseIterable {
        case none = 0
        case avx = 0x6
        case avx512 = 0xe6
        case amx = 0x60000

        var name: String {
            switch self {
            case .none: "SSE"
            case .avx: "AVX"
            case .avx512: "AVX-512"
            case .amx: "AMX"
            }
        }
    }

    private struct Place {
        let name: String
        let leaf: CPUID.Leaf
        let register: CPUID.Register
        let bit: Int
        let state: State
        /// Whether kernels list it in /proc/cpuinfo at all.
        var isListed = true
    }

    private static let one = CPUID.Leaf(number: 1)
    private static let seven = CPUID.Leaf(number: 7)
    private static let more = CPUID.Leaf(number: 7, subleaf: 1)

    private static let places: [Place] = [
        Place(name: "sse2", leaf: one, register: .edx, bit: 26, state: .none),
        Place(name: "ssse3", leaf: one, register: .ecx, bit: 9, state: .none),
        Place(name: "sse4_1", leaf: one, register: .ecx, bit: 19, state: .none),
        Place(name: "sse4_2", leaf: one, register: .ecx, bit: 20, state: .none),
        Place(name: "fma", leaf: one, register: .ecx, bit: 12, state: .avx),
        Place(name: "avx", leaf: one, register: .ecx, bit: 28, state: .avx),
        Place(name: "f16c", leaf: one, register: .ecx, bit: 29, state: .avx),
        Place(name: "avx2", leaf: seven, register: .ebx, bit: 5, state: .avx),
        Place(name: "avx512f", leaf: seven, register: .ebx, bit: 16, state: .avx512),
        Place(name: "avx512dq", leaf: seven, register: .ebx, bit: 17, state: .avx512),
        Place(name: "avx512ifma", leaf: seven, register: .ebx, bit: 21, state: .avx512),
        Place(name: "avx512cd", leaf: seven, register: .ebx, bit: 28, state: .avx512),
        Place(name: "avx512bw", leaf: seven, register: .ebx, bit: 30, state: .avx512),
        Place(name: "avx512vl", leaf: seven, register: .ebx, bit: 31, state: .avx512),
        Place(name: "avx512vbmi", leaf: seven, register: .ecx, bit: 1, state: .avx512),
        Place(name: "avx512_vbmi2", leaf: seven, register: .ecx, bit: 6, state: .avx512),
        Place(name: "avx512_vnni", leaf: seven, register: .ecx, bit: 11, state: .avx512),
        Place(name: "avx512_bitalg", leaf: seven, register: .ecx, bit: 12, state: .avx512),
        Place(name: "avx512_vpopcntdq", leaf: seven, register: .ecx, bit: 14, state: .avx512),
        Place(name: "avx512_vp2intersect", leaf: seven, register: .edx, bit: 8, state: .avx512),
        Place(name: "amx_bf16", leaf: seven, register: .edx, bit: 22, state: .amx),
        Place(name: "avx512_fp16", leaf: seven, register: .edx, bit: 23, state: .avx512),
        Place(name: "amx_tile", leaf: seven, register: .edx, bit: 24, state: .amx),
        Place(name: "amx_int8", leaf: seven, register: .edx, bit: 25, state: .amx),
        Place(name: "avx_vnni", leaf: more, register: .eax, bit: 4, state: .avx),
        Place(name: "avx512_bf16", leaf: more, register: .eax, bit: 5, state: .avx512),
        Place(name: "amx_fp16", leaf: more, register: .eax, bit: 21, state: .amx),
        Place(name: "avx_ifma", leaf: more, register: .eax, bit: 23, state: .avx),
        Place(name: "avx_vnni_int8", leaf: more, register: .edx, bit: 4, state: .avx, isListed: false),
        Place(name: "avx_ne_convert", leaf: more, register: .edx, bit: 5, state: .avx, isListed: false),
        Place(name: "amx_complex", leaf: more, register: .edx, bit: 8, state: .amx, isListed: false),
        Place(name: "avx_vnni_int16", leaf: more, register: .edx, bit: 10, state: .avx, isListed: false),
        Place(name: "avx10", leaf: more, register: .edx, bit: 19, state: .avx512, isListed: false),
    ]

    /// What the processor has, and of it what the operating system lets programs use.
    static func found(_ processor: CPUID) -> (usable: Set<String>, blocked: [State: [String]]) {
        var usable: Set<String> = []
        var blocked: [State: [String]] = [:]
        for place in places where processor.bit(place.bit, place.register, place.leaf) {
            if processor.enabledStates & place.state.rawValue == place.state.rawValue {
                usable.insert(place.name)
            } else {
                blocked[place.state, default: []].append(place.name)
            }
        }
        return (usable, blocked)
    }

    /// The states of the sets that the processor has.
    static func states(_ processor: CPUID) -> [RegisterState] {
        State.allCases.filter { state in
            state != .none
                && places.contains { $0.state == state && processor.bit($0.bit, $0.register, $0.leaf) }
        }.map { state in
            let isEnabled = processor.enabledStates & state.rawValue == state.rawValue
            let permitted = processor.permittedStates.map { $0 & state.rawValue == state.rawValue }
            let unasked = "this kernel has no permissions for register states"
            // Only AMX needs a permission; where the kernel knows none, what is switched on may be used.
            return RegisterState(
                name: state.name, isEnabled: isEnabled,
                isPermitted: state == .amx && isEnabled
                    ? Reported(permitted, else: unasked) : .known(isEnabled))
        }
    }

    /// CPUID against the kernel's list: a sentence for each way in which they differ.
    static func differences(_ processor: CPUID, _ features: Set<String>) -> [String] {
        let (usable, blocked) = found(processor)
        let listed = places.filter(\.isListed).map(\.name)
        let unlisted = listed.filter { usable.contains($0) && !features.contains($0) }
        let unseen = listed.filter { name in
            features.contains(name) && !usable.contains(name) && !blocked.values.contains { $0.contains(name) }
        }
        var sentences = State.allCases.compactMap { state in
            blocked[state].map {
                "The processor has \($0.joined(separator: ", ")), but the operating system has not switched on the "
                    + "\(state.name) registers (XCR0)."
            }
        }
        if !unlisted.isEmpty {
            sentences.append(
                "CPUID shows \(unlisted.joined(separator: ", ")), /proc/cpuinfo does not: the kernel is older than that, or "
                    + "was told to hide it.")
        }
        if !unseen.isEmpty {
            sentences.append("/proc/cpuinfo lists \(unseen.joined(separator: ", ")), CPUID does not.")
        }
        return sentences
    }
}
