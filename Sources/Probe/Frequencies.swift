import Model
import SystemFiles

/// Frequencies as cpufreq and the firmware state them. What runs now is a measurement, not a probe.
struct Frequencies {
    private let files: SystemFiles
    /// One processing unit of each kind of core: the fastest kind gives the machine's figures.
    private let units: [Int]

    init(_ files: SystemFiles, _ topology: Topology) {
        self.files = files
        let firsts = topology.coreKinds.compactMap { Int($0.processingUnitList.prefix { $0.isNumber }) }
        units = firsts.isEmpty ? [0] : firsts
    }

    /// Hz.
    func maximum(_ hypervisor: Reported<String>) -> Reported<Double> {
        Reported(highest("cpufreq/cpuinfo_max_freq", 1e3), else: Self.reason(hypervisor))
    }

    /// Hz: Intel's base frequency, ACPI's nominal one, or the figure in the model's name.
    func nominal(_ model: Reported<String>, _ hypervisor: Reported<String>) -> Reported<Double> {
        let stated =
            highest("cpufreq/base_frequency", 1e3) ?? highest("acpi_cppc/nominal_freq", 1e6)
            ?? model.value.flatMap(Self.inName)
        let absent =
            highest("cpufreq/cpuinfo_max_freq", 1e3) == nil ? Self.reason(hypervisor) : "cpufreq tells the highest only"
        return Reported(stated, else: absent + "; the model's name tells none")
    }

    private func highest(_ file: String, _ unit: Double) -> Double? {
        units.compactMap { files.integer("/sys/devices/system/cpu/cpu\($0)/\(file)").value }.filter { $0 > 0 }.max()
            .map { Double($0) * unit }
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
            if let value = Double(text.dropLast(3).trimmed), value > 0 { return (value * factor).rounded() }
        }
        return nil
    }
}
