import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// NVIDIA's management library. Only looked for here: loading it wakes the driver.
struct NVIDIAManagement: PowerSource {
    private let files: SystemFiles
    private static let library = "libnvidia-ml.so.1"

    init(_ files: SystemFiles) { self.files = files }

    func survey() -> PowerSurvey {
        let hasDriver = files.exists("/proc/driver/nvidia/version")
        let place = folders.first { files.exists("\($0)/\(Self.library)") }
        switch (hasDriver, place) {
        case (true, .some):
            return PowerSurvey("NVML", "board", available: "driver and \(Self.library) present; not asked yet")
        case (true, .none):
            return unavailable("driver present, \(Self.library) not found", "sudo apt-get install libnvidia-ml1")
        case (false, .some):
            return unavailable("\(Self.library) present, no NVIDIA driver loaded", "sudo modprobe nvidia")
        case (false, .none): return unavailable("no NVIDIA driver", PowerSurvey.nothing)
        }
    }

    /// Where the dynamic linker looks by default, and first where the environment sends it.
    private var folders: [String] {
        let standard = [
            "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/usr/lib64", "/lib64", "/usr/lib", "/usr/local/nvidia/lib64", "/usr/lib/wsl/lib",
            "/usr/lib/x86_64-linux-gnu/nvidia/current",
        ]
        guard files.isLive, let list = getenv("LD_LIBRARY_PATH") else { return standard }
        return String(cString: list).split(separator: ":").map(String.init) + standard
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey("NVML", "board", unavailable: finding, mend: mend)
    }
}
