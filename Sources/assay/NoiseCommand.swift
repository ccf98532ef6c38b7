import ArgumentParser

/// How much do runs of the same thing differ here?
struct NoiseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "noise", abstract: "Measure how much runs of the same thing differ here, and store it.",
        discussion: """
            Runs a suite as pairs of repetitions whose processes alternate (A/A). The largest difference within a pair is the \
            noise floor of a metric: no comparison calls less a difference. It goes into the bundle, and into the profile of \
            this machine, from where later runs take it as long as processor, kernel, libraries and settings stay the same.

            n pairs bound a share of 0.05^(1/n) of all differences with 95 % confidence: 59 pairs 95 %, ten 74 %, three 37 %. \
            Ten are the default, within a quarter of an hour; 59 of the suite quick take an hour and more.

            The profile is $XDG_STATE_HOME/assay/profiles/FINGERPRINT.json, or under ~/.local/state.

            Examples:
              assay noise
              assay noise standard --pairs 59 --time-limit 8h --output floor
              assay noise --only triad --pairs 20 --profile mine.json
            """)

    @Argument(help: "Suites by name, or YAML files; quick where none is named.")
    var suites: [String] = []

    @Option(help: "Pairs of repetitions, 1 to 500.")
    var pairs: Int = 10

    @Option(help: "Processes a case in each repetition, instead of the suite's number.")
    var processes: Int?

    @Option(help: "End measuring after this time: 90s, 15m, 1h. Pairs that are whole then count.")
    var timeLimit: String = "15m"

    @Option(help: "Only workloads whose name or title contains this text. Repeatable.")
    var only: [String] = []

    @Option(help: "Decides order and inputs.")
    var seed: UInt64?

    @Option(name: .shortAndLong, help: "Directory for the bundle. It must not hold a run already.")
    var output: String?

    @Option(help: "File for the profile instead of the usual place.")
    var profile: String?

    @OptionGroup var cloud: CloudOption

    @Flag(help: "Print the finished bundle as JSON instead of the table.")
    var json = false

    @Flag(inversion: .prefixedNo, help: "Colours and a redrawn progress bar on a terminal.")
    var color = true

    /// The run that it is: every option of it means the same there.
    func asRun() throws -> RunCommand {
        var arguments = suites + ["--noise", "\(pairs)", "--time-limit", timeLimit]
        arguments += processes.map { ["--processes", "\($0)"] } ?? []
        arguments += seed.map { ["--seed", "\($0)"] } ?? []
        arguments += output.map { ["--output", $0] } ?? []
        arguments += profile.map { ["--profile", $0] } ?? []
        arguments += only.flatMap { ["--only", $0] }
        arguments += cloud.arguments
        if json { arguments.append("--json") }
        if !color { arguments.append("--no-color") }
        return try RunCommand.parse(arguments)
    }

    func validate() throws {
        guard (1...500).contains(pairs) else { throw ValidationError("--pairs \(pairs): 1 to 500.") }
        _ = try asRun()
    }
}
