public import Model
import Statistics

/// The order of processes: rounds, each with every case once in a random order of its own.
///
/// Rounds rather than one shuffle of everything: whatever drifts over minutes meets every case alike, and a run that
/// is cut short has measured all cases equally often.
public enum Schedule {
    /// Indices into `plan.cases`, one per process.
    public static func order(_ plan: Plan) -> [Int] {
        // Another stream of the seed than the inputs use.
        var generator = SeededGenerator(seed: plan.seed ^ 0x6F72_6465_7220_6F66)
        var order: [Int] = []
        for _ in 0..<plan.rules.processes {
            var round = Array(plan.cases.indices)
            generator.shuffle(&round)
            order += round
        }
        return order
    }

    /// A round beyond those: some indices, shuffled by the seed and the number of the round.
    static func round(_ plan: Plan, _ indices: [Int], number: Int) -> [Int] {
        var generator = SeededGenerator(seed: plan.seed ^ 0x6D6F_7265_2074_7572 &+ UInt64(number))
        var round = indices
        generator.shuffle(&round)
        return round
    }
}
