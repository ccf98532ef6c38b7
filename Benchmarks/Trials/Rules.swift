import Measure
import Model
import Statistics

/// When a tool stops sampling by its default rule, from its published description: how many of the samples it takes.
public enum StoppingRule: Hashable, Sendable {
    /// Ours, until the interval is as narrow as `target` on either side.
    case assay(target: Double)
    case nvbench, hyperfine

    /// Each as it comes.
    public static let defaults: [StoppingRule] = [.assay(target: 0.01), .nvbench, .hyperfine]
    /// Ours ever stricter, from the default on: which of them covers as often as a peer does?
    public static let stricter: [StoppingRule] = [0.01, 0.007, 0.005, 0.0035, 0.0025, 0.0018, 0.0012, 0.0008, 0.0005]
        .map {
            .assay(target: $0)
        }

    public var name: String {
        switch self {
        case .assay(0.01): "assay"
        case .assay(let target): "assay, ±\(target * 100) %"
        case .nvbench: "nvbench"
        case .hyperfine: "hyperfine"
        }
    }

    /// - Parameter seconds: what each sample takes, in order.
    /// - Returns: how many it takes; all, where they do not suffice for it.
    public func count(_ seconds: [Double]) -> Int {
        switch self {
        case .assay(let target): Self.assay(seconds, target)
        case .nvbench: Self.nvbench(seconds)
        case .hyperfine: Self.hyperfine(seconds)
        }
    }

    /// Our sampler itself, on a clock that the samples move.
    private static func assay(_ seconds: [Double], _ target: Double) -> Int {
        let clock = TrialClock()
        let rules = Rules(
            processes: 1, processSeconds: 1e6, sampleTarget: target, runTarget: 1, minimumSamples: 10,
            maximumSamples: seconds.count, sampleSeconds: 1e-9, hangSeconds: 1, timeLimit: nil)
        return Sampler(clock: clock, rules: rules, readCost: 0).sample(ReplayRunnable(seconds, clock)) { _ in }.samples
    }

    /// `stdrel`: at least 10 samples and 0.5 s; then until the relative standard deviation is at most 0.5 %, or has itself
    /// settled: beyond 64 samples, at every 16th, its last 512 values stray less than 5 % from the present one. At most 15 s.
    /// Source: NVBench, docs/cli_help.md (--min-samples, --min-time, --max-noise, --timeout) and its stdrel criterion.
    private static func nvbench(_ seconds: [Double]) -> Int {
        var total = 0.0
        var (mean, squares) = (0.0, 0.0)
        var noise: [Double] = []
        for (index, value) in seconds.enumerated() {
            let n = Double(index + 1)
            total += value
            let delta = value - mean
            mean += delta / n
            squares += delta * (value - mean)
            if index > 0 { noise.append((squares / (n - 1)).squareRoot() / mean) }
            if total >= 15 { return index + 1 }
            guard index + 1 >= 10, total > 0.5, let current = noise.last else { continue }
            if current < 0.005 { return index + 1 }
            guard noise.count > 64, (index + 1) % 16 == 0 else { continue }
            let window = noise.suffix(512)
            let stray = window.reduce(0) { $0 + ($1 - current) * ($1 - current) } / Double(window.count - 1)
            if stray.squareRoot() / current < 0.05 { return index + 1 }
        }
        return seconds.count
    }

    /// As many runs as three seconds hold, by the time of the first, and at least ten.
    /// Source: hyperfine, README ("will perform at least 10 runs and measure for at least 3 seconds").
    private static func hyperfine(_ seconds: [Double]) -> Int {
        guard let first = seconds.first, first > 0 else { return 0 }
        return min(max(10, Int((3 / first).rounded(.up))), seconds.count)
    }
}

/// Recorded times, one after the other. The sampler's search for a batch takes two, which are put back.
private final class ReplayRunnable: Runnable {
    private let seconds: [Double]
    private let clock: TrialClock
    private var turn = 0
    let work = Work(flops: 0, bytes: 0, lookups: 1, footprint: 0)
    let implementation = Implementation(library: "trial", version: "0", path: nil, reported: "replay")

    init(_ seconds: [Double], _ clock: TrialClock) {
        self.seconds = seconds
        self.clock = clock
    }

    func check() -> Check { Check(error: 0, bound: 1, compared: 1, coverage: "nothing") }

    func run(iterations: Int) {
        clock.advance(seconds[min(max(turn - Self.searched, 0), seconds.count - 1)])
        turn += 1
    }

    /// The search stops at the first call where that alone is far above the target.
    private static let searched = 1
}
