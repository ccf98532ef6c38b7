import Model
import Units

/// A fact of an accelerator under its name, in words.
struct AcceleratorFact {
    var name: String
    var value: Reported<String>
}

extension Accelerator {
    /// In the order in which they are read.
    var facts: [AcceleratorFact] {
        var facts = [
            AcceleratorFact(name: "Driver", value: driver),
            AcceleratorFact(name: "Driver version", value: driverVersion),
            AcceleratorFact(name: "Firmware", value: firmwareVersion),
        ]
        facts += computeFacts + memoryFacts + clockFacts + powerFacts
        facts += [
            AcceleratorFact(
                name: "Temperature",
                value: temperatureCelsius.map { "\(Figures.significant($0))\(Figures.space)°C" }),
            AcceleratorFact(name: "Utilization", value: utilization.map { Figures.percent($0) }),
            AcceleratorFact(
                name: "Clocks held down by",
                value: throttleReasons.map { $0.isEmpty ? "nothing" : $0.joined(separator: ", ") }),
            AcceleratorFact(name: "Link to the host", value: hostLink.flat(\.text)),
            AcceleratorFact(name: "Link to others", value: interconnect.map(\.text)),
        ]
        facts += modeFacts
        if !instances.isEmpty { facts.append(AcceleratorFact(name: "Instances", value: .known(instanceText))) }
        facts.append(
            contentsOf: [("UUID", uuid), ("Serial number", serial)].compactMap { name, value in
                value.map { AcceleratorFact(name: name, value: .known($0)) }
            })
        return facts
    }

    private var computeFacts: [AcceleratorFact] {
        [
            AcceleratorFact(name: "Compute capability", value: compute.flat(\.capability)),
            AcceleratorFact(name: "Programming interface", value: compute.flat(\.interface)),
            AcceleratorFact(name: "Multiprocessors", value: compute.flat(\.multiprocessors).map(Self.grouped)),
            AcceleratorFact(name: "Cores", value: compute.flat(\.cores).map(Self.grouped)),
        ]
    }

    private var memoryFacts: [AcceleratorFact] {
        [
            AcceleratorFact(name: "Memory", value: memory.flat(\.bytes).map(Figures.bytes)),
            AcceleratorFact(name: "Memory free", value: memory.flat(\.freeBytes).map(Figures.bytes)),
            AcceleratorFact(name: "Memory reserved", value: memory.flat(\.reservedBytes).map(Figures.bytes)),
            AcceleratorFact(
                name: "Memory the host sees", value: memory.flat(\.hostVisibleBytes).map(Figures.bytes)),
        ]
    }

    /// One line a clock: `1.98 GHz at most, 345 MHz now`.
    private var clockFacts: [AcceleratorFact] {
        guard let clocks = clocks.value else {
            return [AcceleratorFact(name: "Clocks", value: .unknown(clocks.reason ?? ""))]
        }
        return clocks.map { clock in
            let parts = [
                clock.maximum.value.map { "\(Figures.quantity($0, .hertz)) at most" },
                clock.application?.value.map { "\(Figures.quantity($0, .hertz)) for applications" },
                clock.current.value.map { "\(Figures.quantity($0, .hertz)) when probed" },
            ].compactMap { $0 }
            return AcceleratorFact(
                name: "\(Words.capital(clock.domain)) clock",
                value: Reported(
                    parts.isEmpty ? nil : parts.joined(separator: ", "),
                    else: clock.maximum.reason ?? clock.current.reason ?? ""))
        }
    }

    private var powerFacts: [AcceleratorFact] {
        func watts(_ value: Double) -> String { Figures.quantity(value, .watts) }
        let least = power.value?.minimumLimit.value.map(watts)
        let most = power.value?.maximumLimit.value.map(watts)
        let range = [least.map { "from \($0)" }, most.map { "up to \($0)" }].compactMap { $0 }.joined(separator: " ")
        let usual = power.value?.defaultLimit.value.map { "\(watts($0)) by default" }
        let beside = [usual, range.isEmpty ? nil : "may be set \(range)"].compactMap { $0 }.joined(separator: "; ")
        return [
            AcceleratorFact(
                name: "Power limit",
                value: power.flat(\.limit).map { watts($0) + (beside.isEmpty ? "" : " (\(beside))") }),
            AcceleratorFact(name: "Power when probed", value: power.flat(\.current).map(watts)),
            AcceleratorFact(name: "Energy counter", value: power.flat(\.hasEnergyCounter).map { $0 ? "yes" : "no" }),
        ]
    }

    private var modeFacts: [AcceleratorFact] {
        guard let modes = modes.value else {
            return [AcceleratorFact(name: "Modes", value: .unknown(modes.reason ?? ""))]
        }
        return modes.map { mode in
            let pending = mode.pending?.value.flatMap {
                $0 == mode.current.value ? nil : ", \($0) after the next reset"
            }
            return AcceleratorFact(
                name: Words.capital(Words.setting(mode.name)), value: mode.current.map { $0 + (pending ?? "") })
        }
    }

    private var instanceText: String {
        instances.map { instance in
            let parts = [
                instance.bytes.value.map(Figures.bytes), instance.multiprocessors.value.map { "\($0) multiprocessors" },
            ].compactMap { $0 }
            return instance.name.text + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
        }.joined(separator: "; ")
    }

    private static func grouped(_ count: Int) -> String { Figures.grouped(UInt64(max(count, 0))) }
}
