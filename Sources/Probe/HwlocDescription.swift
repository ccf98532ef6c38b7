import CHwloc
import Model

/// The little that hwloc's XML says about a machine besides its topology.
struct HwlocDescription {
    static let unread = "read from a topology file: nothing else was probed"

    /// The only keys that are ever read; see `HwlocObject.info`.
    private let values: [String: String]

    init(_ root: HwlocObject?) {
        let keys = [
            "CPUVendor", "CPUModel", "CPUFamilyNumber", "CPUModelNumber", "CPUStepping", "Architecture", "OSName",
            "OSRelease", "DMIBIOSVendor", "DMIBIOSVersion", "DMIBIOSDate",
        ]
        let places = [root, root?.first(HWLOC_OBJ_PACKAGE)].compactMap { $0 }
        values = keys.reduce(into: [:]) { values, key in values[key] = places.lazy.compactMap { $0.info(key) }.first }
    }

    func text(_ key: String) -> Reported<String> { Reported(values[key], else: Self.unread) }
    /// What of it hwloc's export keeps.
    var firmware: Reported<SystemFirmware> {
        let told = SystemFirmware(
            vendor: text("DMIBIOSVendor"), version: text("DMIBIOSVersion"),
            date: text("DMIBIOSDate").map(Firmware.day))
        return told.title.isEmpty ? .unknown(Self.unread) : .known(told)
    }

    func number(_ key: String) -> Reported<Int> { Reported(values[key].flatMap { Int($0) }, else: Self.unread) }
}

extension HwlocObject {
    /// The first object of `type` below this one.
    fileprivate func first(_ type: hwloc_obj_type_t) -> HwlocObject? {
        for child in children {
            if child.type == type { return child }
            if let found = child.first(type) { return found }
        }
        return nil
    }
}

extension Machine {
    /// A machine of which there is nothing but a topology file.
    init(described description: HwlocDescription, _ topology: Topology) {
        let unread = HwlocDescription.unread
        self.init(
            topology: topology,
            processor: Processor(
                vendor: description.text("CPUVendor"), model: description.text("CPUModel"),
                architecture: description.text("Architecture").value ?? "unknown",
                family: description.number("CPUFamilyNumber"), modelNumber: description.number("CPUModelNumber"),
                stepping: description.number("CPUStepping"), microcode: .unknown(unread),
                nominalFrequency: .unknown(unread), baseFrequency: .unknown(unread), maximumFrequency: .unknown(unread),
                frequencies: .unknown(unread), timeStampCounter: .unknown(unread), instructionSets: .unknown(unread),
                instructionSetSource: .unknown(unread), instructionSetDifferences: .unknown(unread),
                registerStates: .unknown(unread), scalableVectorBytes: .unknown(unread),
                cacheLineBytes: .unknown(unread), addressBits: .unknown(unread),
                simultaneousMultithreading: .unknown(unread), mitigations: .unknown(unread),
                hypervisor: .unknown(unread)),
            memory: Memory(unread: unread, topology),
            firmware: description.firmware,
            software: Software(
                operatingSystem: .unknown(unread),
                kernel: description.text("OSName").value == "Linux"
                    ? description.text("OSRelease") : .unknown(unread),
                kernelVersion: .unknown(unread), kernelCommandLine: .unknown(unread), cLibrary: .unknown(unread),
                container: .unknown(unread), compilers: .unknown(unread), libraries: Software.unknownLibraries(unread)),
            tunables: Tunables.unread(unread), cloud: .unknown(unread),
            limits: Limits(unknown: unread),
            power: [], claims: [])
    }
}

extension Memory {
    fileprivate init(unread: String, _ topology: Topology) {
        self.init(
            firmwareBytes: .unknown(unread), firmwareSource: .unknown(unread), kernelBytes: .unknown(unread),
            hwlocBytes: Self.hwlocBytes(topology), availableBytes: .unknown(unread), swapBytes: .unknown(unread),
            freeSwapBytes: .unknown(unread), hugePageBytes: .unknown(unread), hugePages: .unknown(unread),
            hugePagePools: .unknown(unread), nodes: .unknown(unread), policy: .unknown(unread),
            modules: .unknown(unread), arrays: .unknown(unread), channels: .unknown(unread),
            errorCorrection: .unknown(unread), controllers: .unknown(unread), differences: .unknown(unread))
    }
}
