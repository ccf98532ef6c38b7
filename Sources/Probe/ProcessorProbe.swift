import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

extension Processor {
    init(
        _ files: SystemFiles, _ information: CPUInformation, hypervisor: Reported<String>, _ topology: Topology
    ) {
        let model = information.isArm ? Self.armModel(information) : information.text("model name", "uarch", "cpu")
        let processor = files.isLive ? CPUID.live() : nil
        let frequencies = Frequencies(
            files, topology, information, processor, model: model, hypervisor: hypervisor)
        let sets = InstructionSets.survey(files, information, processor)
        self.init(
            vendor: information.isArm ? Self.armVendor(information) : information.text("vendor_id"), model: model,
            architecture: Self.architecture(files, information),
            family: information.number(information.isArm ? "CPU architecture" : "cpu family"),
            modelNumber: information.number(information.isArm ? "CPU part" : "model"),
            stepping: information.number(information.isArm ? "CPU revision" : "stepping"),
            microcode: information.text("microcode"), nominalFrequency: frequencies.nominal,
            baseFrequency: frequencies.base, maximumFrequency: frequencies.maximum,
            frequencies: .known(frequencies.statements),
            timeStampCounter: Reported(
                TimeStampCounter(files, information, processor, frequencies),
                else: "/proc/cpuinfo tells neither an x86 nor an Arm processor"),
            instructionSets: sets.names, instructionSetSource: sets.source, instructionSetDifferences: sets.differences,
            registerStates: sets.states, scalableVectorBytes: Self.scalableVectorBytes(files, sets.names.value ?? []),
            cacheLineBytes: Self.cacheLineBytes(files, information), addressBits: Self.addressBits(information),
            simultaneousMultithreading: .known(SimultaneousMultithreading(files, topology)),
            mitigations: Vulnerabilities.read(files), hypervisor: hypervisor)
    }

    private static func armVendor(_ information: CPUInformation) -> Reported<String> {
        information.number("CPU implementer").map {
            ArmProcessors.vendor($0) ?? "implementer 0x\(String($0, radix: 16))"
        }
    }

    /// The kernel's name where it gives one, else the name of the core, else its number.
    private static func armModel(_ information: CPUInformation) -> Reported<String> {
        if case .known(let name) = information.text("model name"), !name.hasPrefix("ARMv") { return .known(name) }
        guard let implementer = information.number("CPU implementer").value else {
            return information.text("CPU implementer")
        }
        return information.number("CPU part").map {
            ArmProcessors.model(implementer, part: $0) ?? "part 0x\(String($0, radix: 16))"
        }
    }

    /// Live, the kernel's word; replayed, what the layout of /proc/cpuinfo gives away.
    private static func architecture(_ files: SystemFiles, _ information: CPUInformation) -> String {
        if files.isLive {
            var names = utsname()
            if uname(&names) == 0 {
                return withUnsafeBytes(of: &names.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            }
        }
        if information.isArm { return information.number("CPU architecture").value == 8 ? "aarch64" : "arm" }
        if information.isX86 { return information.features.contains("lm") ? "x86_64" : "i686" }
        return information.text("isa").value?.hasPrefix("rv64") == true ? "riscv64" : "unknown"
    }
}
