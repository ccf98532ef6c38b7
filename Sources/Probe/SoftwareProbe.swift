import CHwloc
import CProbe
import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

extension Software {
    init(_ files: SystemFiles, hwlocVersion: String?) {
        let replayed = "not known from captured files"
        self.init(
            operatingSystem: Self.operatingSystem(files), kernel: files.line("/proc/sys/kernel/osrelease"),
            cLibrary: files.isLive ? Self.cLibrary() : .unknown(replayed),
            libraries: files.isLive ? [Self.hwloc(hwlocVersion), Self.numa()] : Self.unknownLibraries(replayed))
    }

    static func unknownLibraries(_ reason: String) -> [Library] {
        ["hwloc", "libnuma"].map { Library(name: $0, version: .unknown(reason), path: .unknown(reason)) }
    }

    /// `PRETTY_NAME` of os-release, whose second place is where packages put it.
    private static func operatingSystem(_ files: SystemFiles) -> Reported<String> {
        var text = files.text("/etc/os-release")
        if text.value == nil, let other = files.text("/usr/lib/os-release").value { text = .known(other) }
        switch text {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let line = text.lines.first { $0.hasPrefix("PRETTY_NAME=") }
            let name = line?.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" && $0 != "'" }.trimmed
            return Reported(name.flatMap { $0.isEmpty ? nil : $0 }, else: "/etc/os-release has no PRETTY_NAME")
        }
    }

    private static func cLibrary() -> Reported<String> {
        Reported(assay_glibc_version().map { "glibc " + String(cString: $0) }, else: "not glibc")
    }

    /// The release that wrote itself into the topology; the version of its interface lags behind, and is all there is
    /// when a build left the release out.
    private static func hwloc(_ release: String?) -> Library {
        let version = hwloc_get_api_version()
        let interface = "interface \(version >> 16).\((version >> 8) & 0xff).\(version & 0xff)"
        let path = LibraryFile.path(of: "hwloc_topology_load")
        return Library(name: "hwloc", version: .known(release ?? interface), path: path)
    }

    /// libnuma cannot say which version it is.
    private static func numa() -> Library {
        Library(
            name: "libnuma", version: .unknown("libnuma tells none; the number in its file name is its interface's"),
            path: LibraryFile.path(of: "numa_available"))
    }
}

/// Finds the file that a function came from.
enum LibraryFile {
    /// The real path where it is the system's, the bare name elsewhere: other directories may name a person.
    static func path(of function: String) -> Reported<String> {
        guard let name = assay_library_file(function) else { return .unknown("linked into the executable") }
        guard let real = realpath(name, nil) else { return .unknown("its file is gone") }
        defer { free(real) }
        return .known(withoutPerson(String(cString: real)))
    }

    static func withoutPerson(_ path: String) -> String {
        let isSystem = ["/usr/", "/lib/", "/lib64/", "/opt/"].contains { path.hasPrefix($0) }
        return isSystem ? path : path.split(separator: "/").last.map(String.init) ?? path
    }
}
