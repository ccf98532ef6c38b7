public import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

extension Probe {
    /// What stands around the process.
    public static func surroundings(_ options: ProbeOptions = ProbeOptions()) -> Surroundings {
        let files = SystemFiles(root: options.sysroot)
        let status = files.text("/proc/self/status")
        let sources = "/sys/devices/system/clocksource/clocksource0/available_clocksource"
        return Surroundings(
            container: Container.read(files).value.flatMap { $0.isNone ? nil : $0.runtime },
            isFiltered: field("Seccomp:", status) { $0 == "0" ? false : $0 == "1" || $0 == "2" ? true : nil },
            // Real, effective, saved, file system: the effective one decides.
            isRoot: field("Uid:", status) { line in
                let numbers = line.split { $0 == "\t" || $0 == " " }
                return numbers.count > 1 ? numbers[1] == "0" : nil
            }, clockSources: files.line(sources).map { $0.words.map(String.init) },
            hasBootConfiguration: files.exists("/etc/default/grub"), hasSystemd: files.exists("/run/systemd/system"))
    }

    /// Room and right to write in `directory`, or in the nearest one above it that is there. Only for this machine.
    public static func storage(_ directory: String) -> Reported<Storage> {
        var place = directory.isEmpty ? "." : directory
        while access(place, F_OK) != 0 {
            guard let slash = place.lastIndex(of: "/") else {
                place = "."
                break
            }
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
        var system = statvfs()
        guard statvfs(place, &system) == 0 else { return .unknown(String(cString: strerror(errno))) }
        let (bytes, overflow) = UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize))
        return .known(Storage(freeBytes: overflow ? .max : bytes, isWritable: access(place, W_OK) == 0))
    }

    private static func field<Value>(
        _ key: String, _ status: Reported<String>, _ read: (String) -> Value?
    ) -> Reported<Value> {
        switch status {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let line = text.lines.first { $0.hasPrefix(key) }
            return Reported(
                line.flatMap { read($0.dropFirst(key.count).trimmed) }, else: "/proc/self/status has no \(key)")
        }
    }
}
