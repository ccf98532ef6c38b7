import ArgumentParser
import Model
import Statistics

/// The change points of series from standard input, a JSON list a line: for Benchmarks/changepoints.py. Hidden.
struct ChangePointsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change-points", abstract: "Change points of series on standard input.", shouldDisplay: false)

    @Option(help: "Smallest difference of medians that counts.")
    var magnitude: Double = 0

    func run() throws {
        var number = 0
        while let line = readLine() {
            number += 1
            let values: [Double]
            do {
                values = try JSON.decode([Double].self, from: Array(line.utf8))
            } catch {
                throw RecordError(.badInput, path: "standard input", problem: "line \(number): \(error)")
            }
            let shifts = ChangePoints.shifts([values], rules: ChangePoints.Rules(magnitude: magnitude))[0]
            Console.out("[" + shifts.map { "\($0.index)" }.joined(separator: ", ") + "]")
        }
    }
}
