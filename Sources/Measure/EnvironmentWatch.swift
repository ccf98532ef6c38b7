public import Model
public import SystemFiles

/// Looks at the machine between processes: who else ran, what was stolen, throttled or hot.
public struct EnvironmentWatch: Sendable {
    let files: SystemFiles
    /// This control group's `cpu.stat`, where there is one.
    let cpuStat: String?
    /// Where this control group counts the processes that were killed for lack of memory, where it does.
    let memoryEvents: String?
    /// Why accelerators hold back now; `nil` where there are none to ask.
    let accelerators: (@Sendable () -> [String])?

    public init(files: SystemFiles, accelerators: (@Sendable () -> [String])? = nil) {
        self.files = files
        self.accelerators = accelerators
        // The innermost group that counts: in version 1 the file is there without a limit too, and counts nothing.
        let groups = ControlGroups(files)
        cpuStat = groups.directories("cpu").map { $0 + "/cpu.stat" }
            .first { files.text($0).value?.contains("nr_throttled ") == true }
        // The innermost group with a file: what is killed in another group is none of ours.
        memoryEvents = groups.directories("memory")
            .map { $0 + (groups.version.value == 2 ? "/memory.events" : "/memory.oom_control") }
            .first { files.text($0).value?.contains("oom_kill ") == true }
    }

    /// - Parameter t: seconds from the start of the run.
    /// - Parameters:
    ///   - units: processing units whose frequency is read; empty for all. One that idles says nothing about those at work.
    ///   - withSlow: also temperature, throttling counters and accelerators.
    public func read(at t: Double, units: [Int] = [], withSlow: Bool = true) -> EnvironmentReading {
        var reading = EnvironmentReading(t: t)
        if let times = cpuTimes.value {
            reading.idle = times.idle
            reading.busy = times.busy
            reading.steal = times.steal
        }
        reading.throttledPeriods = throttledPeriods.value
        (reading.cpuPressure, reading.cpuWaiting) = pressures("cpu")
        (reading.memoryPressure, reading.memoryWaiting) = pressures("memory")
        reading.ioWaiting = pressures("io").waiting
        reading.loadAverage = files.line("/proc/loadavg").value?.split(separator: " ").first.flatMap { Double($0) }
        reading.frequency = (units.isEmpty ? frequency : frequency(of: units)).value
        if withSlow { addSlow(to: &reading) }
        return reading
    }

    /// What takes longest to ask and changes slowest.
    private func addSlow(to reading: inout EnvironmentReading) {
        reading.temperature = temperature.value
        reading.thermalThrottles = thermalThrottles.value
        reading.acceleratorSlowdowns = accelerators?()
    }

    /// What of it this machine shows, and why not the rest.
    public func survey() -> WatchSurvey {
        WatchSurvey(
            steal: cpuTimes.map(\.steal), throttledPeriods: throttledPeriods,
            cpuPressure: pressure("/proc/pressure/cpu"), frequency: frequency, temperature: temperature)
    }

    /// Processes of this control group that the kernel has killed for lack of memory, whoever lacked it; of the whole machine
    /// where the group does not count them, `nil` where nobody tells.
    public func memoryKills() -> Int? { keyed(memoryEvents ?? "/proc/vmstat", "oom_kill") }

    private var cpuTimes: Reported<ProcessorTimes> {
        switch files.line("/proc/stat") {
        case .unknown(let reason): .unknown(reason)
        case .known(let line):
            Reported(ProcessorTimes(line: line, label: "cpu"), else: "/proc/stat: no totals of processor time")
        }
    }

    private var throttledPeriods: Reported<Int> {
        guard let cpuStat else { return .unknown("no control group counts throttling here") }
        // Its path names the group, which may be an identifier.
        return Reported(keyed(cpuStat, "nr_throttled"), else: "the control group's cpu.stat cannot be read")
    }

    private func keyed(_ path: String, _ key: String) -> Int? {
        let line = files.text(path).value?.split(separator: "\n").first { $0.hasPrefix(key + " ") }
        return line.flatMap { Int($0.dropFirst(key.count + 1)) }
    }

    /// `some avg10=0.12 …` → 0.0012.
    private func pressure(_ path: String) -> Reported<Double> {
        switch files.line(path) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let line):
            let field = line.split(separator: " ").first { $0.hasPrefix("avg10=") }
            let percent = field.flatMap { Double($0.dropFirst(6)) }
            return Reported(percent.map { $0 / 100 }, else: "\(path): no avg10")
        }
    }

    /// The same average, and the total in seconds: `total=` counts microseconds.
    private func pressures(_ name: String) -> (average: Double?, waiting: Double?) {
        guard let fields = files.line("/proc/pressure/\(name)").value?.words else { return (nil, nil) }
        func value(_ key: String) -> Double? {
            fields.first { $0.hasPrefix(key) }.flatMap { Double($0.dropFirst(key.count)) }
        }
        return (value("avg10=").map { $0 / 100 }, value("total=").map { $0 * 1e-6 })
    }

    /// Of cores and packages, each counted once a processing unit; only differences mean anything.
    private var thermalThrottles: Reported<Int> {
        let folder = "/sys/devices/system/cpu"
        var total: Int?
        for unit in files.names(in: folder).lazy.filter({ $0.hasPrefix("cpu") && Int($0.dropFirst(3)) != nil }).prefix(
            128)
        {
            for name in ["core_throttle_count", "package_throttle_count"] {
                guard let count = files.integer("\(folder)/\(unit)/thermal_throttle/\(name)").value else { continue }
                total = (total ?? 0) + min(max(count, 0), 1 << 40)
            }
        }
        return Reported(total, else: "\(folder)/cpu*: no thermal_throttle")
    }

    private func frequency(of units: [Int]) -> Reported<Double> {
        let readings = units.prefix(16).compactMap {
            files.integer("/sys/devices/system/cpu/cpu\($0)/cpufreq/scaling_cur_freq").value
        }
        guard !readings.isEmpty else { return .unknown("no scaling_cur_freq of these processing units") }
        return .known(readings.reduce(0) { $0 + Double($1) } / Double(readings.count) * 1000)
    }

    private var frequency: Reported<Double> {
        let folder = "/sys/devices/system/cpu/cpufreq"
        let readings = files.names(in: folder).prefix(16)
            .compactMap { files.integer("\(folder)/\($0)/scaling_cur_freq").value }
        guard !readings.isEmpty else { return .unknown("\(folder): no scaling_cur_freq") }
        return .known(readings.reduce(0) { $0 + Double($1) } / Double(readings.count) * 1000)
    }

    private var temperature: Reported<Double> {
        let folder = "/sys/class/thermal"
        let readings = files.names(in: folder).prefix(64).filter { $0.hasPrefix("thermal_zone") }
            .compactMap { files.integer("\(folder)/\($0)/temp").value }
        return Reported(readings.map { Double($0) / 1000 }.max(), else: "\(folder): no thermal zone")
    }

    /// What cannot be watched here, for the report of the watch.
    public var absences: [WatchReport.Absence] {
        let survey = survey()
        let parts: [(String, String?)] = [
            ("steal", survey.steal.reason), ("cgroup throttling", survey.throttledPeriods.reason),
            ("pressure", survey.cpuPressure.reason), ("frequency", survey.frequency.reason),
            ("temperature", survey.temperature.reason), ("thermal throttling", thermalThrottles.reason),
            ("accelerator slowdowns", accelerators == nil ? "no accelerator that tells" : nil),
        ]
        return parts.compactMap { subject, reason in reason.map { WatchReport.Absence(subject: subject, reason: $0) } }
    }
}
