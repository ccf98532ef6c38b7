import Foundation
import Judge
import Model
import Statistics

/// Rules that decide which metrics of a run are slower, to be held against each other on the same data.
enum Gate: String, CaseIterable {
    /// This project's, with a floor from A/A runs; without; against five baselines; interleaved as `--confirm` measures.
    case withFloor = "assay check, noise floor measured"
    case withoutFloor = "assay check, nothing known of runs"
    case baselines = "assay check, five baselines"
    /// Exact rank test against max(minimum effect, floor), corrected: the rule this project had first.
    case floorAsNull = "rank test against the floor, corrected"
    /// Mann–Whitney, α = 0.05, no correction.
    case benchstat = "benchstat's rule: Mann–Whitney, α 0.05"
    /// Medians that differ by more than 5 %.
    case fixed = "fixed threshold 5 %"
}

/// Two runs, with what was known before.
struct Trial {
    var base: [[Double]]
    var earlier: [[[Double]]] = []
    var new: [[Double]]
    var floor: NoiseFloor

    /// Metrics that a rule calls slower.
    func called(_ gate: Gate, minimumEffect: Double = Judge.Options.standardEffect) -> Set<Int> {
        switch gate {
        case .withFloor: judged(floor: floor, minimumEffect)
        case .withoutFloor: judged(floor: nil, minimumEffect)
        case .baselines: judged(floor: nil, minimumEffect, withEarlier: true)
        case .floorAsNull: floorAsNull(minimumEffect)
        case .benchstat:
            slower { (RankTest.mannWhitney($0, $1)?.p ?? 1) < 0.05 && median($1) > median($0) }
        case .fixed: slower { exp(median($1) - median($0)) > 1.05 }
        }
    }

    func comparison(floor: NoiseFloor?, _ minimumEffect: Double, withEarlier: Bool = false, isInterleaved: Bool = false)
        -> Comparison
    {
        var options = Judge.Options()
        options.noiseFloor = floor
        options.minimumEffect = minimumEffect
        options.resamples = 0
        options.isInterleaved = isInterleaved
        let runs = (withEarlier ? earlier : []) + [base]
        let values = runs.enumerated().map { World.values($1, id: "base-\($0)") }
        return Judge.compare(base: values, new: World.values(new, id: "new"), options: options)
    }

    private func judged(floor: NoiseFloor?, _ minimumEffect: Double, withEarlier: Bool = false) -> Set<Int> {
        let pairs = comparison(floor: floor, minimumEffect, withEarlier: withEarlier).pairs
        return Set(pairs.indices.filter { pairs[$0].verdict == .regressed })
    }

    /// The same where both sides shared what a run adds.
    func calledInterleaved(_ minimumEffect: Double) -> Set<Int> {
        let pairs = comparison(floor: nil, minimumEffect, isInterleaved: true).pairs
        return Set(pairs.indices.filter { pairs[$0].verdict == .regressed })
    }

    private func floorAsNull(_ minimumEffect: Double) -> Set<Int> {
        let p = base.indices.map { metric -> Double in
            let margin = max(log(1 + minimumEffect), floor.metrics[metric].value)
            let ranks = RankDistribution(new[metric].count, base[metric].count)
            return RankTest.greater(new[metric], base[metric].map { $0 + margin }, ranks) ?? 1
        }
        let adjusted = Many.adjusted(p)
        return Set(adjusted.indices.filter { adjusted[$0] <= 0.05 })
    }

    private func slower(_ isCalled: ([Double], [Double]) -> Bool) -> Set<Int> {
        Set(base.indices.filter { isCalled(base[$0], new[$0]) })
    }

    private func median(_ values: [Double]) -> Double { Order.median(values) ?? 0 }
}
