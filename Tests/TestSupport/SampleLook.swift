import Model

/// A look at a machine on which nothing else runs.
public enum SampleLook {
    public static func quiet() -> QuietReading {
        QuietReading(
            processingUnit: 0, seconds: 1,
            gaps: QuietReading.Gaps(threshold: 5e-6, count: 250, largest: 2.1e-5, total: 4e-4),
            timerInterrupts: .known(250), interrupts: .known(260), steal: .known(0), stealOfAll: .known(0.001),
            otherLoad: .known(0.005), runnable: .known(0), loadAverage: .known(0.1), throttledPeriods: .known(0),
            involuntarySwitches: 2,
            canaries: ["ALU", "bandwidth", "latency"].map {
                CanaryReading(name: $0, repetitions: 11, median: 0.005, spread: 0.004, range: 0.02)
            })
    }
}
