import ArgumentParser
import Datasheet
import Judge
import Model

/// Other bundles that a sheet is held against, the same for who renders it and for who verifies it.
struct VersusOption: ParsableArguments {
    @Option(
        help: "Another machine’s bundle that section 13 holds this one against. Repeatable, four at most.")
    var versus: [String] = []

    @OptionGroup var comparison: ComparisonOptions

    func validate() throws {
        guard versus.count <= 4 else { throw ValidationError("--versus: \(versus.count) bundles; 4 are the most.") }
    }

    /// - Parameter names: what the sheet calls them, by result; their directories where it does not say.
    func read(against recording: Recording, names: [String: String] = [:]) throws -> [Versus] {
        var options = try comparison.judgeOptions()
        options.relation = .machines
        return try versus.map { path in
            var other = try RunSource.read(path)
            if let name = names[other.values.reference.id] { other.values.reference.name = name }
            return Versus(
                comparison: Judge.compare(base: [other.values], new: RunValues(recording), options: options),
                other: other.recording.bundle)
        }
    }
}
