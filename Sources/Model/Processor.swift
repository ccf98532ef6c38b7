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
    /// Hz.
    public var baseFrequency: Reported<Double>
    /// Hz.
    public var maximumFrequency: Reported<Double>
    /// Everything that anyone states about frequencies, the figures above among them.
    public var frequencies: Reported<[Frequency]>
    public var timeStampCounter: Reported<TimeStampCounter>
    /// Names as in the kernel's list: `avx2`, `avx512f`, `avx512_bf16`, `asimd` …; only those the kernels can use, and only
    /// where the operating system has switched on the registers that they need.
    public var instructionSets: Reported<[String]>
    /// Who told the instruction sets: CPUID, the auxiliary vector, or /proc/cpuinfo.
    public var instructionSetSource: Reported<String>
    /// Where the processor and the kernel's list differ, a sentence each.
    public var instructionSetDifferences: Reported<[String]>
    /// Of those that the processor has.
    public var registerStates: Reported<[RegisterState]>
    /// Length of an SVE register, bytes; as the kernel gives it to a new process where it can be set.
    public var scalableVectorBytes: Reported<Int>
    public var cacheLineBytes: Reported<Int>
    public var addressBits: Reported<AddressBits>
    public var simultaneousMultithreading: Reported<SimultaneousMultithreading>
    public var mitigations: Reported<[Mitigation]>
    /// Hypervisor that runs this machine (`KVM`, `Xen`, …); `none` on bare metal.
    public var hypervisor: Reported<String>

    public init(
        vendor: Reported<String>, model: Reported<String>, architecture: String, family: Reported<Int>,
        modelNumber: Reported<Int>, stepping: Reported<Int>, microcode: Reported<String>,
        nominalFrequency: Reported<Double>, baseFrequency: Reported<Double> = .unknown("not probed"),
        maximumFrequency: Reported<Double>, frequencies: Reported<[Frequency]> = .unknown("not probed"),
        timeStampCounter: Reported<TimeStampCounter> = .unknown("not probed"), instructionSets: Reported<[String]>,
        instructionSetSource: Reported<String> = .unknown("not probed"),
        instructionSetDifferences: Reported<[String]> = .unknown("not probed"),
        registerStates: Reported<[RegisterState]> = .unknown("not probed"),
        scalableVectorBytes: Reported<Int> = .unknown("not probed"),
        cacheLineBytes: Reported<Int> = .unknown("not probed"),
        addressBits: Reported<AddressBits> = .unknown("not probed"),
        simultaneousMultithreading: Reported<SimultaneousMultithreading> = .unknown("not probed"),
        mitigations: Reported<[Mitigation]> = .unknown("not probed"), hypervisor: Reported<String>
    ) {
        self.vendor = vendor
        self.model = model
        self.architecture = architecture
        self.family = family
        self.modelNumber = modelNumber
        self.stepping = stepping
        self.microcode = microcode
        self.nominalFrequency = nominalFrequency
        self.baseFrequency = baseFrequency
        self.maximumFrequency = maximumFrequency
        self.frequencies = frequencies
        self.timeStampCounter = timeStampCounter
        self.instructionSets = instructionSets
        self.instructionSetSource = instructionSetSource
        self.instructionSetDifferences = instructionSetDifferences
        self.registerStates = registerStates
        self.scalableVectorBytes = scalableVectorBytes
        self.cacheLineBytes = cacheLineBytes
        self.addressBits = addressBits
        self.simultaneousMultithreading = simultaneousMultithreading
        self.mitigations = mitigations
        self.hypervisor = hypervisor
    }
}
