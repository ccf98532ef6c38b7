import Model
import NVML

/// The boards of one loaded library. It stays loaded as long as any of its meters is there.
final class NVIDIALibrary: Sendable {
    private let nvml: NVML
    private let devices: [(index: Int, device: NVMLDevice)]

    init(path: String?) throws(NVMLError) {
        nvml = try NVML(path: path)
        devices = try nvml.devices().enumerated().compactMap { index, result in
            if case .success(let device) = result { (index, device) } else { nil }
        }
    }

    /// One meter a board: its counter where it has one, else its power, the average before the moment's, because that one
    /// misses what falls between two readings.
    func meters() -> [any PowerMeter] {
        devices.compactMap { index, device -> (any PowerMeter)? in
            guard let way = way(device) else { return nil }
            return NVIDIAMeter(description: description(index, device, way), way: way, device: device, library: self)
        }
    }

    enum Way: Sendable {
        case counter, average, instant, usage

        var name: String {
            switch self {
            case .counter: "energy"
            case .average: "average power"
            case .instant: "instant power"
            case .usage: "power"
            }
        }
    }

    private func way(_ device: NVMLDevice) -> Way? {
        if (try? nvml.hasEnergyCounter(device)) == true { return .counter }
        if (try? nvml.power(.average, device)) != nil { return .average }
        if (try? nvml.power(.instant, device)) != nil { return .instant }
        return (try? nvml.power(device)) != nil ? .usage : nil
    }

    private func description(_ index: Int, _ device: NVMLDevice, _ way: Way) -> Meter {
        let limit = try? nvml.powerLimit(.enforced, device)
        let isPrompt = way == .counter || way == .instant
        var meter = Meter(
            id: "nvml.\(index)", source: "NVML", name: "GPU \(index) \((try? nvml.name(device)) ?? ""), \(way.name)",
            boundary: .accelerator, kind: way == .counter ? .counter : .power, resolution: 1e-3,
            // Counters and moments change every 20 to 100 ms by architecture; averages are over a second since Ampere.
            statedPeriod: isPrompt ? 0.02 : 1, gainError: GainError.board,
            gainErrorOrigin: GainError.nvidiaOrigin, ratedPower: limit, pollPeriod: way == .counter ? 0.05 : 0.02)
        // Which of these it is cannot be known unseen: the longest makes no ± too small.
        meter.assumedPeriod = isPrompt ? 0.1 : nil
        return meter
    }

    func read(_ way: Way, _ device: NVMLDevice) throws(PowerFault) -> RawPower {
        do throws(NVMLError) {
            switch way {
            case .counter: return .count(try nvml.energyCount(device))
            case .average: return .watts(try nvml.power(.average, device))
            case .instant: return .watts(try nvml.power(.instant, device))
            case .usage: return .watts(try nvml.power(device))
            }
        } catch {
            throw PowerFault(error.description)
        }
    }
}

private struct NVIDIAMeter: PowerMeter {
    let description: Meter
    let way: NVIDIALibrary.Way
    let device: NVMLDevice
    let library: NVIDIALibrary

    func read() throws(PowerFault) -> RawPower { try library.read(way, device) }
}
