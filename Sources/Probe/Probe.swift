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
        var (facts, seen) = try Concurrently.both({ FileFacts(files) }) { () throws(ProbeError) in
            let hwloc = try HwlocTopology(source)
            return (topology: hwloc.topology(), version: hwloc.root?.info("hwlocVersion"))
        }
        if options.topologyFile == nil { seen.topology.completeDistances(files) }
        return Machine(files, facts, seen.topology, hwlocVersion: seen.version)
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

/// What can be read without knowing the topology.
struct FileFacts: Sendable {
    let firmware: Firmware
    let information: CPUInformation
    let hypervisor: Reported<String>
    let limits: Limits
    let tunables: [Tunable]

    init(_ files: SystemFiles) {
        firmware = Firmware(files)
        information = CPUInformation(files)
        hypervisor = Hypervisor.name(files, firmware, information)
        limits = Limits(files)
        tunables = Tunables.read(files)
    }
}

extension Machine {
    /// What files and topology say together.
    init(_ files: SystemFiles, _ facts: FileFacts, _ topology: Topology, hwlocVersion: String?) {
        let processor = Processor(files, facts.information, hypervisor: facts.hypervisor, topology)
        let memory = Memory(files, topology)
        self.init(
            topology: topology, processor: processor, memory: memory,
            software: Software(files, hwlocVersion: hwlocVersion),
            tunables: facts.tunables, cloud: facts.firmware.cloud, limits: facts.limits, power: [],
            claims: Claims.all(topology, processor, memory, facts.limits, isLive: files.isLive))
    }
}
