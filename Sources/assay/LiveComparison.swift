import ArgumentParser
import Judge
import Kernels
import Measure
import Model
import Plan
import Probe
import Record

/// What `compare --live` measures, and where it is kept.
struct LiveOptions: ParsableArguments {
    @Flag(help: "The two names are settings in YAML: both are measured now, interleaved, and then compared.")
    var live = false

    @Option(help: "With --live: suite by name, or a YAML file; quick by default.")
    var suite: String?

    @Option(help: "With --live: only workloads whose name or title contains this text. Repeatable.")
    var only: [String] = []

    @Option(help: "With --live: processes per case and setting.")
    var processes: Int?

    @Option(help: "With --live: decides order and inputs.")
    var seed: UInt64?

    @Option(name: .shortAndLong, help: "With --live: directory for the two bundles, a and b.")
    var output: String?

    @OptionGroup var cloud: CloudOption

    /// Whether anything is there that only a live comparison can use.
    var isGiven: Bool {
        suite != nil || !only.isEmpty || processes != nil || seed != nil || output != nil
            || cloud.cloudMetadata != nil
    }
}

/// Two settings of this machine, measured in one run: the same minutes, the same neighbours, a random order.
struct LiveComparison {
    let options: LiveOptions
    let files: [String]
    static let usualSuite = "quick"

    struct Sides {
        var base: RunValues
        var new: RunValues
        /// What differs between them on purpose.
        var purposes: Set<Subject>
        var variables: [Difference]
    }

    /// The runs of both settings.
    func measure(colours: Bool) async throws -> Sides {
        let known = Kernels.instructionSets().map(\.name)
        let settings = try files.map { file -> LiveSetting in
            guard let text = try SuiteSource.read(file) else {
                throw PlanError(.noSuchInput, file: file, problem: "no such file")
            }
            return try LiveSetting.read(text, file: file, instructionSets: known)
        }
        let command = try RunCommand.parse(arguments)
        let machine = try MachineSource.machine(try command.probing())
        let plan = try command.plan(for: machine)
        let plans = try settings.map { try LivePlan.side(plan, $0, on: machine) }
        let joined = LivePlan.joined(plans, settings)
        guard !joined.cases.isEmpty else {
            throw RecordError(
                .badInput, path: options.suite ?? Self.usualSuite,
                problem: "has no case that can run under both settings")
        }
        let session = try Session.begin(joined, on: machine, output: options.output)
        try await session.record(colours: colours, log: RunLog(verbose: false))
        if SignalWatch.name != nil { throw ExitCode(SignalWatch.exitCode) }
        let content = try JournalContent(directory: session.directory)
        var values: [RunValues] = []
        for (index, letter) in LivePlan.sides.enumerated() {
            let directory = session.directory + "/" + letter
            let recording = try Publisher.publish(content.side(letter, plans[index]), to: directory)
            values.append(RunValues(recording, name: settings[index].name))
            Console.note("bundle     \(directory)")
        }
        BundleFiles.removeJournal(in: session.directory)
        return Sides(
            base: values[0], new: values[1], purposes: Self.purposes(settings), variables: Self.variables(settings))
    }

    /// Variables that are not set alike.
    private static func variables(_ settings: [LiveSetting]) -> [Difference] {
        let (one, other) = (settings[0].environment, settings[1].environment)
        return Set(one.keys).union(other.keys).sorted().filter { one[$0] != other[$0] }.map { name in
            Difference(
                .tunable, name, before: one[name].map { PublishedPath.list($0) } ?? "unset",
                after: other[name].map { PublishedPath.list($0) } ?? "unset")
        }
    }

    private var arguments: [String] {
        [options.suite ?? Self.usualSuite] + options.only.flatMap { ["--only", $0] }
            + (options.processes.map { ["--processes", "\($0)"] } ?? [])
            + (options.seed.map { ["--seed", "\($0)"] } ?? []) + options.cloud.arguments
    }

    /// What the settings set is what is compared; anything else that differs is still told.
    private static func purposes(_ settings: [LiveSetting]) -> Set<Subject> {
        var purposes: Set<Subject> = []
        if settings.contains(where: { !$0.libraries.isEmpty || !$0.environment.isEmpty }) {
            purposes.formUnion([.library, .isa])
        }
        if settings.contains(where: { $0.instructionSet != nil }) { purposes.insert(.isa) }
        if settings.contains(where: { $0.threads != nil }) { purposes.formUnion([.threads, .placement, .shape]) }
        return purposes
    }
}

extension JournalContent {
    /// What of a live comparison belongs to one side, with the identities that cases have anywhere.
    func side(_ letter: String, _ plan: Plan) -> JournalContent {
        var side = self
        side.header.id += "-" + letter
        side.header.plan = plan
        let measured = Set(header.plan.cases.compactMap { LivePlan.identity($0.id, side: letter) })
        side.header.plan.cases.removeAll { !measured.contains($0.id) }
        side.samples = samples.compactMap { sample in
            LivePlan.identity(sample.case, side: letter).map {
                Sample(
                    case: $0, process: sample.process, index: sample.index, seconds: sample.seconds,
                    iterations: sample.iterations)
            }
        }
        side.records = records.compactMap { record in
            guard let identity = LivePlan.identity(record.case, side: letter) else { return nil }
            var record = record
            record.case = identity
            return record
        }
        side.sizing = sizing.compactMap { entry in
            guard let identity = LivePlan.identity(entry.case, side: letter) else { return nil }
            var entry = entry
            entry.case = identity
            return entry
        }
        return side
    }
}
