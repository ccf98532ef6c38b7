import Model
import SystemFiles

/// Frequencies as the kernel, the firmware, the processor and its name state them. What runs now is a measurement, not a
/// probe.
struct Frequencies {
    /// In order of trust within each kind.
    let statements: [Frequency]
    private let absent: String

    /// - Parameter processor: What CPUID says; `nil` where it was not or must not be asked.
    init(
        _ files: SystemFiles, _ topology: Topology, _ information: CPUInformation, _ processor: CPUID?,
        model: Reported<String>, hypervisor: Reported<String>
    ) {
        // One processing unit of each kind of core stands for all of that kind.
        let kinds = topology.coreKinds.compactMap { kind in
            Int(kind.processingUnitList.prefix { $0.isNumber }).map { (unit: $0, list: kind.processingUnitList) }
        }
        let units = kinds.isEmpty ? [(unit: 0, list: "")] : kinds
        let named = model.value.flatMap(Self.inName).map {
            Frequency(kind: .nominal, hertz: $0, source: "the model's name")
        }
        let isUniform = units.count == 1
        // A hybrid processor answers for the core that happens to be asked.
        let leaf = isUniform ? processor : nil
        statements =
            Self.files(files, .nominal, "acpi_cppc/nominal_freq", 1e6, units) + [named].compactMap { $0 }
            + Self.files(files, .base, "cpufreq/base_frequency", 1e3, units)
            + Self.leaf(.base, leaf?.baseFrequency)
            + Self.files(files, .maximum, "cpufreq/cpuinfo_max_freq", 1e3, units)
            + Self.leaf(.maximum, leaf?.maximumFrequency) + Self.counter(files, information, processor)
        absent = Self.reason(hypervisor)
    }

    private static func leaf(_ kind: Frequency.Kind, _ hertz: Double?) -> [Frequency] {
        hertz.map { [Frequency(kind: kind, hertz: $0, source: "CPUID leaf 0x16")] } ?? []
    }

    /// What a file says for each kind of core; said once where all say the same.
    private static func files(
        _ files: SystemFiles, _ kind: Frequency.Kind, _ file: String, _ unit: Double,
        _ units: [(unit: Int, list: String)]
    ) -> [Frequency] {
        let found = units.compactMap { place -> Frequency? in
            let path = "/sys/devices/system/cpu/cpu\(place.unit)/\(file)"
            guard let value = files.integer(path).value, value > 0 else { return nil }
            return Frequency(
                kind: kind, hertz: Double(value) * unit, source: file,
                processingUnits: place.list.isEmpty ? nil : place.list)
        }
        guard let first = found.first, found.count == units.count, found.allSatisfy({ $0.hertz == first.hertz }) else {
            return found
        }
        return [Frequency(kind: kind, hertz: first.hertz, source: file)]
    }

    /// Hz; the fastest kind of core gives the machine's figure.
    func highest(_ kind: Frequency.Kind) -> Double? {
        guard let source = statements.first(where: { $0.kind == kind })?.source else { return nil }
        return statements.filter { $0.kind == kind && $0.source == source }.map(\.hertz).max()
    }

    /// Hz.
    var maximum: Reported<Double> { Reported(highest(.maximum), else: absent) }

    /// Hz.
    var base: Reported<Double> {
        Reported(highest(.base), else: highest(.maximum) == nil ? absent : "neither cpufreq nor CPUID tells one")
    }

    /// Hz: ACPI's nominal frequency or the figure in the model's name, else the base frequency.
    var nominal: Reported<Double> {
        let absent = highest(.maximum) == nil ? absent : "cpufreq tells the highest only"
        return Reported(highest(.nominal) ?? highest(.base), else: absent + "; the model's name tells none")
    }

    private static func reason(_ hypervisor: Reported<String>) -> String {
        if let name = hypervisor.value, name != "none" { return "no cpufreq here: \(name) does not show frequencies" }
        return "no cpufreq here"
    }

    /// `Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz` says 2.6e9.
    static func inName(_ model: String) -> Double? {
        guard let mark = model.lastIndex(of: "@") else { return nil }
        let text = model[model.index(after: mark)...].trimmed
        let units: [(String, Double)] = [("GHz", 1e9), ("MHz", 1e6)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            if let value = Double(text.dropLast(3).trimmed), value > 0, value < 1e6 {
                return (value * factor).rounded()
            }
        }
        return nil
    }
}
