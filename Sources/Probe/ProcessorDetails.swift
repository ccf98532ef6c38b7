import CProbe
import Model
import SystemFiles

extension Processor {
    /// Live, of this process; replayed, what the kernel gives to new ones.
    static func scalableVectorBytes(_ files: SystemFiles, _ sets: [String]) -> Reported<Int> {
        guard sets.contains("sve") else { return .unknown("no SVE") }
        if files.isLive {
            let bytes = Int(assay_scalable_vector_bytes())
            return bytes > 0 ? .known(bytes) : .unknown("prctl(PR_SVE_GET_VL) fails")
        }
        return bounded(files.integer("/proc/sys/abi/sve_default_vector_length"), 16...8192)
    }

    /// As the kernel tells it for the first-level cache, else as the processor flushes it.
    static func cacheLineBytes(_ files: SystemFiles, _ information: CPUInformation) -> Reported<Int> {
        let file = files.integer("/sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size")
        if case .known(let bytes) = bounded(file, 1...4096) { return .known(bytes) }
        if case .known(let bytes) = bounded(information.number("clflush size"), 1...4096) { return .known(bytes) }
        return .unknown(file.reason ?? "coherency_line_size makes no sense")
    }

    /// `48 bits physical, 48 bits virtual`
    static func addressBits(_ information: CPUInformation) -> Reported<AddressBits> {
        switch information.text("address sizes") {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let numbers = text.words.compactMap { Int($0) }
            guard numbers.count == 2, numbers.allSatisfy((16...128).contains), text.holds("physical") else {
                return .unknown("/proc/cpuinfo: address sizes makes no sense")
            }
            return .known(AddressBits(physical: numbers[0], virtual: numbers[1]))
        }
    }

    private static func bounded(_ number: Reported<Int>, _ range: ClosedRange<Int>) -> Reported<Int> {
        guard case .known(let value) = number else { return number }
        return range.contains(value) ? number : .unknown("\(value) makes no sense")
    }
}

extension SimultaneousMultithreading {
    init(_ files: SystemFiles, _ topology: Topology) {
        let folder = "/sys/devices/system/cpu/smt"
        let active = files.line("\(folder)/active")
        let isActive: Reported<Bool> =
            switch active {
            case .known("0"): .known(false)
            case .known("1"): .known(true)
            case .known: .unknown("\(folder)/active: neither 0 nor 1")
            case .unknown(let reason): .unknown(reason)
            }
        self.init(
            threadsPerCore: Array(Set(Self.threads(topology.tree))).sorted(by: >),
            control: files.line("\(folder)/control").map { String($0.prefix(32)) }, isActive: isActive)
    }

    /// How many processing units each core holds.
    private static func threads(_ node: TopologyNode) -> [Int] {
        guard node.kind == "core" else { return node.children.flatMap(threads) }
        return [units(node)]
    }

    private static func units(_ node: TopologyNode) -> Int {
        node.kind == "processingUnit" ? 1 : node.children.reduce(0) { $0 + units($1) }
    }
}
