import Model
import Units

extension Doctor {
    /// What is watched between the processes of a run.
    @Sendable static func watch(_ e: Examination) -> [Entry] {
        [stealWatch(e), pressure(e), throttlingWatch(e), temperature(e)]
    }

    private static func stealWatch(_ e: Examination) -> Entry {
        let subject = Subject("watch.steal", .watch, "steal and load")
        return switch e.watch.steal {
        case .known: subject.available("/proc/stat counts them")
        case .unknown(let reason): subject.unavailable(reason, .nothing("this kernel hides /proc/stat"))
        }
    }

    private static func pressure(_ e: Examination) -> Entry {
        let subject = Subject("watch.pressure", .watch, "pressure (PSI)")
        switch e.watch.cpuPressure {
        case .known(let share):
            return subject.available("\(Phrase.share(share)) of the last ten seconds some task waited for a CPU")
        case .unknown(let reason):
            // A kernel that was built with it and not told to use it has the file and refuses to read it.
            let isAbsent = reason.hasSuffix("No such file or directory")
            return subject.unavailable(
                reason,
                isAbsent ? .nothing("this kernel was built without it, or hides it") : e.kernelParameter("psi=1"))
        }
    }

    private static func throttlingWatch(_ e: Examination) -> Entry {
        let subject = Subject("watch.throttling", .watch, "cgroup throttling")
        switch e.watch.throttledPeriods {
        case .known(let periods):
            return subject.available("\(Phrase.count(periods, "period")) throttled since the group was made")
        case .unknown(let reason):
            let need =
                e.quota.value == nil
                ? "no quota is set, so none is to be seen" : "a quota is set, and its effect is hidden"
            return subject.unavailable(
                "\(reason); \(need)", .nothing("no cpu.stat that counts it is shown to this process"))
        }
    }

    private static func temperature(_ e: Examination) -> Entry {
        let subject = Subject("watch.temperature", .watch, "temperature")
        switch e.watch.temperature {
        case .known(let degrees):
            return subject.available("\(Figures.fixed(degrees, decimals: 0)) °C, the hottest zone")
        case .unknown(let reason):
            return subject.unavailable(
                reason, e.onHardware("sensors", else: e.asRoot("modprobe -a coretemp k10temp x86_pkg_temp_thermal")))
        }
    }
}
