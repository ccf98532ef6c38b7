import Model
import Statistics
import Units

/// Recordings made up for tests: figures like those of a two-core virtual machine, from a seeded generator.
enum Synthetic {
    static let seed: UInt64 = 0x7f3a

    /// Sixteen cases: twelve valid, one noisy, one unconverged, one skipped, one failed.
    static func normal() -> Recording {
        var builder = RunBuilder(machine: machine)
        for plan in plans { builder.measure(plan) }
        builder.skip(
            builder.planned("matmul 8192³ f64", .matmul(MatmulShape(m: 8192, n: 8192, k: 8192)), .f64, .onednn, 2),
            "needs 1.5 GiB of operands, the memory limit is 1.0 GiB")
        builder.fail(
            builder.planned("matmul 512³ f32", .matmul(MatmulShape(m: 512, n: 512, k: 512)), .f32, .cblas, 2),
            "signal 11 (SIGSEGV)")
        return builder.recording()
    }

    /// Every case failed, nothing was watched, and there are no files.
    static func empty() -> Recording {
        var builder = RunBuilder(machine: machine)
        for plan in plans.prefix(3) {
            builder.fail(
                builder.planned(plan.workload, plan.shape, .f32, plan.backend, plan.threads),
                "the library could not be loaded")
        }
        var recording = builder.recording()
        recording.environment = []
        recording.files = []
        recording.bundle.interrupted = "SIGTERM"
        recording.bundle.machine.topology.caches = []
        recording.bundle.machine.topology.numaNodes = []
        return recording
    }

    private static let square = Shape.matmul(MatmulShape(m: 1024, n: 1024, k: 1024))
    private static let convolution = Shape.convolution(
        ConvolutionShape(
            batch: 16, channels: 64, height: 56, width: 56, filters: 64, filterHeight: 3, filterWidth: 3, stride: 1,
            padding: 1))
    private static let deep = Shape.convolution(
        ConvolutionShape(
            batch: 16, channels: 256, height: 14, width: 14, filters: 256, filterHeight: 3, filterWidth: 3, stride: 1,
            padding: 1))
    private static let bags = Shape.embedding(
        EmbeddingShape(rows: 4_000_000, dimension: 128, bag: 20, batch: 2048, distribution: .uniform))

    static let plans: [CasePlan] = [
        CasePlan("matmul 1024³ f32", square, .onednn, 1, rate: 106.0e9, spread: 0.004),
        CasePlan("matmul 1024³ f32", square, .onednn, 2, rate: 211.0e9, spread: 0.005),
        CasePlan("matmul 1024³ f32", square, .cblas, 2, rate: 203.6e9, spread: 0.006),
        CasePlan(
            "matmul 256³ f32", .matmul(MatmulShape(m: 256, n: 256, k: 256)), .onednn, 2, rate: 171.2e9, spread: 0.008),
        CasePlan("convolution 64×56² 3×3 f32", convolution, .onednn, 1, rate: 109.3e9, spread: 0.004),
        CasePlan("convolution 64×56² 3×3 f32", convolution, .onednn, 2, rate: 210.8e9, spread: 0.006),
        CasePlan(
            "convolution 256×14² 3×3 f32", deep, .onednn, 2, rate: 196.4e9, spread: 0.09, status: .unconverged,
            reason: "half-width 6.1 % after 6 processes, target 5 %"),
        CasePlan(
            "embedding 4M×128 bag 20 f32", bags, .simd, 1, rate: 7.2e9, spread: 0.16, status: .noisy,
            reason: "6.6 to 7.7 GB/s between processes, within each ±0.4 %"),
        CasePlan("embedding 4M×128 bag 20 f32", bags, .simd, 2, rate: 10.1e9, spread: 0.02),
        CasePlan("peak compute f32", .peakCompute, .simd, 1, rate: 116.8e9, spread: 0.002),
        CasePlan("peak compute f32", .peakCompute, .simd, 2, rate: 233.4e9, spread: 0.003),
        CasePlan(
            "stream triad 128 MiB f64", .streamTriad(BufferShape(bytes: 128 << 20)), .simd, 1, rate: 33.5e9,
            spread: 0.01),
        CasePlan(
            "stream triad 128 MiB f64", .streamTriad(BufferShape(bytes: 128 << 20)), .simd, 2, rate: 37.5e9,
            spread: 0.01),
        CasePlan(
            "pointer chase 256 MiB", .pointerChase(BufferShape(bytes: 256 << 20)), .simd, 1, rate: 1 / 176.2e-9,
            spread: 0.01),
    ]

    static let machine = Machine(
        topology: topology,
        processor: Processor(
            vendor: .known("AuthenticAMD"), model: .known("AMD EPYC 9R14 96-Core Processor"), architecture: "x86_64",
            family: .known(25), modelNumber: .known(17), stepping: .known(1),
            microcode: .unknown("hidden by the hypervisor"),
            nominalFrequency: .known(2.6e9), maximumFrequency: .unknown("no cpufreq directory"),
            instructionSets: .known(["avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16"]), hypervisor: .known("KVM")
        ),
        memory: Memory(
            kernelBytes: .known(24_696_061_952), hwlocBytes: .known(24_696_061_952),
            availableBytes: .known(22_000_000_000),
            swapBytes: .known(0), hugePageBytes: .known(2 << 20), hugePages: .known(0)),
        software: Software(
            operatingSystem: .known("Debian GNU/Linux 12 (bookworm)"), kernel: .known("6.1.0-28-amd64"),
            cLibrary: .known("glibc 2.36"),
            libraries: [
                Library(
                    name: "oneDNN", version: .known("2.6.3"), path: .known("/usr/lib/x86_64-linux-gnu/libdnnl.so.2")),
                Library(
                    name: "OpenBLAS", version: .known("0.3.21"),
                    path: .known("/usr/lib/x86_64-linux-gnu/libopenblas.so.0")),
                Library(name: "hwloc", version: .known("2.9.0"), path: .unknown("linked")),
            ]),
        tunables: [
            Tunable(
                name: "transparentHugePages", value: .known("madvise"),
                source: "/sys/kernel/mm/transparent_hugepage/enabled"),
            Tunable(name: "numaBalancing", value: .known("0"), source: "/proc/sys/kernel/numa_balancing"),
            Tunable(
                name: "clockSource", value: .known("kvm-clock"),
                source: "/sys/devices/system/clocksource/clocksource0/current_clocksource"),
            Tunable(
                name: "governor", value: .unknown("not exposed by the hypervisor"),
                source: "/sys/devices/system/cpu/cpu0/cpufreq"),
            Tunable(
                name: "SMT", value: .unknown("not exposed by the hypervisor"),
                source: "/sys/devices/system/cpu/smt/control"),
        ],
        cloud: .unknown("no metadata service was asked"),
        limits: Limits(
            controlGroupVersion: .known(2), allowedProcessingUnits: .known("0-1"), cpuQuota: .unknown("no quota"),
            memoryBytes: .unknown("no limit"), lockedMemoryBytes: .known(8 << 20)),
        power: [
            PowerSurvey(
                source: "powercap RAPL", boundary: "package", available: false, finding: "no such directory",
                mend: "a bare-metal instance"),
            PowerSurvey(
                source: "hwmon", boundary: "chip", available: false, finding: "no sensor", mend: "a bare-metal instance"
            ),
        ],
        claims: [
            Claim(
                subject: "Memory", claimed: "24.0 GiB", visible: "23.0 GiB",
                evidence: "DMI tables against /proc/meminfo"),
            Claim(subject: "Threads per core", claimed: "1", visible: "1", evidence: "hwloc"),
        ])

    private static let topology: Topology = {
        let core = { (index: Int) in
            TopologyNode(
                kind: "l2", index: nil, name: nil, bytes: 1 << 20,
                children: [
                    TopologyNode(
                        kind: "l1d", index: nil, name: nil, bytes: 32 << 10,
                        children: [
                            TopologyNode(
                                kind: "l1i", index: nil, name: nil, bytes: 32 << 10,
                                children: [
                                    TopologyNode(
                                        kind: "core", index: index, name: nil, bytes: nil,
                                        children: [
                                            TopologyNode(
                                                kind: "processingUnit", index: index, name: nil, bytes: nil,
                                                children: [])
                                        ])
                                ])
                        ])
                ])
        }
        let cache = TopologyNode(kind: "l3", index: 0, name: nil, bytes: 32 << 20, children: [core(0), core(1)])
        let package = TopologyNode(kind: "package", index: 0, name: "AMD EPYC 9R14", bytes: nil, children: [cache])
        let node = TopologyNode(kind: "numaNode", index: 0, name: nil, bytes: 24_696_061_952, children: [])
        return Topology(
            packages: 1, cores: 2, processingUnits: 2,
            numaNodes: [NUMANode(index: 0, bytes: 24_696_061_952, processingUnits: 2, processingUnitList: "0-1")],
            caches: [
                Cache(level: 1, type: .data, bytes: 32 << 10, count: 2),
                Cache(level: 1, type: .instruction, bytes: 32 << 10, count: 2),
                Cache(level: 2, type: .unified, bytes: 1 << 20, count: 2),
                Cache(level: 3, type: .unified, bytes: 32 << 20, count: 1),
            ],
            coreKinds: [CoreKind(efficiency: 0, processingUnits: 2, processingUnitList: "0-1")], numaDistances: [[10]],
            devices: [
                Device(
                    kind: .block, name: "vda", busId: "0000:00:04.0", vendor: "Red Hat, Inc.",
                    model: "Virtio block device", numaNode: nil),
                Device(kind: .network, name: "eth0", busId: "0000:00:03.0", vendor: nil, model: nil, numaNode: nil),
            ],
            tree: TopologyNode(kind: "machine", index: nil, name: nil, bytes: nil, children: [node, package]),
            processingUnitSets: ProcessingUnitSets(
                complete: .known("0-1"), allowed: .known("0-1"), online: .known("0-1"), offline: .known(""),
                disallowed: .known(""), present: .known("0-1"), possible: .known("0-1")))
    }()
}
