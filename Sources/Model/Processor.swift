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
