import ArgumentParser
import Plan
import Units

/// Whether settings that a bundle names may decide what code runs here.
struct TrustOption: ParsableArguments {
    @Flag(
        help: """
            Load the library files and set the variables that the bundle names. Only where you trust who made it: they decide \
            what code runs here.
            """)
    var trustSettings = false
}

extension ForeignSettings {
    /// What is applied and what is not, before anything runs.
    func tell() {
        for line in applied { Console.note("applied    \(Neutral.text(line))") }
        for line in refused { Console.note("refused    \(Neutral.text(line)); \(Self.flag) applies it") }
    }
}
