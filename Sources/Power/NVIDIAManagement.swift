import Model
import NVML
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// NVIDIA's management library. A plain survey only looks for it: loading it wakes the driver.
struct NVIDIAManagement: PowerSource {
    private let files: SystemFiles
    private let isDeep: Bool
    /// The file to load instead of the well-known ones.
    private let named: String?
    private static let library = "libnvidia-ml.so.1"

    init(_ files: SystemFiles, isDeep: Bool = false, library: String? = nil) {
        self.files = files
        self.isDeep = isDeep
        named = library
    }

    func survey() -> PowerSurvey {
        let hasDriver = NVML.driverFiles.contains(where: files.exists)
        if isDeep, files.isLive, hasDriver || NVML.isNamed(path: named) { return ask() }
        return look(hasDriver)
    }

    func open() -> [any PowerMeter] {
        let hasDriver = NVML.driverFiles.contains(where: files.exists)
        guard files.isLive, hasDriver || NVML.isNamed(path: named) else { return [] }
        return (try? NVIDIALibrary(path: named))?.meters() ?? []
    }

    /// Which devices count energy, which tell power only, and which nothing.
    private func ask() -> PowerSurvey {
        do throws(NVMLError) {
            let nvml = try NVML(path: named)
            var (counting, reading, problems) = (0, 0, [String]())
            let devices = try nvml.devices()
            for device in devices {
                do throws(NVMLError) {
                    let device = try device.get()
                    if (try? nvml.hasEnergyCounter(device)) == true {
                        counting += 1
                    } else {
                        _ = try nvml.power(device)
                        reading += 1
                    }
                } catch {
                    if !problems.contains(error.description) { problems.append(error.description) }
                }
            }
            let found = [
                counting > 0 ? "energy counter of \(counting)" : nil,
                reading > 0 ? "power reading only of \(reading)" : nil,
                problems.isEmpty ? nil : problems.joined(separator: "; "),
            ].compactMap { $0 }
            let finding =
                "\(devices.count) device\(devices.count == 1 ? "" : "s")"
                + (found.isEmpty ? "" : ": " + found.joined(separator: ", "))
            return counting + reading > 0
                ? PowerSurvey("NVML", "board", available: finding) : unavailable(finding, PowerSurvey.nothing)
        } catch {
            return unavailable(error.description, mend(error))
        }
    }

    private func mend(_ error: NVMLError) -> String {
        switch error {
        case .absent: "sudo apt-get install libnvidia-ml1"
        case .notInitialised(.driverNotLoaded): "sudo modprobe nvidia"
        case .notInitialised(.versionMismatch): "sudo reboot, so that driver and library are of one version again"
        case .notInitialised(.noPermission): "sudo chmod a+rw /dev/nvidia*"
        default: PowerSurvey.nothing
        }
    }

    private func look(_ hasDriver: Bool) -> PowerSurvey {
        let place = folders.first { files.exists("\($0)/\(Self.library)") }
        switch (hasDriver, place) {
        case (true, .some):
            return PowerSurvey(
                "NVML", "board", available: "driver and \(Self.library) present; asked only by a deep probe (--deep)")
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
