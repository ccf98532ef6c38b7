import CProbe
import Model
import SystemFiles

extension Software {
    init(_ files: SystemFiles, _ options: ProbeOptions, libraries: [Library]) {
        self.init(
            operatingSystem: Self.operatingSystem(files), kernel: files.line("/proc/sys/kernel/osrelease"),
            kernelVersion: files.line("/proc/sys/kernel/version").map { ShortText.plain($0, 200) },
            kernelCommandLine: KernelCommandLine.read(files),
            cLibrary: files.isLive ? Self.cLibrary() : .unknown("not known from captured files"),
            container: Container.read(files),
            compilers: CompilerProbe.read(files, isDeep: options.isDeep),
            libraries: libraries)
    }

    /// With the libraries that the probe itself is made of before all others.
    func adding(_ own: [Library]) -> Software {
        var software = self
        software.libraries = own + libraries
        return software
    }

    static func unknownLibraries(_ reason: String) -> [Library] {
        ["hwloc", "libnuma"].map {
            Library(name: $0, version: .unknown(reason), path: .unknown(reason), build: .unknown(reason))
        }
    }

    /// `PRETTY_NAME` of os-release, whose second place is where packages put it.
    private static func operatingSystem(_ files: SystemFiles) -> Reported<String> {
        var text = files.text("/etc/os-release")
        if text.value == nil, let other = files.text("/usr/lib/os-release").value { text = .known(other) }
        switch text {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text):
            let line = text.lines.first { $0.hasPrefix("PRETTY_NAME=") }
            let name = line?.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" && $0 != "'" }
            let plain = name.map { ShortText.plain($0, 200) }
            return Reported(plain.flatMap { $0.isEmpty ? nil : $0 }, else: "/etc/os-release has no PRETTY_NAME")
        }
    }

    private static func cLibrary() -> Reported<String> {
        Reported(assay_glibc_version().map { "glibc " + String(cString: $0) }, else: "not glibc")
    }
}
