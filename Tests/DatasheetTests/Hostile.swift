import Model
import Statistics

extension Synthetic {
    /// Markup of every format, escapes, marks that turn the reading direction, and numbers at the ends of their range.
    static let poison =
        "<script>alert(1)</script>|`x`\u{1B}[31m\u{202E}gnp\u{0000}](javascript:x)\n# {{7*7}} \\input{/etc/passwd} =cmd() \"'&"

    static func hostile() -> Recording {
        var recording = normal()
        poison(&recording.bundle.machine)
        recording.bundle.id = poison
        recording.bundle.plan.suite = "$(rm -rf ~) \(poison)"
        recording.bundle.tool = Tool(version: poison, commit: poison, modified: true, compiler: poison)
        recording.bundle.tunablesChanged = [
            TunableChange(name: poison, before: .known(poison), after: .unknown(poison))
        ]
        recording.bundle.interrupted = poison
        recording.bundle.duration = 1e300
        recording.files = [RecordedFile(name: "../../\(poison)", bytes: -1, sha256: poison)]
        for index in recording.bundle.measurements.indices {
            poison(&recording.bundle.measurements[index], index)
        }
        for index in recording.bundle.processes.indices where index % 7 == 0 {
            recording.bundle.processes[index].outcome = .failed(poison)
        }
        return recording
    }

    private static func poison(_ machine: inout Machine) {
        machine.processor.model = .known(poison)
        machine.processor.vendor = .unknown(poison)
        machine.processor.instructionSets = .known([poison, poison])
        machine.processor.nominalFrequency = .known(1e300)
        machine.memory.kernelBytes = .known(.max)
        poison(&machine.processor)
        poison(&machine.memory)
        machine.firmware = .known(
            SystemFirmware(vendor: .known(poison), version: .known(poison), date: .unknown(poison)))
        machine.software.operatingSystem = .known(poison)
        machine.software.libraries = [
            Library(name: poison, version: .known(poison), path: .known(poison), build: .known(poison))
        ]
        machine.software.kernelVersion = .unknown(poison)
        machine.software.kernelCommandLine = .known(KernelCommandLine(words: [poison, poison], omitted: .min))
        machine.software.compilers = .known([
            Compiler(name: poison, version: .known(poison), path: .unknown(poison), build: .known(poison))
        ])
        machine.software.container = .known(
            Container(runtime: poison, image: .known(poison), imageDigest: .known(poison), evidence: poison))
        machine.limits.resources = .known([ResourceLimit(name: poison, unit: poison, soft: .at(.max), hard: .unlimited)]
        )
        machine.limits.throttling = .known(
            Throttling(periods: .min, throttledPeriods: .max, throttledSeconds: -.greatestFiniteMagnitude))
        machine.limits.cpuQuota = .known(.at(1e300))
        machine.limits.cpuPeriod = .known(-1)
        machine.limits.groupMemoryNodes = .known(poison)
        machine.identifiers = [Identifier(name: poison, value: .known(poison))]
        machine.tunables = [Tunable(name: poison, value: .known(poison), source: poison)]
        machine.cloud = .known(
            Cloud(
                provider: poison, instanceType: .known(poison), region: .unknown(poison), zone: .known(poison),
                lifecycle: .known(poison), image: .known(poison), cpuPlatform: .unknown("\(poison)\(poison)"),
                tenancy: .known(poison), memoryBytes: .known(.max), evidence: [poison, poison],
                identifiers: Cloud.Identifiers(instance: poison, account: poison)))
        machine.power = [PowerSurvey(source: poison, boundary: poison, available: false, finding: poison, mend: poison)]
        machine.claims = [Claim(subject: poison, claimed: poison, visible: "0", evidence: poison)]
        machine.topology.devices = [
            Device(kind: .gpu, name: poison, busId: poison, vendor: poison, model: poison, numaNode: .min)
        ]
        var accelerator = Accelerator(kind: .other, busId: nil, unknown: poison)
        poison(&accelerator)
        machine.accelerators = [accelerator]
        machine.acceleratorsNote = .known(poison)
        machine.topology.tree.name = poison
        machine.topology.numaDistances = []
        machine.topology.tree.children += (0..<40).map {
            TopologyNode(kind: poison, index: $0, name: poison, bytes: .max, children: [])
        }
    }

    private static func poison(_ accelerator: inout Accelerator) {
        accelerator.busId = poison
        accelerator.pciId = poison
        accelerator.model = .known(poison)
        accelerator.vendor = .unknown(poison)
        accelerator.memory = .known(
            Accelerator.Memory(
                bytes: .known(.max), freeBytes: .known(0), reservedBytes: .unknown(poison),
                hostVisibleBytes: .unknown("")))
        accelerator.clocks = .known([Accelerator.Clock(domain: poison, current: .known(-1), maximum: .known(1e300))])
        accelerator.compute = .known(
            Accelerator.Compute(
                capability: .known(poison), interface: .unknown(poison), multiprocessors: .known(.min),
                cores: .known(.max)))
        accelerator.temperatureCelsius = .known(.greatestFiniteMagnitude)
        accelerator.utilization = .known(-1e300)
        accelerator.throttleReasons = .known([poison, ""])
        accelerator.hostLink = .known(
            Accelerator.HostLink(
                generation: .known(.max), maximumGeneration: .known(.min), lanes: .known(0),
                maximumLanes: .unknown(poison)))
        accelerator.interconnect = .known(
            Accelerator.Interconnect(
                name: poison,
                links: [Accelerator.Link(index: .min, isActive: true, version: .known(poison), remote: .known(poison))],
                peers: .min))
        accelerator.modes = .known([Accelerator.Mode(name: poison, current: .known(poison), pending: .known(poison))])
        accelerator.uuid = poison
    }

    private static func poison(_ processor: inout Processor) {
        processor.frequencies = .known([
            Frequency(kind: .nominal, hertz: 1e300, source: poison, processingUnits: poison),
            Frequency(kind: .nominal, hertz: -1, source: poison),
        ])
        processor.timeStampCounter = .known(
            TimeStampCounter(
                name: poison, isInvariant: .unknown(poison), frequency: .known(.greatestFiniteMagnitude),
                clockSource: .known(poison)))
        processor.instructionSetSource = .known(poison)
        processor.instructionSetDifferences = .known([poison])
        processor.registerStates = .known([
            RegisterState(name: poison, isEnabled: true, isPermitted: .unknown(poison))
        ])
        processor.scalableVectorBytes = .known(.min)
        processor.cacheLineBytes = .known(.max)
        processor.addressBits = .known(AddressBits(physical: .min, virtual: .max))
        processor.simultaneousMultithreading = .known(
            SimultaneousMultithreading(
                threadsPerCore: [.min, .max], control: .known(poison), isActive: .unknown(poison)))
        processor.mitigations = .known([
            Mitigation(name: poison, state: .known("Vulnerable: " + poison)),
            Mitigation(name: poison, state: .known(poison)), Mitigation(name: poison, state: .unknown(poison)),
        ])
    }

    private static func poison(_ memory: inout Memory) {
        let pool = HugePagePool(bytes: .max, total: .known(.min), free: .known(.max))
        let module = MemoryModules(
            count: .max, bytes: .max, type: .known(poison), formFactor: .known(poison), buffering: .known(poison),
            ratedTransferRate: .known(1e300), configuredTransferRate: .known(-1e300), dataBits: .known(.min),
            totalBits: .known(.max), ranks: .known(.max), manufacturer: .known(poison), partNumber: .known(poison),
            locators: [poison], identifiers: [poison])
        memory.firmwareSource = .known(poison)
        memory.hugePagePools = .known([pool, pool])
        memory.nodes = .known(
            [Int.min, .max].map {
                MemoryNode(
                    index: $0, totalBytes: .known(.max), freeBytes: .unknown(poison), distances: [.min],
                    hugePages: [pool])
            })
        memory.policy = .known(MemoryPolicy(mode: poison, nodes: poison))
        memory.modules = .known([module, module])
        memory.arrays = .known(
            [Int.max, .max].map {
                MemoryArray(sockets: $0, maximumBytes: .known(.max), errorCorrection: .known(poison))
            })
        memory.channels = .known(.min)
        memory.errorCorrection = .known(poison)
        memory.controllers = .known([
            MemoryController(
                index: .max, name: .known(poison), bytes: .known(.max), modules: .min, memoryType: .known(poison),
                errorCorrection: .unknown(poison), correctedErrors: .known(.max), uncorrectedErrors: .known(.min))
        ])
        memory.differences = .known([poison, poison])
    }

    private static func poison(_ measurement: inout Measurement, _ index: Int) {
        let extremes = [1e300, Double.leastNonzeroMagnitude, -1, 0, .greatestFiniteMagnitude, 1]
        let extreme = extremes[index % extremes.count]
        measurement.case.workload += poison
        measurement.reason = poison
        measurement.stopped = poison
        measurement.energyUnavailable = poison
        measurement.warnings = [poison]
        measurement.share?.of = poison
        measurement.share?.value = extreme
        measurement.operationalIntensity = extreme
        measurement.work?.flops = extreme
        measurement.check?.error = extreme
        measurement.implementation?.reported = poison
        for place in measurement.metrics.indices {
            measurement.metrics[place].value = extreme
            measurement.metrics[place].interval = Interval(lower: -extreme, upper: extreme, level: 0.95)
            measurement.metrics[place].unit += index % 2 == 0 ? "" : poison
        }
    }
}
