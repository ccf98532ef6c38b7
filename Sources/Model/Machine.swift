/// Everything probed about a machine. JSON schema `assay.machine/1`.
public struct Machine: Codable, Sendable, Equatable {
    public static let schema = "assay.machine/1"
    public var schema = Machine.schema
    public var topology: Topology
    public var processor: Processor
    public var memory: Memory
    public var software: Software
    public var tunables: [Tunable]
    public var cloud: Reported<Cloud>
    public var limits: Limits
    public var power: [PowerSurvey]
    public var claims: [Claim]

    public init(
        topology: Topology, processor: Processor, memory: Memory, software: Software, tunables: [Tunable],
        cloud: Reported<Cloud>, limits: Limits, power: [PowerSurvey], claims: [Claim]
    ) {
        self.topology = topology
        self.processor = processor
        self.memory = memory
        self.software = software
        self.tunables = tunables
        self.cloud = cloud
        self.limits = limits
        self.power = power
        self.claims = claims
    }
}

/// The processor as it names itself, with the instruction sets that matter for the kernels.
public struct Processor: Codable, Sendable, Equatable {
    public var vendor: Reported<String>
    public var model: Reported<String>
    /// `x86_64`, `aarch64` …
    public var architecture: String
    public var family: Reported<Int>
    /// Model number within the family, not the marketing name.
    public var modelNumber: Reported<Int>
    public var stepping: Reported<Int>
    public var microcode: Reported<String>
    /// Hz.
    public var nominalFrequency: Reported<Double>
    public var maximumFrequency: Reported<Double>
    /// Names as in the kernel's list: `avx2`, `avx512f`, `avx512_bf16`, `asimd` …; only those the kernels can use.
    public var instructionSets: Reported<[String]>
    /// Hypervisor that runs this machine (`KVM`, `Xen`, …); `none` on bare metal.
    public var hypervisor: Reported<String>

    public init(
        vendor: Reported<String>, model: Reported<String>, architecture: String, family: Reported<Int>,
        modelNumber: Reported<Int>, stepping: Reported<Int>, microcode: Reported<String>,
        nominalFrequency: Reported<Double>, maximumFrequency: Reported<Double>, instructionSets: Reported<[String]>,
        hypervisor: Reported<String>
    ) {
        self.vendor = vendor
        self.model = model
        self.architecture = architecture
        self.family = family
        self.modelNumber = modelNumber
        self.stepping = stepping
        self.microcode = microcode
        self.nominalFrequency = nominalFrequency
        self.maximumFrequency = maximumFrequency
        self.instructionSets = instructionSets
        self.hypervisor = hypervisor
    }
}

/// Memory sizes in bytes as each witness tells them; they may differ, and then all are shown.
public struct Memory: Codable, Sendable, Equatable {
    /// MemTotal of /proc/meminfo.
    public var kernelBytes: Reported<UInt64>
    /// Sum over hwloc's NUMA nodes.
    public var hwlocBytes: Reported<UInt64>
    /// MemAvailable when probed.
    public var availableBytes: Reported<UInt64>
    public var swapBytes: Reported<UInt64>
    /// Default huge page size, bytes.
    public var hugePageBytes: Reported<UInt64>
    /// Huge pages reserved (HugePages_Total).
    public var hugePages: Reported<Int>

    public init(
        kernelBytes: Reported<UInt64>, hwlocBytes: Reported<UInt64>, availableBytes: Reported<UInt64>,
        swapBytes: Reported<UInt64>, hugePageBytes: Reported<UInt64>, hugePages: Reported<Int>
    ) {
        self.kernelBytes = kernelBytes
        self.hwlocBytes = hwlocBytes
        self.availableBytes = availableBytes
        self.swapBytes = swapBytes
        self.hugePageBytes = hugePageBytes
        self.hugePages = hugePages
    }
}

/// What runs on the machine.
public struct Software: Codable, Sendable, Equatable {
    /// `Debian GNU/Linux 12 (bookworm)`.
    public var operatingSystem: Reported<String>
    /// Kernel release, `6.1.0-28-amd64`.
    public var kernel: Reported<String>
    /// `glibc 2.36`.
    public var cLibrary: Reported<String>
    /// hwloc, libnuma, and each compute library found.
    public var libraries: [Library]

    public init(
        operatingSystem: Reported<String>, kernel: Reported<String>, cLibrary: Reported<String>, libraries: [Library]
    ) {
        self.operatingSystem = operatingSystem
        self.kernel = kernel
        self.cLibrary = cLibrary
        self.libraries = libraries
    }
}

/// A library in use: its name, version, and the file it came from.
public struct Library: Codable, Sendable, Equatable, Hashable {
    public var name: String
    public var version: Reported<String>
    public var path: Reported<String>

    public init(name: String, version: Reported<String>, path: Reported<String>) {
        self.name = name
        self.version = version
        self.path = path
    }
}

/// A setting that moves results.
public struct Tunable: Codable, Sendable, Equatable {
    /// Stable key: `transparentHugePages`, `governor`, …
    public var name: String
    public var value: Reported<String>
    /// Where it was read.
    public var source: String

    public init(name: String, value: Reported<String>, source: String) {
        self.name = name
        self.value = value
        self.source = source
    }
}

/// Where the machine is rented.
public struct Cloud: Codable, Sendable, Equatable {
    public var provider: String
    public var instanceType: Reported<String>
    public var region: Reported<String>

    public init(provider: String, instanceType: Reported<String>, region: Reported<String>) {
        self.provider = provider
        self.instanceType = instanceType
        self.region = region
    }
}

/// What the container or the control group allows, against what the machine has.
public struct Limits: Codable, Sendable, Equatable {
    /// 1 or 2.
    public var controlGroupVersion: Reported<Int>
    /// Processing units this process may run on, kernel list format.
    public var allowedProcessingUnits: Reported<String>
    /// CPUs' worth of time per period; `unknown("no quota")` where none is set.
    public var cpuQuota: Reported<Double>
    /// Bytes; the smallest limit from here to the root of the hierarchy.
    public var memoryBytes: Reported<UInt64>
    /// RLIMIT_MEMLOCK, bytes.
    public var lockedMemoryBytes: Reported<UInt64>

    public init(
        controlGroupVersion: Reported<Int>, allowedProcessingUnits: Reported<String>, cpuQuota: Reported<Double>,
        memoryBytes: Reported<UInt64>, lockedMemoryBytes: Reported<UInt64>
    ) {
        self.controlGroupVersion = controlGroupVersion
        self.allowedProcessingUnits = allowedProcessingUnits
        self.cpuQuota = cpuQuota
        self.memoryBytes = memoryBytes
        self.lockedMemoryBytes = lockedMemoryBytes
    }
}

/// Claimed against visible: one sentence with its evidence.
public struct Claim: Codable, Sendable, Equatable {
    public var subject: String
    public var claimed: String
    public var visible: String
    public var evidence: String

    public init(subject: String, claimed: String, visible: String, evidence: String) {
        self.subject = subject
        self.claimed = claimed
        self.visible = visible
        self.evidence = evidence
    }
}

/// One way to read energy or power, and whether this machine has it.
public struct PowerSurvey: Codable, Sendable, Equatable {
    /// `powercap RAPL`, `perf power events`, `hwmon`, `NVML`, …
    public var source: String
    /// What it would cover: `package`, `board`, `node`, `wall`.
    public var boundary: String
    public var available: Bool
    /// What was found, in a few words: why not, or what.
    public var finding: String
    /// What would make it available.
    public var mend: String

    public init(source: String, boundary: String, available: Bool, finding: String, mend: String) {
        self.source = source
        self.boundary = boundary
        self.available = available
        self.finding = finding
        self.mend = mend
    }
}
