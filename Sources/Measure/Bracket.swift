import Model
import Statistics

/// What one canary took at one moment.
public struct CanaryTime: Sendable, Equatable {
    public var name: String
    public var processingUnit: Int?
    public var seconds: Double

    public init(name: String, processingUnit: Int?, seconds: Double) {
        self.name = name
        self.processingUnit = processingUnit
        self.seconds = seconds
    }
}

/// Canaries around each process: how fast the machine is there and then, in a few milliseconds each.
///
/// Each always does the same number of iterations, found once, so that the times of a run compare with each other.
public final class Bracket<Clock: TimeSource> {
    /// Seconds a repetition takes, about.
    public static var repetitionSeconds: Double { 0.002 }
    static var repetitions: Int { 3 }

    private let clock: Clock
    private let canaries: [(canary: Canary, iterations: Int)]
    /// Runs a body with the calling thread on one processing unit; the body is told where it really runs.
    private let pinned: (Int, (Int?) -> [CanaryTime]) -> [CanaryTime]

    public init(
        clock: Clock, canaries: [Canary], pinned: @escaping (Int, (Int?) -> [CanaryTime]) -> [CanaryTime]
    ) {
        self.clock = clock
        self.pinned = pinned
        self.canaries = canaries.map { canary in
            canary.runnable.run(iterations: 1)
            let start = clock.now()
            canary.runnable.run(iterations: 1)
            let once = max(Double(clock.now() &- start) * 1e-9, 1e-9)
            return (canary, max(1, Int(min(Self.repetitionSeconds / once, 1e7))))
        }
    }

    /// - Parameter unit: the first processing unit of the case at hand.
    public func readings(on unit: Int?) -> [CanaryTime] {
        guard let unit else { return all(nil) }
        return pinned(unit, all)
    }

    private func all(_ unit: Int?) -> [CanaryTime] {
        canaries.map { canary, iterations in
            // The process has been through the caches; a little of the work brings back what belongs there.
            canary.runnable.run(iterations: max(1, iterations / 8))
            var times: [Double] = []
            for _ in 0..<Self.repetitions {
                let start = clock.now()
                canary.runnable.run(iterations: iterations)
                times.append(Double(clock.now() &- start) * 1e-9)
            }
            return CanaryTime(name: canary.name, processingUnit: unit, seconds: Order.median(times) ?? 0)
        }
    }
}

extension CanaryPair {
    /// The same canaries before and after.
    static func pairs(_ before: [CanaryTime], _ after: [CanaryTime]) -> [CanaryPair] {
        zip(before, after).filter { $0.name == $1.name && $0.processingUnit == $1.processingUnit }.map {
            CanaryPair(name: $0.name, processingUnit: $0.processingUnit, before: $0.seconds, after: $1.seconds)
        }
    }
}
