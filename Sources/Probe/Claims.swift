import Model
import SystemFiles
import Units

/// What is claimed against what can be seen: things a reader would otherwise take for granted.
///
/// Each is made from evidence that it names; where the evidence is missing there is no claim. Most are about guests: a
/// hypervisor tells its guest what it likes, and on a real machine the same readings are simply true.
struct Claims {
    let topology: Topology
    let processor: Processor
    let memory: Memory
    let limits: Limits
    let cloud: Cloud?
    /// Whether a hypervisor runs this machine, be it one that cannot be named.
    let isGuest: Bool
    /// Processing units that the kernel runs, whatever this process may use of them.
    let online: Int?

    init(
        _ files: SystemFiles, _ information: CPUInformation, topology: Topology, processor: Processor, memory: Memory,
        limits: Limits, cloud: Cloud.Answer
    ) {
        self.topology = topology
        self.processor = processor
        self.memory = memory
        self.limits = limits
        self.cloud = cloud.value
        isGuest =
            processor.hypervisor.value.map { $0 != "none" } ?? information.features.contains("hypervisor")
        online = files.line(Self.onlineFile).value.flatMap(Self.counted)
    }

    private static let onlineFile = "/sys/devices/system/cpu/online"

    var all: [Claim] {
        let guest =
            isGuest
            ? [virtualProcessors, modelName, coresOfTheName, packages, instructionSets] + caches + [frequency] : []
        let own = [
            nominalFrequency, numaNodes, memoryOfHwloc, memoryOfTheInstance, memoryLimit, allowed, quota, burstable,
        ]
        return (guest + own).compactMap { $0 }
    }

    /// The processor's part, where its numbers are known.
    var part: ProcessorPart? { ProcessorPart(processor) }

    /// How the processor says what it is, for evidence.
    var identity: String {
        let numbers = [
            ("family", processor.family), ("model", processor.modelNumber), ("stepping", processor.stepping),
        ]
        let known = numbers.compactMap { name, number in number.value.map { "\(name) \($0)" } }
        return "\(known.joined(separator: ", ")) of /proc/cpuinfo" + (part.map { ": \($0.name)" } ?? "")
    }

    var hypervisorText: String { processor.hypervisor.value.map { "hypervisor \($0)" } ?? "the hypervisor flag" }

    static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// How many numbers a list such as `0-3,8` holds; `nil` when it is none.
    static func counted(_ list: String) -> Int? {
        list.utf8.split(separator: UInt8(ascii: ",")).reduce(0) { (sum: Int?, part) in
            let ends = part.split(separator: UInt8(ascii: "-")).map { Int(Substring($0)) }
            guard let sum, let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last
            else { return nil }
            let (total, overflow) = sum.addingReportingOverflow(last - first + 1)
            return overflow ? nil : total
        }
    }
}

// How much of the machine may be used.
extension Claims {
    private var allowed: Claim? {
        // hwloc leaves out what this process may not use; the kernel's count does not.
        let units = max(online ?? 0, topology.processingUnits)
        guard let list = limits.allowedProcessingUnits.value, let count = Self.counted(list), count < units else {
            return nil
        }
        return Claim(
            subject: "processing units", claimed: Self.counted(units, "processing unit"),
            visible: "\(count) may be used: \(list)",
            evidence: "\(Self.onlineFile); Cpus_allowed_list of /proc/self/status")
    }

    private var quota: Claim? {
        guard let quota = limits.cpuQuota.bound(), quota < Double(topology.processingUnits) else { return nil }
        let hundredths = Int((quota * 100).rounded())
        let text = hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
        return Claim(
            subject: "processor time", claimed: Self.counted(topology.processingUnits, "processing unit"),
            visible: "\(text) CPUs' worth of time per period",
            evidence: limits.controlGroupVersion.value == 1
                ? "cpu.cfs_quota_us and cpu.cfs_period_us of the control group" : "cpu.max of the control group")
    }

    /// Instance types whose processors are lent by the minute: fast at first, a share of a core once the credit is spent.
    private var burstable: Claim? {
        guard let cloud, let type = cloud.instanceType.value, Self.isBurstable(type) else { return nil }
        return Claim(
            subject: Claim.sustainedSpeed, claimed: Self.counted(topology.processingUnits, "vCPU"),
            visible: "a share of them in the long run, more on credit: \(type) is a burstable type",
            evidence: "instance type of \(cloud.provider)")
    }

    /// T2, T3, T3a, T4g of AWS; shared-core types of Google Cloud; the B series of Azure.
    static func isBurstable(_ type: String) -> Bool {
        let google = ["e2-micro", "e2-small", "e2-medium", "f1-micro", "g1-small"]
        let amazon = ["t2.", "t3.", "t3a.", "t4g."]
        if google.contains(type) || amazon.contains(where: type.hasPrefix) { return true }
        let azure = "Standard_B"
        return type.hasPrefix(azure) && type.dropFirst(azure.count).first?.isNumber == true
    }
}
