import Model
import NVML

extension Accelerator {
    /// One device as NVML tells it, function by function.
    init(_ nvml: borrowing NVML, _ device: NVMLDevice, _ pci: NVML.PCI) {
        self.init(kind: .gpu, busId: pci.busId, unknown: "NVML does not tell")
        pciId = hexadecimal(pci.vendor, 4) + ":" + hexadecimal(pci.device, 4)
        vendor = .known("NVIDIA")
        model = Reported { () throws(NVMLError) in try nvml.name(device) }
        driver = .known("nvidia")
        driverVersion = Reported { () throws(NVMLError) in try nvml.driverVersion() }
        firmwareVersion = Reported { () throws(NVMLError) in try nvml.firmwareVersion(device) }
        compute = .known(Compute(nvml, device))
        memory = Memory.reported(nvml, device)
        clocks = .known(NVML.Clock.allCases.map { Clock(nvml, device, $0) })
        power = .known(Power(nvml, device))
        temperatureCelsius = Reported { () throws(NVMLError) in try nvml.temperature(device) }
        utilization = Reported { () throws(NVMLError) in try nvml.utilization(device) }
        throttleReasons = Reported { () throws(NVMLError) in try nvml.throttleReasons(device) }
        hostLink = .known(HostLink(nvml, device))
        interconnect = Interconnect.reported(nvml, device)
        modes = .known(Mode.all(nvml, device))
        if (try? nvml.multiInstance(device))?.isOn == true { instances = Instance.all(nvml, device) }
    }
}

extension Accelerator.Compute {
    fileprivate init(_ nvml: borrowing NVML, _ device: NVMLDevice) {
        self.init(
            capability: Reported { () throws(NVMLError) in try nvml.computeCapability(device) },
            interface: Reported { () throws(NVMLError) in "CUDA \(try nvml.cudaVersion())" },
            multiprocessors: Reported { () throws(NVMLError) in try nvml.multiprocessors(device) },
            cores: Reported { () throws(NVMLError) in try nvml.cores(device) })
    }
}

extension Accelerator.Memory {
    fileprivate static func reported(_ nvml: borrowing NVML, _ device: NVMLDevice) -> Reported<Self> {
        Reported { () throws(NVMLError) in
            let memory = try nvml.memory(device)
            return Self(
                bytes: .known(memory.total), freeBytes: .known(memory.free),
                reservedBytes: Reported(memory.reserved, else: "this NVML counts it as used"),
                hostVisibleBytes: Reported { () throws(NVMLError) in try nvml.hostVisibleBytes(device) })
        }
    }
}

extension Accelerator.Clock {
    fileprivate init(_ nvml: borrowing NVML, _ device: NVMLDevice, _ clock: NVML.Clock) {
        self.init(
            domain: "\(clock)", current: Reported { () throws(NVMLError) in try nvml.clock(clock, device) },
            maximum: Reported { () throws(NVMLError) in try nvml.maximumClock(clock, device) },
            application: Reported { () throws(NVMLError) in try nvml.applicationClock(clock, device) })
    }
}

extension Accelerator.Power {
    fileprivate init(_ nvml: borrowing NVML, _ device: NVMLDevice) {
        let limits = Reported { () throws(NVMLError) in try nvml.powerLimits(device) }
        self.init(
            current: Reported { () throws(NVMLError) in try nvml.power(device) },
            limit: Reported { () throws(NVMLError) in try nvml.powerLimit(.enforced, device) },
            defaultLimit: Reported { () throws(NVMLError) in try nvml.powerLimit(.byDefault, device) },
            minimumLimit: limits.map(\.lowerBound), maximumLimit: limits.map(\.upperBound),
            hasEnergyCounter: Reported { () throws(NVMLError) in try nvml.hasEnergyCounter(device) })
    }
}

extension Accelerator.HostLink {
    fileprivate init(_ nvml: borrowing NVML, _ device: NVMLDevice) {
        self.init(
            generation: Reported { () throws(NVMLError) in try nvml.pcie(.generation, device) },
            maximumGeneration: Reported { () throws(NVMLError) in try nvml.pcie(.maximumGeneration, device) },
            lanes: Reported { () throws(NVMLError) in try nvml.pcie(.lanes, device) },
            maximumLanes: Reported { () throws(NVMLError) in try nvml.pcie(.maximumLanes, device) })
    }
}

extension Accelerator.Interconnect {
    fileprivate static func reported(_ nvml: borrowing NVML, _ device: NVMLDevice) -> Reported<Self> {
        Reported { () throws(NVMLError) in try nvml.links(device) }.map { links in
            Self(
                name: "NVLink",
                links: links.map {
                    Accelerator.Link(
                        index: $0.index, isActive: $0.isActive, version: Reported($0.version),
                        remote: Reported($0.remote))
                })
        }
    }
}

extension Accelerator.Mode {
    fileprivate static func all(_ nvml: borrowing NVML, _ device: NVMLDevice) -> [Self] {
        let correction = Reported { () throws(NVMLError) in try nvml.errorCorrection(device) }
        let instances = Reported { () throws(NVMLError) in try nvml.multiInstance(device) }
        let persistence = Reported { () throws(NVMLError) in try nvml.persistence(device) }
        return [
            Self("errorCorrection", correction), Self("multiInstance", instances),
            Self(name: "persistence", current: persistence.map { $0 ? "on" : "off" }),
            Self(name: "computeMode", current: Reported { () throws(NVMLError) in try nvml.computeMode(device) }),
        ]
    }

    private init(_ name: String, _ mode: Reported<NVML.Mode>) {
        self.init(
            name: name, current: mode.map { $0.isOn ? "on" : "off" }, pending: mode.map { $0.willBeOn ? "on" : "off" })
    }
}

extension Accelerator.Instance {
    fileprivate static func all(_ nvml: borrowing NVML, _ device: NVMLDevice) -> [Self] {
        ((try? nvml.instances(device)) ?? []).map { instance in
            let share = Reported(instance.share)
            return Self(
                name: Reported(instance.name), bytes: share.map(\.bytes), multiprocessors: share.map(\.multiprocessors))
        }
    }
}
