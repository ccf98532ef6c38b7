public import Model
public import SystemFiles

/// Looks at the machine between processes: who else ran, what was stolen, throttled or hot.
public struct EnvironmentWatch: Sendable {
    let files: SystemFiles
    /// This control group's `cpu.stat`, where there is one.
    let cpuStat: String?

    public init(files: SystemFiles) {
        self.files = files
        // The innermost group that counts: in version 1 the file is there without a limit too, and counts nothing.
        cpuStat = ControlGroups(files).directories("cpu").map { $0 + "/cpu.stat" }
            .first { files.text($0).value?.contains("nr_throttled ") == true }
    }

    /// - Parameter t: seconds from the start of the run.
    public func read(at t: Double) -> EnvironmentReading {
        var reading = EnvironmentReading(t: t)
        if let times = cpuTimes.value {
            reading.idle = times.idle
            reading.busy = times.busy
            reading.steal = times.steal
        }
        reading.throttledPeriods = throttledPeriods.value
        reading.cpuPressure = pressure("/proc/pressure/cpu").value
        reading.memoryPressure = pressure("/proc/pressure/memory").value
        reading.loadAverage = files.line("/proc/loadavg").value?.split(separator: " ").first.flatMap { Double($0) }
        reading.frequency = frequency.value
        reading.temperature = temperature.value
        return reading
    }

    /// What of it this machine shows, and why not the rest.
    public func survey() -> WatchSurvey {
        WatchSurvey(
            steal: cpuTimes.map(\.steal), throttledPeriods: throttledPeriods,
            cpuPressure: pressure("/proc/pressure/cpu"), frequency: frequency, temperature: temperature)
    }

    /// Processes the kernel has killed for lack of memory since boot; `nil` where it does not tell.
    public func memoryKills() -> Int? { keyed("/proc/vmstat", "oom_kill") }

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

    private var frequency: Reported<Double> {
        let folder = "/sys/devices/system/cpu/cpufreq"
        let readings = files.names(in: folder).prefix(512)
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
}

extension Interference {
    /// What happened between two readings while a process used `cpuSeconds` itself.
    init(from before: EnvironmentReading, to after: EnvironmentReading, usage: WorkerUsage?) {
        var steal: Double?
        var other: Double?
        if let b0 = before.busy, let b1 = after.busy, let i0 = before.idle, let i1 = after.idle,
            let s0 = before.steal, let s1 = after.steal
        {
            let total = (b1 - b0) + (i1 - i0) + (s1 - s0)
            if total > 0 {
                steal = max(0, s1 - s0) / total
                other = usage.map { max(0, b1 - b0 - $0.cpuSeconds) / total }
            }
        }
        let throttled = before.throttledPeriods.flatMap { start in after.throttledPeriods.map { max(0, $0 - start) } }
        self.init(
            steal: steal, otherLoad: other, throttledPeriods: throttled,
            involuntarySwitches: usage?.involuntarySwitches, majorFaults: usage?.majorFaults)
    }
}
