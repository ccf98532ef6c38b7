import Model
import SystemFiles

extension Limits {
    init(_ files: SystemFiles) {
        let groups = ControlGroups(files)
        self.init(
            controlGroupVersion: groups.version, allowedProcessingUnits: Self.allowed(files),
            cpuQuota: Self.quota(files, groups), memoryBytes: Self.memory(files, groups),
            lockedMemoryBytes: Self.lockedMemory(files))
    }

    private static func allowed(_ files: SystemFiles) -> Reported<String> {
        let key = "Cpus_allowed_list:"
        switch files.text("/proc/self/status") {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let line = text.lines.first { $0.hasPrefix(key) }
            return Reported(line?.dropFirst(key.count).trimmed, else: "/proc/self/status has no Cpus_allowed_list")
        }
    }

    /// The smallest quota from this group to the root, in CPUs' worth of time.
    private static func quota(_ files: SystemFiles, _ groups: ControlGroups) -> Reported<Double> {
        guard let version = groups.version.value else { return .unknown(groups.version.reason ?? "no control group") }
        let quotas = groups.directories("cpu").compactMap { directory -> Double? in
            if version == 2 {
                // `max 100000` or `150000 100000`
                let words = files.line("\(directory)/cpu.max").value?.words ?? []
                return words.count == 2 ? share(Int(words[0]), of: Int(words[1])) : nil
            }
            return share(
                files.integer("\(directory)/cpu.cfs_quota_us").value,
                of: files.integer("\(directory)/cpu.cfs_period_us").value)
        }
        return Reported(quotas.min(), else: "no quota")
    }

    /// Microseconds of time per period; −1 stands for none.
    private static func share(_ quota: Int?, of period: Int?) -> Double? {
        guard let quota, let period, quota > 0, period > 0 else { return nil }
        return Double(quota) / Double(period)
    }

    private static func memory(_ files: SystemFiles, _ groups: ControlGroups) -> Reported<UInt64> {
        guard let version = groups.version.value else { return .unknown(groups.version.reason ?? "no control group") }
        let file = version == 2 ? "memory.max" : "memory.limit_in_bytes"
        let limits = groups.directories("memory").compactMap { UInt64(files.line("\($0)/\(file)").value ?? "") }
        // Version 1 says "none" with the largest number of whole pages.
        return Reported(limits.filter { $0 < 1 << 62 }.min(), else: "no limit")
    }

    /// From /proc rather than getrlimit, so that a captured machine answers too.
    private static func lockedMemory(_ files: SystemFiles) -> Reported<UInt64> {
        let key = "Max locked memory"
        switch files.text("/proc/self/limits") {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let line = text.lines.first { $0.hasPrefix(key) }
            let soft = line?.dropFirst(key.count).words.first
            if soft == "unlimited" { return .unknown("unlimited") }
            return Reported(soft.flatMap { UInt64($0) }, else: "/proc/self/limits has no \(key)")
        }
    }
}
