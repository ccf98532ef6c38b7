#if canImport(Glibc)
    import Glibc
#endif

/// What parts of a command take, told on standard error where ASSAY_TIMES is set: for Benchmarks/render.sh.
enum Stopwatch {
    private static let isOn = getenv("ASSAY_TIMES") != nil

    static func time<Result>(_ name: String, _ work: () throws -> Result) rethrows -> Result {
        guard isOn else { return try work() }
        let clock = ContinuousClock()
        let start = clock.now
        let result = try work()
        let parts = (clock.now - start).components
        let milliseconds = Double(parts.seconds) * 1e3 + Double(parts.attoseconds) / 1e15
        Console.note("time \(name) \(milliseconds)")
        return result
    }
}
