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
            nominalFrequency: .known(2.6e9), baseFrequency: .unknown("no cpufreq directory"),
            maximumFrequency: .unknown("no cpufreq directory"),
            frequencies: .known([
                Frequency(kind: .nominal, hertz: 2.6e9, source: "acpi_cppc/nominal_freq"),
                Frequency(kind: .nominal, hertz: 2.6e9, source: "the model's name"),
                Frequency(kind: .timeStampCounter, hertz: 2.6e9, source: "CPUID leaf 0x15"),
            ]),
            timeStampCounter: .known(
                TimeStampCounter(
                    name: "TSC", isInvariant: .known(true), frequency: .known(2.6e9), clockSource: .known("kvm-clock"))),
            instructionSets: .known(["avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16"]),
            instructionSetSource: .known("CPUID and XCR0"),
            instructionSetDifferences: .known([
                "The processor has amx_tile, but the operating system has not switched on the AMX registers (XCR0)."
            ]),
            registerStates: .known([
                RegisterState(name: "AVX", isEnabled: true, isPermitted: .known(true)),
                RegisterState(name: "AMX", isEnabled: false, isPermitted: .known(false)),
            ]),
            scalableVectorBytes: .unknown("no SVE"), cacheLineBytes: .known(64),
            addressBits: .known(AddressBits(physical: 48, virtual: 48)),
            simultaneousMultithreading: .known(
                SimultaneousMultithreading(
                    threadsPerCore: [1], control: .known("notsupported"), isActive: .known(false))),
            mitigations: .known([
                Mitigation(name: "meltdown", state: .known("Not affected")),
                Mitigation(name: "spec_rstack_overflow", state: .known("Vulnerable: Safe RET, no microcode")),
                Mitigation(name: "spectre_v1", state: .known("Mitigation: usercopy/swapgs barriers")),
            ]),
            hypervisor: .known("KVM")
        ),
        memory: memory,
        firmware: .known(
            SystemFirmware(vendor: .known("Amazon EC2"), version: .known("1.0"), date: .known("2017-10-16"))),
        software: Software(
            operatingSystem: .known("Debian GNU/Linux 12 (bookworm)"), kernel: .known("6.1.0-28-amd64"),
            kernelVersion: .known("#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)"),
            kernelCommandLine: .known(KernelCommandLine(words: ["mitigations=auto", "isolcpus=1"], omitted: 4)),
            cLibrary: .known("glibc 2.36"),
            container: .known(
                Container(
                    runtime: "podman", image: .known("docker.io/library/debian:12"),
                    imageDigest: .known("sha256:" + String(repeating: "0123456789abcdef", count: 4)),
                    evidence: "/run/.containerenv")),
            compilers: .known([
                Compiler(
                    name: "gcc", version: .known("12.2.0"), path: .known("/usr/bin/gcc"),
                    build: .known("gcc (Debian 12.2.0-14) 12.2.0")),
                Compiler(
                    name: "nvcc", version: .unknown("asked, it did not answer within 10 s"),
                    path: .known("/usr/local/cuda/bin/nvcc"), build: .unknown("asked, it did not answer within 10 s")),
            ]),
            libraries: [
                Library(
                    name: "oneDNN", version: .known("2.6.3"), path: .known("/usr/lib/x86_64-linux-gnu/libdnnl.so.2"),
                    build: .known("CPU runtime OpenMP, GPU runtime none")),
                Library(
                    name: "OpenBLAS", version: .known("0.3.21"),
                    path: .known("/usr/lib/x86_64-linux-gnu/libopenblas.so.0"),
                    build: .known("OpenBLAS 0.3.21 DYNAMIC_ARCH, core SkylakeX")),
                Library(
                    name: "OpenMP, GNU", version: .unknown("it has no function that tells"),
                    path: .known("/usr/lib/x86_64-linux-gnu/libgomp.so.1.0.0"),
                    build: .unknown("it has no function that tells")),
                Library(
                    name: "hwloc", version: .known("2.9.0"), path: .unknown("linked into the executable"),
                    build: .known("interface 2.8.0")),
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
            controlGroupVersion: .known(2), allowedProcessingUnits: .known("0-1"), allowedMemoryNodes: .known("0"),
            groupProcessingUnits: .known("0-1"), groupMemoryNodes: .known("0"), cpuQuota: .known(.unlimited),
            cpuWeight: .known(100),
            throttling: .known(Throttling(periods: 3400, throttledPeriods: 12, throttledSeconds: 1.25)),
            memoryBytes: .known(.at(16 << 30)), memoryHighBytes: .known(.at(12 << 30)), swapBytes: .known(.at(0)),
            tasks: .known(.at(1024)), lockedMemoryBytes: .known(.at(8 << 20)),
            resources: .known([
                ResourceLimit(name: "openFiles", unit: "", soft: .at(1024), hard: .at(524_288)),
                ResourceLimit(name: "stack", unit: "bytes", soft: .at(8 << 20), hard: .unlimited),
                ResourceLimit(name: "addressSpace", unit: "bytes", soft: .unlimited, hard: .unlimited),
            ])),
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
        ], acceleratorsNote: .known("no GPU or other accelerator is visible"))

    private static let memory = Memory(
        firmwareBytes: .known(25_769_803_776), firmwareSource: .known("SMBIOS memory modules"),
        kernelBytes: .known(24_696_061_952), hwlocBytes: .known(24_696_061_952), availableBytes: .known(22_000_000_000),
        swapBytes: .known(0), freeSwapBytes: .known(0), hugePageBytes: .known(2 << 20), hugePages: .known(0),
        hugePagePools: .known([
            HugePagePool(bytes: 2 << 20, total: .known(16), free: .known(15)),
            HugePagePool(bytes: 1 << 30, total: .known(0), free: .known(0)),
        ]),
        nodes: .known([
            MemoryNode(
                index: 0, totalBytes: .known(24_696_061_952), freeBytes: .known(20_000_000_000), distances: [10],
                hugePages: [])
        ]), policy: .known(MemoryPolicy(mode: "default", nodes: "")),
        modules: .known([
            MemoryModules(
                count: 2, bytes: 12 << 30, type: .known("DDR5"), formFactor: .known("DIMM"),
                buffering: .known("registered"), ratedTransferRate: .known(5.6e9),
                configuredTransferRate: .known(4.8e9), dataBits: .known(64), totalBits: .known(80),
                ranks: .known(1), manufacturer: .unknown("SMBIOS does not say"),
                partNumber: .unknown("SMBIOS does not say"), locators: ["A1", "B1"])
        ]),
        arrays: .known([
            MemoryArray(sockets: 4, maximumBytes: .known(64 << 30), errorCorrection: .known("multi-bit ECC"))
        ]),
        channels: .unknown("the names of the sockets in SMBIOS do not tell channels"),
        errorCorrection: .known("multi-bit ECC (SMBIOS)"),
        controllers: .unknown("no memory controller under /sys/devices/system/edac/mc: KVM does not pass it on"),
        differences: .known(["Memory modules made for 5 600 MT/s run at 4 800 MT/s."]))

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
