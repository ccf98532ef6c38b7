import Model

/// The one machine of all trials: what it is plays no part.
enum Bench {
    static let machine = Machine(
        topology: Topology(
            packages: 1, cores: 2, processingUnits: 2, numaNodes: [], caches: [], coreKinds: [], numaDistances: [],
            devices: [], tree: TopologyNode(kind: "machine", index: nil, name: nil, bytes: nil, children: [])),
        processor: Processor(
            vendor: .known("none"), model: .known("simulated"), architecture: "none", family: .unknown("simulated"),
            modelNumber: .unknown("simulated"), stepping: .unknown("simulated"), microcode: .unknown("simulated"),
            nominalFrequency: .unknown("simulated"), maximumFrequency: .unknown("simulated"),
            instructionSets: .unknown("simulated"), hypervisor: .unknown("simulated")),
        memory: Memory(
            kernelBytes: .unknown("simulated"), hwlocBytes: .unknown("simulated"),
            availableBytes: .unknown("simulated"), swapBytes: .unknown("simulated"),
            hugePageBytes: .unknown("simulated"), hugePages: .unknown("simulated")),
        software: Software(
            operatingSystem: .unknown("simulated"), kernel: .unknown("simulated"), cLibrary: .unknown("simulated"),
            libraries: []),
        tunables: [], cloud: .unknown("simulated"),
        limits: Limits(
            controlGroupVersion: .unknown("simulated"), allowedProcessingUnits: .unknown("simulated"),
            cpuQuota: .unknown("simulated"), memoryBytes: .unknown("simulated"),
            lockedMemoryBytes: .unknown("simulated")),
        power: [], claims: [])

    static let rules = Rules(
        processes: 10, processSeconds: 1, sampleTarget: 0.01, runTarget: 0.05, minimumSamples: 10,
        maximumSamples: 640, sampleSeconds: 0.001, hangSeconds: 30, timeLimit: nil)

    static let tool = Tool(version: "simulated", commit: "simulated", modified: false, compiler: "simulated")

    /// The case of a metric: two metrics share a case, as throughput and bandwidth do.
    static func planned(_ metric: Int) -> Case {
        let number = metric / 2
        return Case(
            id: "case-\(number)", workload: "workload \(number)", kernel: .null,
            shape: .null(NullShape(nanoseconds: number, fault: .none)), dataType: .f32, backend: .reference,
            scenario: .offline, threads: 1,
            placement: Placement(policy: .firstCores, processingUnits: [0], memory: .local))
    }
}
