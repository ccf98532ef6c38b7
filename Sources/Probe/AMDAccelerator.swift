import Model
import SystemFiles

/// GPUs of the amdgpu driver, which tells everything through files.
struct AMDAccelerator {
    private let device: DeviceFolder

    init(_ device: DeviceFolder) { self.device = device }

    /// What the driver knows by heart.
    func describe(_ accelerator: inout Accelerator) {
        // The board's own record, where it has one; the PCI database names the chip.
        accelerator.model = device.word("product_name").or(accelerator.model)
        accelerator.firmwareVersion = device.word("vbios_version")
        accelerator.memory = .known(
            Accelerator.Memory(
                bytes: device.bytes("mem_info_vram_total"), freeBytes: free,
                reservedBytes: .unknown("amdgpu does not tell"),
                hostVisibleBytes: device.bytes("mem_info_vis_vram_total")))
        accelerator.compute = AMDCompute.find(device.files, accelerator.busId)
        accelerator.interconnect = interconnect
    }

    private var free: Reported<UInt64> {
        let used = device.whole("mem_info_vram_used", in: 0...(1 << 50))
        guard let used = used.value else { return .unknown(used.reason ?? "") }
        return device.bytes("mem_info_vram_total").map { $0 - min($0, UInt64(used)) }
    }

    /// GPUs that are linked with each other form a hive, which names each of them.
    private var interconnect: Reported<Accelerator.Interconnect> {
        let nodes = device.numberedCount("xgmi_hive_info", "node")
        guard nodes > 0 else { return .unknown("amdgpu shows no XGMI hive") }
        return .known(Accelerator.Interconnect(name: "XGMI", links: [], peers: nodes - 1))
    }

    /// What the GPU's firmware is asked for.
    func read(_ accelerator: inout Accelerator) {
        let path = "\(device.path)/gpu_metrics"
        let metrics: Reported<GPUMetrics> =
            switch device.files.bytes(path, atMost: GPUMetrics.limit) {
            case .known(let bytes): GPUMetrics.parse(bytes, path)
            case .unknown(let reason): .unknown(reason)
            }
        let monitor = DeviceMonitor(device)
        accelerator.clocks = .known([
            clock("graphics", "pp_dpm_sclk", metrics.value?.graphicsClock),
            clock("memory", "pp_dpm_mclk", metrics.value?.memoryClock),
        ])
        accelerator.power = power(monitor.power, metrics.value)
        accelerator.temperatureCelsius = monitor.temperature.or(
            Reported(metrics.value?.temperature, else: "gpu_metrics tells none"))
        accelerator.utilization = device.quantity("gpu_busy_percent", parts: 100, in: 0...100)
        accelerator.throttleReasons = throttling(metrics)
        accelerator.modes = modes
    }

    /// hwmon's answer, and what the table has beyond it.
    private func power(_ told: Reported<Accelerator.Power>, _ metrics: GPUMetrics?) -> Reported<Accelerator.Power> {
        guard let metrics else { return told }
        let none = Reported<Double>.unknown(told.reason ?? "")
        var power =
            told.value
            ?? Accelerator.Power(
                current: none, limit: none, defaultLimit: none, minimumLimit: none, maximumLimit: none,
                hasEnergyCounter: .known(false))
        power.current = power.current.or(Reported(metrics.power, else: "gpu_metrics tells none"))
        if metrics.hasEnergyCounter { power.hasEnergyCounter = .known(true) }
        return .known(power)
    }

    private func throttling(_ metrics: Reported<GPUMetrics>) -> Reported<[String]> {
        switch metrics {
        case .unknown(let reason): .unknown(reason)
        case .known(let metrics):
            Reported(metrics.throttleReasons, else: "gpu_metrics of this revision has no words that all chips share")
        }
    }

    /// A table of levels such as `1: 2400Mhz *`; the star marks the one in use. A level named by a letter is sleep.
    private func clock(_ domain: String, _ file: String, _ measured: Double?) -> Accelerator.Clock {
        let path = "\(device.path)/\(file)"
        let text = device.files.text(path)
        var maximum: Double?
        var current: Double?
        for line in (text.value?.lines ?? []).prefix(64) {
            guard let (_, value) = line.keyed(":"), let word = value.words.first, word.lowercased().hasSuffix("mhz"),
                let megahertz = Double(word.dropLast(3)), (0...100_000).contains(megahertz)
            else { continue }
            maximum = max(maximum ?? 0, megahertz * 1e6)
            if value.hasSuffix("*") { current = megahertz * 1e6 }
        }
        return Accelerator.Clock(
            domain: domain,
            current: Reported(measured ?? current, else: text.reason ?? "\(path): no level is marked"),
            maximum: Reported(maximum.flatMap { $0 > 0 ? $0 : nil }, else: text.reason ?? "\(path): no levels"))
    }

    /// Those that this chip has.
    private var modes: Reported<[Accelerator.Mode]> {
        let all = [
            ("performanceLevel", "power_dpm_force_performance_level"),
            ("computePartition", "current_compute_partition"),
            ("memoryPartition", "current_memory_partition"),
        ]
        return .known(
            all.filter { device.exists($0.1) }.map { Accelerator.Mode(name: $0.0, current: device.word($0.1)) })
    }
}

extension DeviceFolder {
    /// How many `node0`, `node1` … there are in a folder; at most 64.
    fileprivate func numberedCount(_ folder: String, _ stem: String) -> Int {
        min(self.folder(folder).allNumbered(stem).count, 64)
    }
}
