public import Model
import SystemFiles

/// Finds out what a machine is.
public enum Probe {
    /// Everything there is to know about this machine, or about the one that `options` name.
    public static func machine(_ options: ProbeOptions = ProbeOptions()) throws(ProbeError) -> Machine {
        let source = try HwlocTopology.Source(options)
        if options.topologyFile != nil, options.sysroot == nil {
            let hwloc = try HwlocTopology(source)
            return Machine(described: HwlocDescription(hwloc.root), hwloc.topology())
        }
        let files = SystemFiles(root: options.sysroot)
        let hwloc = try HwlocTopology(source)
        var topology = hwloc.topology()
        if options.topologyFile == nil { topology.completeDistances(files) }
        topology.processingUnitSets.complete(files)
        topology.completeDevices(files)
        topology.completeCoreKinds(files)
        return Machine(files, topology, hwlocVersion: hwloc.root?.info("hwlocVersion"))
    }

    /// The settings that move results, as they are now: read before a run and again after it.
    public static func tunables(_ options: ProbeOptions = ProbeOptions()) -> [Tunable] {
        if options.topologyFile != nil, options.sysroot == nil { return Tunables.unread(HwlocDescription.unread) }
        return Tunables.read(SystemFiles(root: options.sysroot))
    }
}

extension HwlocTopology.Source {
    init(_ options: ProbeOptions) throws(ProbeError) {
        if let file = options.topologyFile {
            self = .document(try TopologyFile.read(file), file: file)
            return
        }
        guard let sysroot = options.sysroot else {
            self = .live
            return
        }
        let files = SystemFiles(root: sysroot)
        guard files.exists("/") else { throw .noSuchFile(sysroot) }
        guard files.exists("/sys/devices/system/cpu") else {
            throw .notMachine(sysroot, problem: "it has no sys/devices/system/cpu")
        }
        self = .sysroot(sysroot)
    }
}

extension Machine {
    /// What files and topology say together.
    init(_ files: SystemFiles, _ topology: Topology, hwlocVersion: String?) {
        let firmware = Firmware(files)
        let information = CPUInformation(files)
        let hypervisor = Hypervisor.name(files, firmware, information)
        let processor = Processor(files, information, hypervisor: hypervisor, topology)
        let memory = Memory(files, topology)
        let limits = Limits(files)
        self.init(
            topology: topology, processor: processor, memory: memory,
            software: Software(files, hwlocVersion: hwlocVersion),
            tunables: Tunables.read(files), cloud: firmware.cloud, limits: limits, power: [],
            claims: Claims.all(topology, processor, memory, limits, isLive: files.isLive))
    }
}
