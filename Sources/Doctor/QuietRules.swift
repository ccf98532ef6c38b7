import Model
import Units

/// How quiet the machine is. Bounds are those by which a run calls a process disturbed, so that the doctor and the run
/// agree.
extension Doctor {
    private static func quiet(_ e: Examination, _ subject: Subject, _ rule: (QuietReading) -> Entry) -> [Entry] {
        guard let reading = e.live?.quiet else { return [subject.omitted("not measured: \(replayed)")] }
        return [rule(reading)]
    }

    @Sendable static func steal(_ e: Examination) -> [Entry] {
        let subject = Subject("steal", .quiet, "steal")
        return quiet(e, subject) { reading in
            guard let all = reading.stealOfAll.value else {
                return subject.unavailable(
                    reading.stealOfAll.reason ?? "not told", .nothing("this kernel does not show processor time"))
            }
            let own = reading.steal.value ?? 0
            let bound = DisturbanceBounds.steal
            let seen =
                (reading.processingUnit.map { "\(Phrase.share(own, from: bound)) of processing unit \($0), " } ?? "")
                + "\(Phrase.share(all, from: bound)) of all, over \(Phrase.seconds(reading.seconds))"
            guard reading.isStolenFrom(units: e.machine.topology.processingUnits) else {
                return subject.available(seen)
            }
            return subject.disqualifying(
                .degraded, "\(seen); bound \(Figures.percent(bound))",
                .nothing("the hypervisor gives the time to others: another hour, or a dedicated instance"))
        }
    }

    @Sendable static func otherLoad(_ e: Examination) -> [Entry] {
        let subject = Subject("otherLoad", .quiet, "load of others")
        return quiet(e, subject) { reading in
            guard let load = reading.otherLoad.value else {
                return subject.unavailable(
                    reading.otherLoad.reason ?? "not told", .nothing("this kernel does not show processor time"))
            }
            let others = reading.runnable.value.map { "; \(Phrase.count($0, "other task")) wanted to run" } ?? ""
            let average = reading.loadAverage.value.map { "; load average \(Figures.fixed($0, decimals: 2))" } ?? ""
            let seen = "\(Phrase.share(load, from: DisturbanceBounds.otherLoad)) of processor time" + others + average
            guard reading.isLoaded(units: e.machine.topology.processingUnits) else { return subject.available(seen) }
            return subject.disqualifying(
                .degraded, "\(seen); bound \(Figures.percent(DisturbanceBounds.otherLoad))", whoRuns(e))
        }
    }

    /// What a loop that only reads the clock did not see.
    @Sendable static func interruptions(_ e: Examination) -> [Entry] {
        let subject = Subject("interruptions", .quiet, "interruptions")
        return quiet(e, subject) { reading in
            let gaps = reading.gaps
            let lost = reading.lostShare
            let count = gaps.count == 0 ? "no gap" : Phrase.count(gaps.count, "gap")
            let longest = gaps.count == 0 ? "" : ", the longest \(Phrase.seconds(gaps.largest))"
            let seen =
                "\(Phrase.share(lost, from: DisturbanceBounds.lostShare)) of \(Phrase.seconds(reading.seconds)) lost to \(count) of "
                + "\(Phrase.seconds(gaps.threshold)) or more\(longest)"
            let mend: Mend =
                reading.involuntarySwitches > 0
                ? whoRuns(e)
                : e.isGuest
                    ? .nothing("the hypervisor and its interrupts take it; bare metal has less of it")
                    : e.kernelParameter("nohz_full=1-\(max(e.machine.topology.processingUnits - 1, 1))")
            if reading.isInterrupted {
                return subject.disqualifying(
                    .degraded, "\(seen); bound \(Figures.percent(DisturbanceBounds.lostShare))", mend)
            }
            if lost > DoctorBounds.lostShareNamed || gaps.largest > DoctorBounds.gap {
                return subject.degraded(seen, mend)
            }
            return subject.available(seen)
        }
    }

    @Sendable static func switches(_ e: Examination) -> [Entry] {
        let subject = Subject("switches", .quiet, "involuntary switches")
        return quiet(e, subject) { reading in
            let seen = "\(Figures.significant(reading.switchesPerSecond, 2)) a second"
            guard reading.isSwitchedOut else { return subject.available(seen) }
            let bound = Figures.significant(DisturbanceBounds.switchesPerSecond)
            return subject.disqualifying(.degraded, "\(seen); bound \(bound)", whoRuns(e))
        }
    }

    @Sendable static func throttling(_ e: Examination) -> [Entry] {
        let subject = Subject("throttled", .quiet, "throttled periods")
        return quiet(e, subject) { reading in
            guard let periods = reading.throttledPeriods.value else {
                return subject.available("none: \(reading.throttledPeriods.reason ?? "not told")")
            }
            guard periods > 0 else { return subject.available("none") }
            return subject.disqualifying(
                .degraded, "\(periods) while one thread was busy",
                e.unlimited(docker: "--cpu-quota=-1", kubernetes: "--limits=cpu=\(e.allowedUnits.count)"))
        }
    }

    @Sendable static func timer(_ e: Examination) -> [Entry] {
        let subject = Subject("timer", .quiet, "timer interrupts")
        return quiet(e, subject) { reading in
            guard let rate = reading.timerInterrupts.value else {
                return subject.unavailable(
                    reading.timerInterrupts.reason ?? "not told",
                    .nothing(
                        reading.processingUnit == nil
                            ? "binding must be permitted first" : "this kernel does not show them here"))
            }
            let all = reading.interrupts.value.map { " of \(Figures.significant($0, 3)) interrupts" } ?? ""
            return subject.available("\(Figures.significant(rate, 3))\(all) a second")
        }
    }

    @Sendable static func canaries(_ e: Examination) -> [Entry] {
        guard let live = e.live else {
            return [Subject("canary", .quiet, "canaries").omitted("not measured: \(replayed)")]
        }
        let look = live.quiet
        let isBusy = look.isLoaded(units: e.machine.topology.processingUnits) || look.isSwitchedOut
        let mend: Mend =
            isBusy
            ? whoRuns(e)
            : .nothing(
                "neighbours on the host, heat or power change what it uses: another hour, or a dedicated machine")
        return look.canaries.map { canary($0, mend) } + live.absentCanaries.map { .omitted($0) }
    }

    private static func canary(_ reading: CanaryReading, _ mend: Mend) -> Entry {
        let subject = Subject("canary.\(reading.name.lowercased())", .quiet, "canary: \(reading.name)")
        let seen =
            "spread \(Phrase.share(reading.spread)), range \(Phrase.share(reading.range)) over "
            + (reading.processes.map { "\($0) fresh processes" }
                ?? "\(reading.repetitions) × \(Phrase.seconds(reading.median)) in one process")
        if reading.isUnsteady {
            return subject.disqualifying(
                .degraded, "\(seen); bound of the spread \(Figures.percent(DisturbanceBounds.canarySpread))", mend)
        }
        return reading.range > DisturbanceBounds.canarySpread ? subject.degraded(seen, mend) : subject.available(seen)
    }

    /// A container does not see who else runs.
    private static func whoRuns(_ e: Examination) -> Mend {
        .command(
            "ps -eo pcpu,pid,comm --sort=-pcpu | head  # and end what need not run",
            on: e.surroundings.container == nil ? .here : .host)
    }
}
