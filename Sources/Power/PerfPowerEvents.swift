import CProbe
import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// The same counters through perf events, which give them without file permissions but under perf's own rule.
struct PerfPowerEvents: PowerSource {
    /// Opens one event on one processing unit: something that reads it, or an errno.
    typealias Opener =
        @Sendable (_ type: UInt32, _ config: UInt64, _ unit: Int32) -> Result<any EnergyEvent, PowerFault>

    private let files: SystemFiles
    private let isGuest: Bool
    private let opener: Opener?
    private static let folder = "/sys/bus/event_source/devices/power"
    private static let name = "perf power events"

    /// - Parameter opener: instead of the system call, which captured files cannot answer.
    init(_ files: SystemFiles, isGuest: Bool, opener: Opener? = nil) {
        self.files = files
        self.isGuest = isGuest
        self.opener = opener ?? (files.isLive ? Self.systemCall : nil)
    }

    func survey() -> PowerSurvey {
        let events = events()
        guard !events.isEmpty else {
            return unavailable(
                isGuest
                    ? "no power events: the hypervisor does not pass them on" : "no power events in this kernel",
                isGuest ? "measure on the host or on bare metal" : "sudo modprobe rapl")
        }
        let names = events.joined(separator: ", ")
        // On the machine itself the call is tried: who may is more than the level tells.
        if files.isLive, let opener, let event = events.first, let parsed = parse(event), let unit = units.first {
            switch opener(parsed.type, parsed.config, unit) {
            case .success: return PowerSurvey(Self.name, "package", available: names)
            case .failure(let fault): return unavailable("\(names): \(fault)", mend)
            }
        }
        // Counting for a whole processor is a privilege above level 0.
        let level = files.integer("/proc/sys/kernel/perf_event_paranoid")
        guard let level = level.value else {
            return unavailable("events exist, perf's rule cannot be read: \(level.reason ?? "")", PowerSurvey.nothing)
        }
        guard level < 1 else { return unavailable("\(names); perf_event_paranoid is \(level)", mend) }
        return PowerSurvey(Self.name, "package", available: names)
    }

    func open() -> [any PowerMeter] {
        guard survey().available, let opener else { return [] }
        return events().flatMap { event -> [any PowerMeter] in
            guard let parsed = parse(event) else { return [] }
            return units.enumerated().compactMap { index, unit -> (any PowerMeter)? in
                guard case .success(let opened) = opener(parsed.type, parsed.config, unit) else { return nil }
                return EventMeter(description: meter(event, index, parsed.scale), event: opened)
            }
        }
    }

    private var mend: String { "sudo sysctl kernel.perf_event_paranoid=0" }

    private func events() -> [String] {
        files.names(in: "\(Self.folder)/events").filter { $0.hasPrefix("energy-") && !$0.contains(".") }
    }

    /// One processing unit a package, as the kernel names them: `0,28`.
    private var units: [Int32] {
        let list = files.line("\(Self.folder)/cpumask").value ?? "0"
        return list.split(separator: ",").prefix(64).compactMap { part in
            part.split(separator: "-").first.flatMap { Int32($0) }
        }
    }

    private struct Event {
        let type: UInt32
        let config: UInt64
        /// Joules a count.
        let scale: Double
    }

    /// `event=0x02`, its scale, and the type of the unit that counts it.
    private func parse(_ event: String) -> Event? {
        guard let type = files.integer("\(Self.folder)/type").value.flatMap({ UInt32(exactly: $0) }),
            let text = files.line("\(Self.folder)/events/\(event)").value,
            let scale = files.line("\(Self.folder)/events/\(event).scale").value.flatMap({ Double($0) }),
            scale > 0, scale < 1, files.line("\(Self.folder)/events/\(event).unit").value ?? "Joules" == "Joules"
        else { return nil }
        let term = text.split(separator: ",").first { $0.hasPrefix("event=") }?.dropFirst(6)
        let config = term.flatMap { $0.hasPrefix("0x") ? UInt64($0.dropFirst(2), radix: 16) : UInt64($0) }
        return config.map { Event(type: type, config: $0, scale: scale) }
    }

    private func meter(_ event: String, _ index: Int, _ scale: Double) -> Meter {
        let boundary: PowerBoundary =
            switch event {
            case "energy-pkg": .package
            case "energy-psys": .platform
            case "energy-ram": .memory
            default: .part
            }
        return Meter(
            id: "perf.\(event).\(index)", source: Self.name, name: "\(event) \(index)", boundary: boundary,
            kind: .counter, within: boundary == .part ? "perf.energy-pkg.\(index)" : nil, resolution: scale,
            statedPeriod: 0.001, gainError: GainError.onChip, gainErrorOrigin: GainError.onChipOrigin, pollPeriod: 0.05)
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey(Self.name, "package", unavailable: finding, mend: mend)
    }

    private static let systemCall: Opener = { type, config, unit in
        let descriptor = assay_energy_open(type, config, unit)
        guard descriptor >= 0 else {
            return .failure(PowerFault("perf_event_open: \(String(cString: strerror(-descriptor)))"))
        }
        return .success(EventCounter(descriptor: descriptor))
    }
}

/// An event that counts.
protocol EnergyEvent: Sendable {
    func read() throws(PowerFault) -> UInt64
}

/// Owns the descriptor.
private final class EventCounter: EnergyEvent {
    private let descriptor: Int32
    init(descriptor: Int32) { self.descriptor = descriptor }
    deinit { assay_energy_close(descriptor) }

    func read() throws(PowerFault) -> UInt64 {
        var count: UInt64 = 0
        let code = assay_energy_read(descriptor, &count)
        guard code == 0 else { throw PowerFault("perf event: \(String(cString: strerror(code)))") }
        return count
    }
}

/// Perf begins to count at 0 when an event is opened; 1 is added, because 0 is what a dead counter says.
private struct EventMeter: PowerMeter {
    let description: Meter
    let event: any EnergyEvent

    func read() throws(PowerFault) -> RawPower { .count(try event.read() &+ 1) }
}
