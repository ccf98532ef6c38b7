import CNVML

/// How a device runs at this moment, and within which limits. Base units.
extension NVML {
    public enum Clock: UInt32, CaseIterable, Sendable {
        /// `NVML_CLOCK_GRAPHICS`, `NVML_CLOCK_SM`, `NVML_CLOCK_MEM`
        case graphics = 0
        case multiprocessor = 1
        case memory = 2
    }

    private static let maximumMegahertz: UInt32 = 100_000
    private static let maximumMilliwatts: UInt32 = 100_000_000

    /// Hz, now.
    public func clock(_ clock: Clock, _ device: NVMLDevice) throws(NVMLError) -> Double {
        try megahertz("nvmlDeviceGetClockInfo", clock, device)
    }

    /// Hz, the highest the device runs at.
    public func maximumClock(_ clock: Clock, _ device: NVMLDevice) throws(NVMLError) -> Double {
        try positive("nvmlDeviceGetMaxClockInfo", try megahertz("nvmlDeviceGetMaxClockInfo", clock, device))
    }

    /// Hz, what applications get unless something holds them back.
    public func applicationClock(_ clock: Clock, _ device: NVMLDevice) throws(NVMLError) -> Double {
        let name = "nvmlDeviceGetApplicationsClock"
        return try positive(name, try megahertz(name, clock, device))
    }

    private func megahertz(_ name: String, _ clock: Clock, _ device: NVMLDevice) throws(NVMLError) -> Double {
        Double(try number(name, device, clock.rawValue, atMost: Self.maximumMegahertz)) * 1e6
    }

    public enum PowerLimit: String, Sendable {
        /// What the driver holds to, all limiters considered.
        case enforced = "nvmlDeviceGetEnforcedPowerLimit"
        case byDefault = "nvmlDeviceGetPowerManagementDefaultLimit"
    }

    /// Watts.
    public func powerLimit(_ limit: PowerLimit, _ device: NVMLDevice) throws(NVMLError) -> Double {
        let milliwatts = try number(limit.rawValue, device, atMost: Self.maximumMilliwatts)
        return try positive(limit.rawValue, Double(milliwatts) / 1e3)
    }

    /// Watts between which the limit may be set.
    public func powerLimits(_ device: NVMLDevice) throws(NVMLError) -> ClosedRange<Double> {
        let name = "nvmlDeviceGetPowerManagementLimitConstraints"
        let (least, most) = try numbers(name, device, atMost: Self.maximumMilliwatts)
        guard least <= most, most > 0 else { throw .implausible(function: name, problem: "\(least) to \(most) mW") }
        return Double(least) / 1e3...Double(most) / 1e3
    }

    /// Watts, now or over the last second, as the architecture has it.
    public func power(_ device: NVMLDevice) throws(NVMLError) -> Double {
        let name = "nvmlDeviceGetPowerUsage"
        return try positive(name, Double(try number(name, device, atMost: Self.maximumMilliwatts)) / 1e3)
    }

    /// Which power of a board is asked for, where the driver tells them apart.
    public enum PowerReadingKind: UInt32, CaseIterable, Sendable {
        /// `NVML_FI_DEV_POWER_AVERAGE`, over a second.
        case average = 185
        /// `NVML_FI_DEV_POWER_INSTANT`
        case instant = 186
    }

    /// Watts of the whole board, by the newer way to ask; drivers before 530 do not know it.
    public func power(_ kind: PowerReadingKind, _ device: NVMLDevice) throws(NVMLError) -> Double {
        let name = "nvmlDeviceGetFieldValues"
        let function = try functions.find(name, assay_nvml_device_fields.self)
        var field = assay_nvml_field(
            field: kind.rawValue, scope: 0, timestamp: 0, latency: 0, value_type: .max, result: .max, value: .max)
        try require(function(device.handle, 1, &field), name)
        try require(Int32(bitPattern: field.result), name)
        guard field.value_type == UInt32(ASSAY_NVML_VALUE_UNSIGNED) else {
            throw .implausible(function: name, problem: "power of type \(field.value_type)")
        }
        // The value is a union; an unsigned number is its first four bytes.
        let milliwatts = try bounded(UInt32(truncatingIfNeeded: field.value), Self.maximumMilliwatts, name)
        return try positive(name, Double(milliwatts) / 1e3)
    }

    /// Millijoules since the driver was loaded, as they are counted.
    public func energyCount(_ device: NVMLDevice) throws(NVMLError) -> UInt64 {
        try wideNumber("nvmlDeviceGetTotalEnergyConsumption", device)
    }

    /// Joules since the driver was loaded.
    public func energy(_ device: NVMLDevice) throws(NVMLError) -> Double {
        Double(try wideNumber("nvmlDeviceGetTotalEnergyConsumption", device)) / 1e3
    }

    /// Whether it counts energy; boards before Volta do not.
    public func hasEnergyCounter(_ device: NVMLDevice) throws(NVMLError) -> Bool {
        do {
            _ = try energy(device)
            return true
        } catch {
            guard error.result == .notSupported else { throw error }
            return false
        }
    }

    /// Degrees Celsius of the GPU's die. The versioned function is the newer; releases before it have the other.
    public func temperature(_ device: NVMLDevice) throws(NVMLError) -> Double {
        let name = "nvmlDeviceGetTemperatureV"
        var reading = assay_nvml_temperature(
            version: UInt32(ASSAY_NVML_TEMPERATURE_V1), sensor: 0, celsius: .max)
        do {
            try fill(name, device, &reading)
        } catch {
            guard error.isOfRelease else { throw error }
            return Double(try number("nvmlDeviceGetTemperature", device, 0, atMost: 1000))
        }
        guard (-100...1000).contains(reading.celsius) else {
            throw .implausible(function: name, problem: "\(reading.celsius) °C")
        }
        return Double(reading.celsius)
    }

    /// Share of the last sample period in which a kernel ran, 0 to 1.
    public func utilization(_ device: NVMLDevice) throws(NVMLError) -> Double {
        let name = "nvmlDeviceGetUtilizationRates"
        var rates = assay_nvml_utilization(gpu: .max, memory: .max)
        try fill(name, device, &rates)
        return Double(try bounded(rates.gpu, 100, name)) / 100
    }

    /// What holds the clocks down at this moment, in words; empty where nothing does.
    public func throttleReasons(_ device: NVMLDevice) throws(NVMLError) -> [String] {
        let bits: UInt64
        do {
            bits = try wideNumber("nvmlDeviceGetCurrentClocksEventReasons", device)
        } catch {
            guard error.isOfRelease else { throw error }
            bits = try wideNumber("nvmlDeviceGetCurrentClocksThrottleReasons", device)
        }
        return Self.words(throttleReasons: bits)
    }

    /// Bits that have no word yet are given by number, so that none is dropped.
    static func words(throttleReasons bits: UInt64) -> [String] {
        let words = [
            "idle", "application clocks", "software power cap", "hardware slowdown", "sync boost",
            "software thermal slowdown", "hardware thermal slowdown", "hardware power brake", "display clocks",
        ]
        return (0..<64).filter { bits >> UInt64($0) & 1 == 1 }.map {
            words.indices.contains($0) ? words[$0] : "bit \($0)"
        }
    }

    private func positive(_ name: String, _ value: Double) throws(NVMLError) -> Double {
        guard value > 0 else { throw .implausible(function: name, problem: "0") }
        return value
    }
}

extension NVMLError {
    /// Whether an older or newer function of the same meaning is worth a try.
    var isOfRelease: Bool {
        if case .symbolAbsent = self { return true }
        return result == .functionNotFound || result == .argumentVersionMismatch
    }
}
