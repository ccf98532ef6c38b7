import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// The processor's own energy counters through the kernel's powercap interface. A model or a sensor, by processor.
struct PowercapRAPL: PowerSource {
    private let files: SystemFiles
    private let isGuest: Bool
    private static let folder = "/sys/class/powercap"
    private static let name = "powercap RAPL"

    init(_ files: SystemFiles, isGuest: Bool) {
        self.files = files
        self.isGuest = isGuest
    }

    func survey() -> PowerSurvey {
        let zones = zones().filter { $0.parent == nil }
        guard !zones.isEmpty else { return absent() }
        let readings = zones.map { files.integer($0.file) }
        if let problem = readings.lazy.compactMap(\.reason).first { return unreadable(zones, problem) }
        guard readings.allSatisfy({ ($0.value ?? 0) > 0 }) else {
            return unavailable("the counter reads 0: nothing feeds it", "measure on the host or on bare metal")
        }
        guard !files.isLive || advances(zones, from: readings) else {
            return unavailable("the counter does not advance: nothing feeds it", "measure on the host or on bare metal")
        }
        return PowerSurvey(Self.name, "package", available: Self.count(zones))
    }

    /// Packages and the platform, with all that is counted inside them.
    func open() -> [any PowerMeter] {
        guard survey().available else { return [] }
        return zones().compactMap { zone -> FileMeter? in
            guard (files.integer(zone.file).value ?? 0) > 0 else { return nil }
            return FileMeter(description: meter(zone), file: CounterFile(zone.file, files))
        }
    }

    private static func count(_ zones: [Zone]) -> String {
        let packages = zones.count { $0.boundary == .package }
        let others = zones.filter { $0.boundary != .package }.map(\.name)
        return (["\(packages) package\(packages == 1 ? "" : "s")"] + others).joined(separator: ", ")
    }

    // MARK: zones

    private struct Zone {
        /// `intel-rapl:0`, `intel-rapl:0:1`.
        let id: String
        /// `package-0`, `psys`, `core`, `uncore`, `dram`.
        let name: String
        let parent: String?
        var file: String { "\(PowercapRAPL.folder)/\(id)/energy_uj" }

        var boundary: PowerBoundary {
            name.hasPrefix("package") || (parent == nil && !name.hasPrefix("psys"))
                ? .package : name.hasPrefix("psys") ? .platform : name.hasPrefix("dram") ? .memory : .part
        }
        /// Memory hangs beside the package, although the kernel lists it under it; the platform contains packages, but is
        /// listed beside them.
        var within: String? { boundary == .part ? parent : nil }
    }

    /// `intel-rapl:N` and `intel-rapl:N:M`; the copies under `intel-rapl-mmio` count the same energy again.
    private func zones() -> [Zone] {
        files.names(in: Self.folder).compactMap { id in
            let parts = id.split(separator: ":", omittingEmptySubsequences: false)
            guard (2...3).contains(parts.count), parts[0] == "intel-rapl",
                parts.dropFirst().allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isNumber) })
            else { return nil }
            let label = files.line("\(Self.folder)/\(id)/name").value
            return Zone(
                id: id, name: label.map { String($0.prefix(40)) } ?? (parts.count == 2 ? "package-\(parts[1])" : id),
                parent: parts.count == 3 ? "intel-rapl:\(parts[1])" : nil)
        }
    }

    private func meter(_ zone: Zone) -> Meter {
        let folder = "\(Self.folder)/\(zone.id)"
        let range = files.integer("\(folder)/max_energy_range_uj").value.flatMap { $0 > 0 ? Double($0) * 1e-6 : nil }
        let rated = ratedPower(folder)
        // A quarter of the time in which it could wrap, at twice what it is rated for, and often enough to be drawn.
        let poll = min(0.05, (range ?? .infinity) / (4 * (rated ?? 1000)))
        return Meter(
            id: "rapl.\(zone.id)", source: Self.name, name: zone.name, boundary: zone.boundary, kind: .counter,
            within: zone.within.map { "rapl.\($0)" }, resolution: 1e-6, statedPeriod: 0.001,
            gainError: GainError.onChip, gainErrorOrigin: GainError.onChipOrigin, range: range, ratedPower: rated,
            pollPeriod: max(poll, 0.001))
    }

    /// The largest power limit of the zone, W: what it may draw for a while.
    private func ratedPower(_ folder: String) -> Double? {
        let limits = (0..<4).flatMap { index in
            ["max_power_uw", "power_limit_uw"].compactMap { files.integer("\(folder)/constraint_\(index)_\($0)").value }
        }
        return limits.max().flatMap { (1_000_000...100_000_000_000).contains($0) ? Double($0) * 1e-6 : nil }
    }

    // MARK: what is in the way

    private func absent() -> PowerSurvey {
        if isGuest {
            return unavailable(
                "no RAPL zone: the hypervisor does not pass it on", "measure on the host or on bare metal")
        }
        return unavailable("no RAPL zone under \(Self.folder)", "sudo modprobe intel_rapl_msr")
    }

    private func unreadable(_ zones: [Zone], _ problem: String) -> PowerSurvey {
        if problem.hasSuffix(": " + String(cString: strerror(EACCES))) {
            let finding = "\(Self.count(zones)), readable by root only, as all kernels have it since 2020"
            return unavailable(finding, "sudo chmod a+r \(Self.folder)/intel-rapl:*/energy_uj")
        }
        return unavailable(
            "the counter cannot be read: \(problem)", "sudo modprobe -r intel_rapl_msr && sudo modprobe intel_rapl_msr")
    }

    /// The counters tick once a millisecond, even at rest; twenty are patience enough.
    private func advances(_ zones: [Zone], from before: [Reported<Int>]) -> Bool {
        for _ in 0..<20 {
            usleep(1000)
            if zones.map({ files.integer($0.file) }) != before { return true }
        }
        return false
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey(Self.name, "package", unavailable: finding, mend: mend)
    }
}

/// How far sensors are trusted whose makers state no accuracy.
enum GainError {
    static let onChip = 0.05
    static let onChipOrigin = "assumed: the maker states none for this sensor"
    static let board = 0.05
    /// NVIDIA's reference for `nvmlDeviceGetPowerUsage` states ± 5 % for the boards whose sensor it specifies.
    static let nvidiaOrigin = "assumed for all boards: NVIDIA states ± 5 % for some"
    static let node = 0.05
    static let meter = 0.01
    static let meterOrigin = "assumed: give the meter's own with --power-log-error"
    static let givenOrigin = "as given with --power-log-error"
}
