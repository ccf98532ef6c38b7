import Doctor
import Measure
import Model
import Plan
import Units

/// What a person should know before the run: the machine, what cannot be had, the plan and how long it takes.
enum Briefing {
    /// - Parameter resting: seconds that the run rests before its first process and after its last.
    static func print(_ header: RunHeader, directory: String, resting: Double = 0) {
        let machine = header.machine
        let topology = machine.topology
        var words = [
            machine.processor.model.value ?? "unknown processor",
            count(topology.cores, "core"), count(topology.numaNodes.count, "NUMA node"),
        ]
        if let bytes = machine.memory.kernelBytes.value { words.append(Figures.bytes(bytes)) }
        Console.note("machine    " + words.joined(separator: ", "))
        let power = machine.power.filter(\.available).map(\.source)
        Console.note(
            "power      "
                + (power.isEmpty
                    ? "unavailable: no source can be read here (assay doctor)" : power.joined(separator: ", ")))
        if let quiet = header.quiet {
            Console.note("quiet?     " + Doctor.summary(of: quiet, units: topology.processingUnits))
        }
        Console.note(plan(header.plan, resting))
        for planned in header.plan.cases {
            guard let scale = planned.shape.scale else { continue }
            Console.note("scaled     \(planned.workload): \(Figures.percent(scale)) of the rows, to fit in this memory")
        }
        for skipped in header.plan.skipped {
            Console.note("skipped    \(skipped.planned.workload): \(skipped.reason)")
        }
        Console.note("output     \(directory)")
    }

    private static func plan(_ plan: Plan, _ resting: Double) -> String {
        let (likely, most) = plan.expectation(resting: resting)
        return
            "plan       \(plan.suite): \(count(plan.cases.count, "case")) × \(count(plan.rules.processes, "process")), "
            + "random order, seed \(plan.seed), about \(ProgressLine.duration(likely)), "
            + "up to about \(ProgressLine.duration(most))"
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)" + (number == 1 ? "" : noun.hasSuffix("s") ? "es" : "s")
    }
}
