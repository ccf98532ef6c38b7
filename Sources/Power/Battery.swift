import Model
import SystemFiles

/// What a portable machine draws from its battery, its display included. On the mains a battery tells nothing of it.
struct Battery: PowerSource {
    private let files: SystemFiles
    private static let folder = "/sys/class/power_supply"
    private static let name = "battery"

    init(_ files: SystemFiles) { self.files = files }

    func survey() -> PowerSurvey {
        let batteries = batteries()
        guard !batteries.isEmpty else { return unavailable("no battery", PowerSurvey.nothing) }
        let discharging = batteries.filter(isDischarging)
        guard !discharging.isEmpty else {
            return unavailable(
                "\(batteries.joined(separator: ", ")): on the mains, which it does not measure",
                "unplug the machine, if a run on battery is what you want to know")
        }
        let telling = discharging.filter { reading($0) != nil }
        guard !telling.isEmpty else {
            return unavailable("\(discharging.joined(separator: ", ")): tells no power", PowerSurvey.nothing)
        }
        return PowerSurvey(Self.name, "battery", available: telling.joined(separator: ", "))
    }

    func open() -> [any PowerMeter] {
        batteries().filter(isDischarging).compactMap { battery in
            guard let reading = reading(battery) else { return nil }
            let meter = Meter(
                id: "battery.\(battery)", source: Self.name, name: battery, boundary: .battery, kind: .power,
                resolution: 1e-6, statedPeriod: 1, gainError: GainError.board,
                gainErrorOrigin: GainError.onChipOrigin, pollPeriod: 0.2)
            return BatteryMeter(
                description: meter, status: "\(Self.folder)/\(battery)/status", reading: reading, files: files)
        }
    }

    /// Batteries of the machine; those of a mouse or a headset have another scope.
    private func batteries() -> [String] {
        files.names(in: Self.folder).filter { name in
            let folder = "\(Self.folder)/\(name)"
            return files.line("\(folder)/type").value == "Battery" && files.line("\(folder)/scope").value != "Device"
                && name.utf8.count <= 40
        }
    }

    private func isDischarging(_ battery: String) -> Bool {
        files.line("\(Self.folder)/\(battery)/status").value == "Discharging"
    }

    enum Reading: Sendable {
        /// µW
        case power(CounterFile)
        /// µA and µV
        case product(CounterFile, CounterFile)
    }

    private func reading(_ battery: String) -> Reading? {
        func file(_ name: String) -> CounterFile? {
            let path = "\(Self.folder)/\(battery)/\(name)"
            guard let value = files.integer(path).value, value != 0 else { return nil }
            return CounterFile(path, files)
        }
        if let power = file("power_now") { return .power(power) }
        guard let current = file("current_now"), let voltage = file("voltage_now") else { return nil }
        return .product(current, voltage)
    }

    private struct BatteryMeter: PowerMeter {
        let description: Meter
        let status: String
        let reading: Reading
        let files: SystemFiles

        /// Some tell a discharge as a negative number.
        func read() throws(PowerFault) -> RawPower {
            guard files.line(status).value == "Discharging" else {
                throw PowerFault("the machine was plugged in, or the battery is gone")
            }
            switch reading {
            case .power(let file): return .watts(abs(Double(try file.read())) * 1e-6)
            case .product(let current, let voltage):
                return .watts(abs(Double(try current.read()) * 1e-6 * Double(try voltage.read()) * 1e-6))
            }
        }
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey(Self.name, "battery", unavailable: finding, mend: mend)
    }
}
