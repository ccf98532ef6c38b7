import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Limits of the process that can move a result or end a run.
enum ResourceLimits {
    private struct Entry: Sendable {
        let name: String
        let unit: String
        /// As /proc/self/limits calls it.
        let row: String
        let resource: __rlimit_resource

        init(_ name: String, _ unit: String, _ row: String, _ resource: __rlimit_resource) {
            self.name = name
            self.unit = unit
            self.row = row
            self.resource = resource
        }
    }

    private static let entries = [
        Entry("lockedMemory", "bytes", "Max locked memory", __RLIMIT_MEMLOCK),
        Entry("openFiles", "", "Max open files", RLIMIT_NOFILE),
        Entry("processes", "", "Max processes", __RLIMIT_NPROC),
        Entry("addressSpace", "bytes", "Max address space", RLIMIT_AS),
        Entry("stack", "bytes", "Max stack size", RLIMIT_STACK), Entry("data", "bytes", "Max data size", RLIMIT_DATA),
        Entry("cpuTime", "seconds", "Max cpu time", RLIMIT_CPU),
        Entry("realtimePriority", "", "Max realtime priority", __RLIMIT_RTPRIO),
        Entry("coreFile", "bytes", "Max core file size", RLIMIT_CORE),
    ]

    /// From the system where it is this one, from /proc/self/limits of a captured machine.
    static func read(_ files: SystemFiles) -> Reported<[ResourceLimit]> {
        files.isLive ? .known(entries.compactMap(live)) : captured(files.text("/proc/self/limits"))
    }

    private static func live(_ entry: Entry) -> ResourceLimit? {
        var found = rlimit()
        guard getrlimit(__rlimit_resource_t(entry.resource.rawValue), &found) == 0 else { return nil }
        return ResourceLimit(
            name: entry.name, unit: entry.unit, soft: limit(found.rlim_cur), hard: limit(found.rlim_max))
    }

    private static func limit(_ value: rlim_t) -> Limit<UInt64> { value == .max ? .unlimited : .at(UInt64(value)) }

    /// `Max open files            1024                 524288               files`
    static func captured(_ text: Reported<String>) -> Reported<[ResourceLimit]> {
        switch text {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let lines = text.lines
            let found = entries.compactMap { entry -> ResourceLimit? in
                let words = lines.first { $0.hasPrefix(entry.row) }?.dropFirst(entry.row.count).words ?? []
                guard words.count >= 2, let soft = limit(words[0]), let hard = limit(words[1]) else { return nil }
                return ResourceLimit(name: entry.name, unit: entry.unit, soft: soft, hard: hard)
            }
            return found.isEmpty ? .unknown("/proc/self/limits holds no limits") : .known(found)
        }
    }

    private static func limit(_ word: Substring) -> Limit<UInt64>? {
        word == "unlimited" ? .unlimited : UInt64(word).map { .at($0) }
    }
}

extension Reported where Value == [ResourceLimit] {
    /// The soft limit of that name.
    func soft(_ name: String) -> Reported<Limit<UInt64>> {
        switch self {
        case .unknown(let reason): .unknown(reason)
        case .known(let limits): Reported<Limit<UInt64>>(limits.first { $0.name == name }?.soft, else: "not listed")
        }
    }
}
