import Model
import SystemFiles

/// Power and energy sensors of the board: hwmon's `power*_input`, `power*_average` and `energy*_input`.
struct HardwareMonitor: PowerSource {
    private let files: SystemFiles
    private let isGuest: Bool
    private static let folder = "/sys/class/hwmon"

    init(_ files: SystemFiles, isGuest: Bool) {
        self.files = files
        self.isGuest = isGuest
    }

    func survey() -> PowerSurvey {
        let monitors = files.names(in: Self.folder)
        guard !monitors.isEmpty else {
            return unavailable(
                isGuest ? "no hwmon: the hypervisor does not pass sensors on" : "no hwmon device",
                isGuest ? "measure on the host or on bare metal" : "sudo sensors-detect")
        }
        let sensors = monitors.flatMap(sensors)
        guard !sensors.isEmpty else {
            return unavailable("\(monitors.count) monitors, none of power", "sudo sensors-detect")
        }
        let alive = sensors.filter { (files.integer($0.path).value ?? 0) > 0 }
        guard !alive.isEmpty else {
            return unavailable(
                "\(described(sensors)): unreadable or 0", "sudo chmod a+r \(Self.folder)/hwmon*/{power,energy}*_*")
        }
        return PowerSurvey("hwmon", "board", available: described(alive))
    }

    private struct Sensor {
        /// `coretemp`, or with the GPU it sits on: `amdgpu (GPU 0000:03:00.0)`.
        let chip: String
        let path: String
    }

    private func sensors(_ monitor: String) -> [Sensor] {
        let folder = "\(Self.folder)/\(monitor)"
        let readings = files.names(in: folder).filter { name in
            (name.hasPrefix("power") && (name.hasSuffix("_input") || name.hasSuffix("_average")))
                || (name.hasPrefix("energy") && name.hasSuffix("_input"))
        }
        // Reading a sensor of a device that sleeps would wake it.
        guard !readings.isEmpty, files.line("\(folder)/device/power/runtime_status").value != "suspended" else {
            return []
        }
        let chip = (files.line("\(folder)/name").value ?? monitor) + gpu(folder)
        return readings.map { Sensor(chip: chip, path: "\(folder)/\($0)") }
    }

    /// Which GPU a monitor belongs to, where it is one's: by the class of its device on the PCI bus.
    private func gpu(_ folder: String) -> String {
        let pairs = (files.text("\(folder)/device/uevent").value?.lines ?? []).compactMap { $0.keyed("=") }
        func value(_ key: String) -> String { pairs.first { $0.key == key }?.value ?? "" }
        let (place, number) = (value("PCI_SLOT_NAME"), value("PCI_CLASS"))
        // The class is written without its leading zero: display 03, accelerator 12.
        let isGPU = (number.hasPrefix("3") && number.count == 5) || (number.hasPrefix("12") && number.count == 6)
        let isAddress = place.utf8.count <= 16 && place.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        return isGPU && isAddress ? " (GPU \(place))" : ""
    }

    private func described(_ sensors: [Sensor]) -> String {
        let chips = Set(sensors.map(\.chip)).sorted().joined(separator: ", ")
        return "\(sensors.count) sensor\(sensors.count == 1 ? "" : "s") of \(chips)"
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey("hwmon", "board", unavailable: finding, mend: mend)
    }
}
