#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Statistics

/// How much runs of the same thing differ here (A/A): no difference below it is called one.
public struct NoiseFloor: Codable, Sendable, Equatable, Hashable {
    /// The largest of all metrics.
    public var value: Double
    /// Pairs of repetitions that each metric was compared in; the fewest, where metrics differ.
    public var pairs: Int
    /// One entry a case and metric. Empty in bundles of versions that kept only the largest.
    public var metrics: [MetricFloor]
    /// Processes in each repetition: a floor holds for medians of so many.
    public var processes: Int?
    /// Where it comes from: absent for the run itself, else the profile of the machine.
    public var profile: Profile?

    /// The floor of one metric of one case.
    public struct MetricFloor: Codable, Sendable, Equatable, Hashable {
        /// Identity of the case.
        public var `case`: String
        public var metric: String
        /// Bound of |log ratio| of two repetitions: `largest`, or more where `deviation` says so (`NoiseRule.bound`).
        public var value: Double
        public var pairs: Int
        /// Standard deviation of the log value of one repetition, with its number of repetitions: what a comparison takes
        /// for the noise of a run. Absent where only the largest ratio was kept.
        public var deviation: Double?
        public var repetitions: Int?
        /// Largest |log ratio| of the pairs; absent in versions whose `value` it was.
        public var largest: Double?

        public init(
            case: String, metric: String, value: Double, pairs: Int, deviation: Double? = nil, repetitions: Int? = nil,
            largest: Double? = nil
        ) {
            self.case = `case`
            self.metric = metric
            self.value = value
            self.pairs = pairs
            self.deviation = deviation
            self.repetitions = repetitions
            self.largest = largest
        }
    }

    /// A floor that an earlier `assay noise` on the same machine stored.
    public struct Profile: Codable, Sendable, Equatable, Hashable {
        /// Of the machine, as `Machine.fingerprint` gives it.
        public var fingerprint: String
        public var measured: Date

        public init(fingerprint: String, measured: Date) {
            self.fingerprint = fingerprint
            self.measured = measured
        }
    }

    public init(
        value: Double, pairs: Int, metrics: [MetricFloor] = [], processes: Int? = nil, profile: Profile? = nil
    ) {
        self.value = value
        self.pairs = pairs
        self.metrics = metrics
        self.processes = processes
        self.profile = profile
    }

    /// The floor for a metric of a case; the largest of all where it was not measured by itself.
    public func value(case identity: String, metric: String) -> Double {
        metrics.first { $0.case == identity && $0.metric == metric }?.value ?? value
    }

    /// Share of all pairs that lie below the largest of `pairs` with 95 % confidence: 0.05^(1/n); 95 % from 59 on.
    /// Source: Wilks, Annals of Mathematical Statistics 12 (1941).
    public static func boundedShare(pairs: Int) -> Double { Order.shareBelowLargest(count: pairs, confidence: 0.95) }
}

extension NoiseFloor {
    private enum CodingKeys: String, CodingKey { case value, pairs, metrics, processes, profile }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            value: try container.decode(Double.self, forKey: .value),
            pairs: try container.decode(Int.self, forKey: .pairs),
            metrics: try container.decodeIfPresent([MetricFloor].self, forKey: .metrics) ?? [],
            processes: try container.decodeIfPresent(Int.self, forKey: .processes),
            profile: try container.decodeIfPresent(Profile.self, forKey: .profile))
    }
}
