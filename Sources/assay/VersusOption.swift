import ArgumentParser
import Datasheet
import Judge
import Model

/// Other bundles that a sheet is held against, the same for who renders it and for who verifies it.
struct VersusOption: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: "Other machines’ bundles to hold this one against, in section 13: one or more, four at most.")
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
            let (other, read) = try RunSource.read(path, unverified: comparison.unverified)
            var found = read
            if let name = names[found.values.reference.id] { found.values.reference.name = name }
            let own = RunSource.Found(values: RunValues(recording))
            return Versus(
                comparison: CompareCommand.compare([found], own, options), other: other.bundle,
                isUnverified: !found.doubts.isEmpty)
        }
    }
}
