import Document
import Model
import Units

extension Datasheet {
    /// What the clock costs, held against the shortest sample there was: a target would promise what no run keeps.
    static func clock(_ reading: Reading) -> Prose {
        let clock = reading.bundle.clock
        let cost =
            "\(clock.name), resolution \(Figures.quantity(clock.resolution, .seconds, significant: 2)), "
            + "\(Figures.quantity(clock.readCost, .seconds, significant: 2)) a reading."
        guard let least = shortestSample(reading) else {
            return Prose(cost + " There are no samples to hold this against.")
        }
        let shortest = "The shortest sample after warm-up lasted \(Figures.quantity(least, .seconds, significant: 2))"
        guard least > 0, clock.readCost >= 0 else {
            return Prose("\(cost) \(shortest): too short to give the clock a share of it.")
        }
        return Prose("\(cost) \(shortest): two readings are \(Words.share(2 * clock.readCost / least)) of it.")
    }

    /// Seconds, over all completed processes, what came before they were warm left out.
    static func shortestSample(_ reading: Reading) -> Double? {
        var least: Double?
        for record in reading.completed {
            for part in reading.samples.of(record) {
                for sample in part where sample.index >= record.warmup && sample.seconds.isFinite {
                    least = min(least ?? sample.seconds, sample.seconds)
                }
            }
        }
        return least
    }
}

/// Names one process of a run.
struct ProcessKey: Hashable {
    var planned: String
    var process: Int

    init(_ planned: String, _ process: Int) {
        self.planned = planned
        self.process = process
    }
}
