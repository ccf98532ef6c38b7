import Model
import SystemFiles

/// Settings that each processing unit has for itself.
enum UnitSettings {
    private static let folder = "/sys/devices/system/cpu"

    /// `cpu0`, or all of them: a large machine has hundreds, and mostly they agree.
    static func units(_ files: SystemFiles, isDeep: Bool) -> [String] {
        guard isDeep else { return ["cpu0"] }
        return files.names(in: folder).filter { $0.hasPrefix("cpu") && $0.dropFirst(3).allSatisfy(\.isNumber) }
            .filter { $0.count > 3 }
    }

    /// The value of `file`, which `pattern` ends with, of the first unit, or a tally of all.
    @Sendable static func summary(_ files: SystemFiles, _ pattern: String, isDeep: Bool) -> Reported<String> {
        let file = pattern.utf8.firstIndex(of: UInt8(ascii: "*")).map { String(pattern[$0...].dropFirst(2)) } ?? ""
        let units = units(files, isDeep: isDeep)
        var counts: [String: Int] = [:]
        var problem = "no processing unit under \(folder)"
        for unit in units {
            switch files.line("\(folder)/\(unit)/\(file)") {
            case .known(let value): counts[value, default: 0] += 1
            case .unknown(let reason): problem = reason
            }
        }
        return Tally.summary(counts, of: units.count, else: problem)
    }
}

/// How deeply processing units may sleep, and so how long they take to wake up.
enum IdleStates {
    private static let folder = "/sys/devices/system/cpu"

    /// `POLL C1 C1E C6, at most 133 µs to wake; off: C6`, of the first unit or as a tally of all.
    @Sendable static func summary(_ files: SystemFiles, _ pattern: String, isDeep: Bool) -> Reported<String> {
        let units = UnitSettings.units(files, isDeep: isDeep)
        var counts: [String: Int] = [:]
        for unit in units {
            if let states = states(files, "\(folder)/\(unit)/cpuidle") { counts[states, default: 0] += 1 }
        }
        return Tally.summary(counts, of: units.count, else: "no idle state under \(folder)/cpu0/cpuidle")
    }

    private static func states(_ files: SystemFiles, _ folder: String) -> String? {
        // Never more than ten, so that their names sort as their numbers do.
        let states = files.names(in: folder).filter { $0.hasPrefix("state") }.prefix(16).map { state in
            let path = "\(folder)/\(state)"
            return (
                name: files.line("\(path)/name").value.map { String($0.prefix(32)) } ?? state,
                isOff: files.line("\(path)/disable").value ?? "0" != "0",
                latency: files.integer("\(path)/latency").value
            )
        }
        guard !states.isEmpty else { return nil }
        let names = states.filter { !$0.isOff }.map(\.name)
        let off = states.filter(\.isOff).map(\.name)
        let latency = states.filter { !$0.isOff }.compactMap(\.latency).max()
        return (names.isEmpty ? "none" : names.joined(separator: " "))
            + (latency.map { ", at most \($0) µs to wake" } ?? "")
            + (off.isEmpty ? "" : "; off: \(off.joined(separator: " "))")
    }
}

/// Caps on what a package may draw, as the kernel enforces them through RAPL.
enum PowerLimits {
    private static let folder = "/sys/class/powercap"

    /// `125 W`, or a tally of packages where they differ.
    ///
    /// - Parameter constraint: `long_term` or `short_term`, as the kernel names its constraints.
    static func summary(_ files: SystemFiles, _ constraint: String) -> Reported<String> {
        // Zones of whole packages: `intel-rapl:0`. Those with a second number are parts of them.
        let zones = files.names(in: folder).filter {
            $0.hasPrefix("intel-rapl:") && $0.split(separator: ":").count == 2
        }
        guard !zones.isEmpty else { return .unknown("no RAPL zone under \(folder)") }
        var counts: [String: Int] = [:]
        var problem = "no constraint is called \(constraint)"
        for zone in zones {
            guard let place = (0..<4).first(where: { name(files, zone, $0) == constraint }) else { continue }
            switch files.integer("\(folder)/\(zone)/constraint_\(place)_power_limit_uw") {
            case .known(let microwatts): counts[watts(microwatts, isOn(files, zone)), default: 0] += 1
            case .unknown(let reason): problem = reason
            }
        }
        return Tally.summary(counts, of: zones.count, else: problem)
    }

    private static func name(_ files: SystemFiles, _ zone: String, _ place: Int) -> String? {
        files.line("\(folder)/\(zone)/constraint_\(place)_name").value
    }

    private static func isOn(_ files: SystemFiles, _ zone: String) -> Bool {
        files.line("\(folder)/\(zone)/enabled").value != "0"
    }

    private static func watts(_ microwatts: Int, _ isOn: Bool) -> String {
        let tenths = Int((Double(microwatts) / 1e5).rounded())
        let text = tenths % 10 == 0 ? "\(tenths / 10) W" : "\(tenths / 10).\(abs(tenths % 10)) W"
        return isOn ? text : text + " (not enforced)"
    }
}
