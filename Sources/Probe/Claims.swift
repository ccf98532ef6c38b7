import Model
import Units

/// What is claimed against what can be seen: things a reader would otherwise take for granted.
enum Claims {
    static func all(
        _ topology: Topology, _ processor: Processor, _ memory: Memory, _ limits: Limits, isLive: Bool
    ) -> [Claim] {
        [
            virtualProcessors(topology, processor), memorySizes(memory), allowed(topology, limits),
            quota(topology, limits),
            isLive ? NumaLibrary.disagreement(topology) : nil,
        ].compactMap { $0 }
    }

    /// A virtual processor may be a core or half of one; the guest is told what the host likes.
    private static func virtualProcessors(_ topology: Topology, _ processor: Processor) -> Claim? {
        guard let hypervisor = processor.hypervisor.value, hypervisor != "none" else { return nil }
        let units = topology.processingUnits
        let cores = topology.cores
        let visible =
            cores == 0
            ? "no cores shown: each may be a core or one thread of a core"
            : cores == units
                ? "\(counted(cores, "core")) of one thread each: the host may still run two on one real core"
                : "\(counted(cores, "core")) for \(counted(units, "thread"))"
        return Claim(
            subject: "virtual processors", claimed: counted(units, "vCPU"), visible: visible,
            evidence: "hypervisor \(hypervisor); hwloc topology")
    }

    private static func memorySizes(_ memory: Memory) -> Claim? {
        guard let kernel = memory.kernelBytes.value, let hwloc = memory.hwlocBytes.value, kernel > 0 else { return nil }
        let difference = Double(kernel) - Double(hwloc)
        guard difference.magnitude > 0.01 * Double(kernel) else { return nil }
        return Claim(
            subject: "memory size", claimed: Figures.bytes(kernel), visible: Figures.bytes(hwloc),
            evidence: "MemTotal of /proc/meminfo against the sum of hwloc's NUMA nodes")
    }

    private static func allowed(_ topology: Topology, _ limits: Limits) -> Claim? {
        guard let list = limits.allowedProcessingUnits.value, let count = counted(list),
            count < topology.processingUnits
        else { return nil }
        return Claim(
            subject: "processing units", claimed: counted(topology.processingUnits, "processing unit"),
            visible: "\(count) may be used: \(list)", evidence: "Cpus_allowed_list of /proc/self/status")
    }

    /// How many numbers a list such as `0-3,8` holds; `nil` when it is none.
    private static func counted(_ list: String) -> Int? {
        list.utf8.split(separator: UInt8(ascii: ",")).reduce(0) { (sum: Int?, part) in
            let ends = part.split(separator: UInt8(ascii: "-")).map { Int(Substring($0)) }
            guard let sum, let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last
            else { return nil }
            let (total, overflow) = sum.addingReportingOverflow(last - first + 1)
            return overflow ? nil : total
        }
    }

    private static func quota(_ topology: Topology, _ limits: Limits) -> Claim? {
        guard let quota = limits.cpuQuota.bound(), quota < Double(topology.processingUnits) else { return nil }
        let hundredths = Int((quota * 100).rounded())
        let text = hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
        return Claim(
            subject: "processor time", claimed: counted(topology.processingUnits, "processing unit"),
            visible: "\(text) CPUs' worth of time per period", evidence: "quota of the control group")
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
