public import Model
import SystemFiles
import Synchronization

/// Finds out what a machine is.
public enum Probe {
    /// Everything there is to know about this machine, or about the one that `options` name.
    ///
    /// - Parameter rehearse: is called on another thread with something like the answer while this one still waits for
    ///   hwloc, if it does: what is done for the first time takes several times as long as it does again. It must not look at
    ///   the environment, which hwloc's plug-ins may change.
    public static func machine(
        _ options: ProbeOptions = ProbeOptions(), rehearse: (@Sendable (Machine) -> Void)? = nil
    ) throws(ProbeError) -> Machine {
        let source = try HwlocTopology.Source(options)
        if options.topologyFile != nil, options.sysroot == nil {
            let rehearsal = rehearse.map { rehearse in Beside { rehearse(Machine(rehearsed: ())) } }
            defer { rehearsal?.wait() }
            let hwloc = try HwlocTopology(source)
            let topology = hwloc.topology()
            var machine = Machine(described: HwlocDescription(hwloc.root), topology)
            machine.add(
                AcceleratorProbe.described(hwloc.pciFunctions(), hasDevices: !topology.devices.isEmpty))
            return machine
        }
        let files = SystemFiles(root: options.sysroot, keeps: true)
        let facts = FactsReader(files, options, rehearse)
        let hwloc = try HwlocTopology(source)
        var topology = hwloc.topology()
        var functions = hwloc.pciFunctions()
        if options.topologyFile == nil {
            topology.completeDistances(files)
            hwloc.addNames(to: &topology.devices, &functions, files)
        }
        topology.processingUnitSets.complete(files)
        topology.completeDevices(files)
        topology.completeCoreKinds(files)
        var machine = Machine(
            files, topology, options, facts.value(), hwlocVersion: hwloc.root?.info("hwlocVersion"))
        machine.add(AcceleratorProbe.find(files, functions, options))
        return machine
    }

    /// The settings that move results, as they are now: read before a run and again after it.
    public static func tunables(_ options: ProbeOptions = ProbeOptions()) -> [Tunable] {
        if options.topologyFile != nil, options.sysroot == nil { return Tunables.unread(HwlocDescription.unread) }
        let files = SystemFiles(root: options.sysroot)
        return Tunables.read(files, isDeep: options.isDeep) + AcceleratorTunables.read(files, options)
    }

    /// What the process may use, as it is now: read before a run and again after it.
    public static func limits(_ options: ProbeOptions = ProbeOptions()) -> Limits {
        if options.topologyFile != nil, options.sysroot == nil { return Limits(unknown: HwlocDescription.unread) }
        return Limits(SystemFiles(root: options.sysroot))
    }
}

extension HwlocTopology.Source {
    init(_ options: ProbeOptions) throws(ProbeError) {
        if let file = options.topologyFile {
            self = .document(try TopologyFile.read(file), file: file)
            return
        }
        guard let sysroot = options.sysroot else {
            try SystemLists.expectSound(SystemFiles())
            self = .live
            return
        }
        let files = SystemFiles(root: sysroot)
        guard files.exists("/") else { throw .noSuchFile(sysroot) }
        guard files.exists("/sys/devices/system/cpu") else {
            throw .notMachine(sysroot, problem: "it has no sys/devices/system/cpu")
        }
        try CapturedLinks.expectConfined(files)
        try SystemLists.expectSound(files)
        self = .sysroot(sysroot)
    }
}

/// Reads what needs no topology, on a thread of its own where there is something to wait for meanwhile.
private final class FactsReader: Sendable {
    private final class Made: Sendable {
        let facts = Mutex<Facts?>(nil)
        let isAwaited = Atomic(false)
    }

    private let made = Made()
    private let make: @Sendable () -> Facts
    private let thread: Beside?

    init(_ files: SystemFiles, _ options: ProbeOptions, _ rehearse: (@Sendable (Machine) -> Void)?) {
        let variables = SearchVariables.current()
        make = { Facts(files, options, variables) }
        guard files.isLive, !options.isDeep else {
            thread = nil
            return
        }
        thread = Beside { [made, make] in
            let facts = make()
            made.facts.withLock { $0 = facts }
            if let rehearse, !made.isAwaited.load(ordering: .relaxed) { rehearse(Machine(rehearsed: facts, files)) }
        }
    }

    func value() -> Facts {
        made.isAwaited.store(true, ordering: .relaxed)
        thread?.wait()
        return made.facts.withLock { $0 } ?? make()
    }
}

/// What is read without a look at the topology.
private struct Facts: Sendable {
    let tunables: [Tunable]
    let limits: Limits
    let software: Software
    let firmware: Firmware
    let information: CPUInformation
    let memory: MemoryFiles

    init(_ files: SystemFiles, _ options: ProbeOptions, _ variables: SearchVariables) {
        tunables = Tunables.read(files, isDeep: options.isDeep)
        limits = Limits(files)
        software = Software(files, options, libraries: LibraryProbe(files, options, variables).libraries())
        firmware = Firmware(files)
        information = CPUInformation(files)
        memory = MemoryFiles(files)
    }
}

extension Machine {
    fileprivate mutating func add(_ findings: AcceleratorProbe.Findings) {
        accelerators = findings.accelerators
        acceleratorsNote = findings.note
        tunables += AcceleratorTunables.of(findings.accelerators)
    }

    /// Nothing but a topology as small as one can be.
    fileprivate init(rehearsed: Void) {
        let list = Reported.known("0")
        self.init(
            described: HwlocDescription(nil),
            Topology(
                packages: 1, cores: 1, processingUnits: 1,
                numaNodes: [NUMANode(index: 0, bytes: 1, processingUnits: 1, processingUnitList: "0")],
                caches: [Cache(level: 1, type: .data, bytes: 1, count: 1)], coreKinds: [], numaDistances: [[10]],
                devices: [Device(kind: .block, name: "", busId: nil, vendor: nil, model: nil, numaNode: nil)],
                tree: TopologyNode(kind: "Machine", index: 0, name: nil, bytes: nil, children: []),
                objectCounts: [ObjectCount(kind: "Machine", count: 1)],
                processingUnitSets: ProcessingUnitSets(
                    complete: list, allowed: list, online: list, offline: list, disallowed: list, present: list,
                    possible: list)))
    }

    /// The same with what files say.
    fileprivate init(rehearsed facts: Facts, _ files: SystemFiles) {
        self.init(rehearsed: ())
        processor = Processor(files, facts.information, hypervisor: .unknown("not probed"), topology)
        software = facts.software
        tunables = facts.tunables
        limits = facts.limits
    }

    /// What files and topology say together.
    fileprivate init(
        _ files: SystemFiles, _ topology: Topology, _ options: ProbeOptions, _ facts: Facts, hwlocVersion: String?
    ) {
        let hypervisor = Hypervisor.name(files, facts.firmware, facts.information)
        let processor = Processor(files, facts.information, hypervisor: hypervisor, topology)
        let memory = Memory(files, facts.memory, topology, processor, options)
        let cloud = CloudProbe.answer(facts.firmware, hypervisor, options)
        let claims = Claims(
            files, facts.information, topology: topology, processor: processor, memory: memory, limits: facts.limits,
            cloud: cloud)
        self.init(
            topology: topology, processor: processor, memory: memory, firmware: facts.firmware.system,
            software: facts.software.adding(
                files.isLive
                    ? Library.own(hwlocVersion: hwlocVersion)
                    : Software.unknownLibraries("not known from captured files")),
            tunables: facts.tunables, cloud: cloud, limits: facts.limits, power: [], claims: claims.all,
            identifiers: options.includesIdentifiers ? Identifiers.read(files) : nil)
    }
}
