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
        let alive = sensors.filter(isAlive)
        guard !alive.isEmpty else {
            return unavailable(
                "\(described(sensors)): unreadable or 0", "sudo chmod a+r \(Self.folder)/hwmon*/{power,energy}*_*")
        }
        return PowerSurvey("hwmon", "board", available: described(alive))
    }

    /// One meter a sensor: of what it counts, averages and tells at the moment the first is the best.
    func open() -> [any PowerMeter] {
        files.names(in: Self.folder).flatMap { monitor -> [any PowerMeter] in
            let sensors = sensors(monitor).filter(isAlive)
            let preference = ["energy", "average", "input"]
            var best: [String: Sensor] = [:]
            for sensor in sensors.sorted(by: {
                (preference.firstIndex(of: $0.kind) ?? 3) < (preference.firstIndex(of: $1.kind) ?? 3)
            })
            where best[sensor.number] == nil { best[sensor.number] = sensor }
            var meters = best.values.sorted { $0.path < $1.path }.map {
                FileMeter(description: $0.meter(files), file: CounterFile($0.path, files))
            }
            // Of a GPU that counts the whole card and its package, the package is in the card.
            if let card = meters.first(where: {
                $0.description.boundary == .accelerator && $0.description.name.hasSuffix(" card")
            }) {
                for index in meters.indices where meters[index].description.id != card.description.id {
                    meters[index].description.within = card.description.id
                }
            }
            return meters
        }
    }

    private func isAlive(_ sensor: Sensor) -> Bool { (files.integer(sensor.path).value ?? 0) > 0 }

    private func sensor(_ monitor: String, _ reading: String, _ name: String, _ gpu: String) -> Sensor {
        let isEnergy = reading.hasPrefix("energy")
        return Sensor(
            name: name, chip: name + gpu, path: "\(Self.folder)/\(monitor)/\(reading)",
            monitor: monitor, isGPU: !gpu.isEmpty,
            kind: isEnergy ? "energy" : reading.hasSuffix("_average") ? "average" : "input",
            number: String(reading.filter(\.isNumber)))
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
        let name = files.line("\(folder)/name").value.map { String($0.prefix(40)) } ?? monitor
        let gpu = gpu(folder)
        return readings.map { sensor(monitor, $0, name, gpu) }
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
