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
        if let fields = cpuFields() {
            // user nice system idle iowait irq softirq steal, in ticks of 10 ms.
            reading.idle = (fields[3] + fields[4]) / 100
            reading.busy = (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / 100
            reading.steal = fields[7] / 100
        }
        reading.throttledPeriods = cpuStat.flatMap { keyed($0, "nr_throttled") }
        reading.cpuPressure = pressure("/proc/pressure/cpu")
        reading.memoryPressure = pressure("/proc/pressure/memory")
        reading.loadAverage = files.line("/proc/loadavg").value?.split(separator: " ").first.flatMap { Double($0) }
        reading.frequency = frequency()
        reading.temperature = temperature()
        return reading
    }

    /// Processes the kernel has killed for lack of memory since boot; `nil` where it does not tell.
    public func memoryKills() -> Int? { keyed("/proc/vmstat", "oom_kill") }

    private func cpuFields() -> [Double]? {
        guard let line = files.line("/proc/stat").value, line.hasPrefix("cpu ") else { return nil }
        let fields = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        return fields.count >= 8 ? fields : nil
    }

    private func keyed(_ path: String, _ key: String) -> Int? {
        let line = files.text(path).value?.split(separator: "\n").first { $0.hasPrefix(key + " ") }
        return line.flatMap { Int($0.dropFirst(key.count + 1)) }
    }

    /// `some avg10=0.12 …` → 0.0012.
    private func pressure(_ path: String) -> Double? {
        let field = files.line(path).value?.split(separator: " ").first { $0.hasPrefix("avg10=") }
        return field.flatMap { Double($0.dropFirst(6)) }.map { $0 / 100 }
    }

    private func frequency() -> Double? {
        let folder = "/sys/devices/system/cpu/cpufreq"
        let readings = files.names(in: folder).prefix(512)
            .compactMap { files.integer("\(folder)/\($0)/scaling_cur_freq").value }
        guard !readings.isEmpty else { return nil }
        return readings.reduce(0) { $0 + Double($1) } / Double(readings.count) * 1000
    }

    private func temperature() -> Double? {
        let folder = "/sys/class/thermal"
        return files.names(in: folder).prefix(64).filter { $0.hasPrefix("thermal_zone") }
            .compactMap { files.integer("\(folder)/\($0)/temp").value }
            .map { Double($0) / 1000 }.max()
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
