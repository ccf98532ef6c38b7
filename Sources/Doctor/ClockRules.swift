import Model

extension Doctor {
    @Sendable static func clockCost(_ e: Examination) -> [Entry] {
        let subject = Subject("clock", .clock, "clock")
        guard let clock = e.live?.clock else { return [subject.omitted("not measured: \(replayed)")] }
        let seen =
            "\(clock.name), resolution \(Phrase.seconds(clock.resolution)), \(Phrase.seconds(clock.readCost)) a reading"
        if clock.resolution > DoctorBounds.clockResolution {
            return [subject.disqualifying(.degraded, "\(seen): too coarse", better(e))]
        }
        if clock.readCost > DoctorBounds.clockReadCost {
            return [subject.degraded("\(seen): each reading goes through the kernel", better(e))]
        }
        return [subject.available(seen)]
    }

    /// Sources that are read without entering the kernel.
    private static let quick: Set<String> = [
        "tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page", "riscv_clocksource", "timebase",
    ]

    @Sendable static func clockSource(_ e: Examination) -> [Entry] {
        let subject = Subject("clockSource", .clock, "clock source")
        guard let source = e.tunable("clockSource").value else {
            return [subject.omitted(e.tunable("clockSource").reason ?? "not told")]
        }
        guard !quick.contains(source) else { return [subject.available(source)] }
        return [subject.degraded("\(source): slow to read", better(e))]
    }

    /// The best source that the kernel offers beside the one it uses.
    private static func better(_ e: Examination) -> Mend {
        let current = e.tunable("clockSource").value
        let offered = e.surroundings.clockSources.value?.first { quick.contains($0) && $0 != current }
        guard let offered, current.map({ !quick.contains($0) }) ?? true else {
            return .nothing("the kernel offers no better clock source")
        }
        return e.write(offered, to: "/sys/devices/system/clocksource/clocksource0/current_clocksource")
    }
}
