import Model
import SystemFiles

extension Limits {
    init(_ files: SystemFiles) {
        let groups = ControlGroups(files)
        let limits = GroupLimits(files, groups)
        let status = ProcessStatus(files)
        let quota = limits.quota()
        let resources = ResourceLimits.read(files)
        self.init(
            controlGroupVersion: groups.version, allowedProcessingUnits: status.text("Cpus_allowed_list"),
            allowedMemoryNodes: status.text("Mems_allowed_list"),
            groupProcessingUnits: limits.set("cpuset.cpus.effective", "cpuset.effective_cpus"),
            groupMemoryNodes: limits.set("cpuset.mems.effective", "cpuset.effective_mems"),
            cpuQuota: quota.map { $0.map(\.share) }, cpuPeriod: limits.period(quota), cpuBurst: limits.burst(),
            cpuWeight: limits.weight(), throttling: limits.throttling(),
            memoryBytes: limits.smallest("memory", "memory.max", "memory.limit_in_bytes"),
            memoryHighBytes: limits.smallest("memory", "memory.high", nil), swapBytes: limits.swap(),
            tasks: limits.smallest("pids", "pids.max", "pids.max").map { $0.map { Int(clamping: $0) } },
            inputOutputWeight: limits.inputOutputWeight(), lockedMemoryBytes: resources.soft("lockedMemory"),
            resources: resources)
    }
}

extension Limits {
    /// Nothing is known, for one reason.
    init(unknown reason: String) {
        self.init(
            controlGroupVersion: .unknown(reason), allowedProcessingUnits: .unknown(reason),
            allowedMemoryNodes: .unknown(reason), groupProcessingUnits: .unknown(reason),
            groupMemoryNodes: .unknown(reason), cpuQuota: .unknown(reason), cpuPeriod: .unknown(reason),
            cpuBurst: .unknown(reason), cpuWeight: .unknown(reason), throttling: .unknown(reason),
            memoryBytes: .unknown(reason), memoryHighBytes: .unknown(reason), swapBytes: .unknown(reason),
            tasks: .unknown(reason), inputOutputWeight: .unknown(reason), lockedMemoryBytes: .unknown(reason),
            resources: .unknown(reason))
    }
}

extension Limit {
    func map<Other>(_ transform: (Value) -> Other) -> Limit<Other> {
        switch self {
        case .unlimited: .unlimited
        case .at(let value): .at(transform(value))
        }
    }
}

/// /proc/self/status, by key.
private struct ProcessStatus {
    private let text: Reported<String>

    init(_ files: SystemFiles) { text = files.text("/proc/self/status") }

    func text(_ key: String) -> Reported<String> {
        switch text {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let value = text.lines.first { $0.hasPrefix(key + ":") }?.dropFirst(key.count + 1).trimmed
            return Reported(value.flatMap { $0.isEmpty ? nil : $0 }, else: "/proc/self/status has no \(key)")
        }
    }
}
