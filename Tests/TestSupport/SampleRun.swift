import Foundation
import Model

/// A small run made by hand: two kernels and their ceilings, with samples whose medians are known.
public enum SampleRun {
    public static func plannedCase(
        _ name: String, _ kernel: Kernel, _ shape: Shape, type: DataType = .f32, backend: Backend = .simd,
        threads: Int = 1
    ) -> Case {
        Case(
            id: Digest.identity(of: "\(name)|\(threads)"), workload: name, kernel: kernel, shape: shape, dataType: type,
            backend: backend, scenario: .offline, threads: threads,
            placement: Placement(policy: .firstCores, processingUnits: Array(0..<threads), memory: .local))
    }

    public static let rules = Rules(
        processes: 6, processSeconds: 0.25, sampleTarget: 0.01, runTarget: 0.05, minimumSamples: 10,
        maximumSamples: 640, sampleSeconds: 0.001, hangSeconds: 30, timeLimit: nil)

    public static func record(_ planned: Case, process: Int, order: Int, work: Work) -> ProcessRecord {
        var record = ProcessRecord(
            case: planned.id, process: process, order: order, started: Double(order), ended: Double(order) + 0.5,
            outcome: .completed(.converged))
        record.samples = 10
        record.work = work
        record.implementation = Implementation(library: "Assay", version: "0.1.0", path: nil, reported: "avx512f")
        record.check = Check(error: 1e-7, bound: 1e-5, compared: 100, coverage: "all outputs")
        record.setUp = 0.1
        record.boundTo = planned.placement.processingUnits
        return record
    }

    /// Ten samples whose median is `seconds` per iteration: symmetric around it.
    public static func samples(_ planned: Case, process: Int, seconds: Double, iterations: Int = 4) -> [Sample] {
        (0..<10).map { index in
            let offset = (Double(index) - 4.5) * 1e-4
            return Sample(
                case: planned.id, process: process, index: index,
                seconds: seconds * (1 + offset) * Double(iterations), iterations: iterations)
        }
    }

    public static func machine(cores count: Int = 2) -> Machine {
        let units = (0..<count).map {
            TopologyNode(kind: "processingUnit", index: $0, name: nil, bytes: nil, children: [])
        }
        let cores = units.enumerated().map {
            TopologyNode(kind: "core", index: $0, name: nil, bytes: nil, children: [$1])
        }
        return Machine(
            topology: Topology(
                packages: 1, cores: count, processingUnits: count,
                numaNodes: [
                    NUMANode(index: 0, bytes: 8 << 30, processingUnits: count, processingUnitList: "0-\(count - 1)")
                ],
                caches: [Cache(level: 3, type: .unified, bytes: 32 << 20, count: 1)], coreKinds: [],
                numaDistances: [[10]], devices: [],
                tree: TopologyNode(kind: "machine", index: nil, name: nil, bytes: 8 << 30, children: cores)),
            processor: Processor(
                vendor: .known("AuthenticAMD"), model: .known("AMD EPYC"), architecture: "x86_64", family: .known(25),
                modelNumber: .known(17), stepping: .known(1), microcode: .unknown("hidden"),
                nominalFrequency: .unknown("hidden"), maximumFrequency: .unknown("hidden"),
                instructionSets: .known(["avx2", "avx512f"]), hypervisor: .known("KVM")),
            memory: Memory(
                kernelBytes: .known(8 << 30), hwlocBytes: .known(8 << 30), availableBytes: .known(7 << 30),
                swapBytes: .known(0), hugePageBytes: .known(2 << 20), hugePages: .known(0)),
            software: Software(
                operatingSystem: .known("Debian GNU/Linux 12"), kernel: .known("6.1.0"), cLibrary: .known("glibc 2.36"),
                libraries: []),
            tunables: [Tunable(name: "governor", value: .unknown("not exposed"), source: "/sys")],
            cloud: .unknown("not asked"),
            limits: Limits(
                controlGroupVersion: .known(2), allowedProcessingUnits: .known("0-\(count - 1)"),
                cpuQuota: .known(.unlimited), memoryBytes: .known(.unlimited), lockedMemoryBytes: .known(.at(1 << 20))),
            power: [], claims: [])
    }

    public static let matmul = plannedCase("matmul 64³ f32", .matmul, .matmul(MatmulShape(m: 64, n: 64, k: 64)))
    public static let peak = plannedCase("peak FMA f32", .peakCompute, .peakCompute)
    public static let triad = plannedCase(
        "STREAM triad f64", .streamTriad, .streamTriad(BufferShape(bytes: 1 << 20)), type: .f64)

    public static func plan() -> Plan {
        Plan(suite: "sample", seed: 7, cases: [matmul, peak, triad], rules: rules, skipped: [])
    }

    public static func header() -> RunHeader {
        RunHeader(
            id: "20261123-abcdef", created: Date(timeIntervalSince1970: 1_795_000_000),
            tool: Tool(version: "0.1.0", commit: String(repeating: "a", count: 40), modified: false, compiler: "Swift"),
            machine: machine(), plan: plan(),
            clock: ClockReport(name: "CLOCK_MONOTONIC_RAW", resolution: 1e-9, readCost: 2e-8))
    }
}
