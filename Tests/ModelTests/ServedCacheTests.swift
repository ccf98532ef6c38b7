import Statistics
import Testing

@testable import Model

/// Sweeps made by hand, with caches of known size behind them and other sizes reported.
struct ServedCacheTests {
    /// What a cache of `bytes` serves takes `seconds` a load.
    private typealias Level = (bytes: Double, seconds: Double)

    private static let kibi = 1024.0
    private static let mebi = 1024.0 * 1024

    private func cache(_ level: Int, _ bytes: Double, _ type: Cache.Kind = .unified) -> Cache {
        Cache(level: level, type: type, bytes: UInt64(bytes), count: 2)
    }

    /// A cycle larger than a cache misses in it at every load, but for what random replacement leaves: a quarter at twice the size.
    private func latency(_ bytes: Double, _ levels: [Level], memory: Double) -> Double {
        guard let first = levels.first else { return memory }
        let rest = latency(bytes, Array(levels.dropFirst()), memory: memory)
        if bytes <= first.bytes { return first.seconds }
        let hits = bytes < 4 * first.bytes ? 0.5 * first.bytes / bytes : 0
        return hits * first.seconds + (1 - hits) * rest
    }

    private func sweep(
        _ levels: [Level], memory: Double = 110e-9, to largest: Double = 256 * mebi, spread: Double = 0.03
    ) -> [ServedCache.Point] {
        var points: [ServedCache.Point] = []
        var bytes = 16 * Self.kibi
        while bytes <= largest {
            let value = latency(bytes, levels, memory: memory)
            points.append(point(bytes, value, spread))
            bytes *= 2
        }
        return points
    }

    private func point(_ bytes: Double, _ value: Double, _ spread: Double = 0.03) -> ServedCache.Point {
        ServedCache.Point(
            bytes: bytes, latency: value,
            interval: Interval(lower: value * (1 - spread), upper: value * (1 + spread), level: 0.95))
    }

    private static let real: [Level] = [(32 * kibi, 1.3e-9), (mebi, 4e-9), (32 * mebi, 13e-9)]
    private var reported: [Cache] {
        [
            cache(3, 32 * Self.mebi), cache(2, Self.mebi), cache(1, 32 * Self.kibi, .data),
            cache(1, 32 * Self.kibi, .instruction),
        ]
    }

    private func contradictions(_ caches: [Cache], _ sweep: [ServedCache.Point]) -> [ServedCache] {
        ServedCache.contradictions(caches, sweep)
    }

    @Test func whatIsThereContradictsNothing() { #expect(contradictions(reported, sweep(Self.real)) == []) }

    /// Sizes that are no powers of two, and caches that neighbours or page colours make a little smaller.
    @Test(arguments: [
        (48.0, 1280.0, 54.0, 1.0), (48, 2048, 105, 1), (64, 1024, 36, 1), (32, 512, 16, 1), (32, 256, 20, 1),
        (32, 1024, 32, 0.8), (48, 2048, 105, 0.75), (64, 1024, 36, 1.4),
    ])
    func ordinaryMachinesContradictNothing(_ first: Double, _ second: Double, _ third: Double, _ share: Double) {
        let caches = [
            cache(1, first * Self.kibi, .data), cache(2, second * Self.kibi), cache(3, third * Self.mebi),
        ]
        let levels: [Level] = [
            (first * Self.kibi * share, 1.3e-9), (second * Self.kibi * share, 4e-9), (third * Self.mebi * share, 20e-9),
        ]
        #expect(contradictions(caches, sweep(levels)) == [])
    }

    @Test func theWholeHostsCacheShownToAGuest() throws {
        let shown = [cache(1, 32 * Self.kibi, .data), cache(2, Self.mebi), cache(3, 256 * Self.mebi)]
        let found = try #require(contradictions(shown, sweep(Self.real)).first)
        #expect(contradictions(shown, sweep(Self.real)).count == 1)
        #expect(found.cache.level == 3 && !found.isLarger)
        #expect(found.served.bytes == 32 * Self.mebi)
        #expect(found.unserved.bytes == 64 * Self.mebi)
    }

    @Test func aSecondLevelThatIsHalfAway() throws {
        let levels: [Level] = [(32 * Self.kibi, 1.3e-9), (256 * Self.kibi, 4e-9), (32 * Self.mebi, 20e-9)]
        let found = contradictions(reported, sweep(levels))
        #expect(found.map(\.cache.level) == [2])
        #expect(found.first?.isLarger == false)
        #expect(found.first?.served.bytes == 256 * Self.kibi)
    }

    /// No L3 is shown, as some hypervisors do: the last that is shown seems far larger.
    @Test func aCacheThatIsHidden() throws {
        let shown = [cache(1, 32 * Self.kibi, .data), cache(2, Self.mebi)]
        let found = contradictions(shown, sweep(Self.real))
        #expect(found.map(\.cache.level) == [2])
        #expect(found.first?.isLarger == true)
        #expect(found.first?.served.bytes == 32 * Self.mebi)
    }

    @Test func aSizeTheSweepDoesNotReachIsNotJudged() {
        let shown = [cache(1, 32 * Self.kibi, .data), cache(2, Self.mebi), cache(3, 256 * Self.mebi)]
        let levels: [Level] = [(32 * Self.kibi, 1.3e-9), (Self.mebi, 4e-9), (256 * Self.mebi, 25e-9)]
        #expect(contradictions(shown, sweep(levels)) == [])
    }

    @Test func aCoarseSweepSaysNothing() {
        let shown = [cache(2, Self.mebi), cache(3, 256 * Self.mebi)]
        let coarse = sweep(Self.real).filter { [2, 16, 256].contains($0.bytes / Self.mebi) }
        #expect(contradictions(shown, coarse) == [])
        #expect(contradictions(shown, Array(coarse.prefix(1))) == [])
        #expect(contradictions(shown, []) == [])
    }

    @Test func noiseSaysNothing() {
        let shown = [cache(2, Self.mebi), cache(3, 256 * Self.mebi)]
        #expect(!contradictions(shown, sweep(Self.real, spread: 0.2)).isEmpty)
        #expect(contradictions(shown, sweep(Self.real, spread: 0.8)).isEmpty)
        // A working set in the middle that seems to be served after larger ones that are not.
        var odd = sweep(Self.real)
        odd[13] = point(odd[13].bytes, 13e-9)
        #expect(odd[13].bytes == 128 * Self.mebi)
        #expect(contradictions(shown, odd) == [])
    }

    @Test func cachesOfSeveralSizesAreNotJudged() {
        let shown = [cache(2, Self.mebi), cache(3, 256 * Self.mebi), cache(3, 64 * Self.mebi)]
        #expect(contradictions(shown, sweep(Self.real)) == [])
    }

    @Test func latenciesThatHardlyDifferAreNoStep() {
        let shown = [cache(1, 32 * Self.kibi, .data), cache(2, 512 * Self.kibi), cache(3, 256 * Self.mebi)]
        let levels: [Level] = [(32 * Self.kibi, 1.3e-9), (512 * Self.kibi, 4e-9), (8 * Self.mebi, 90e-9)]
        #expect(contradictions(shown, sweep(levels)) == [])
    }

    @Test func whatIsNoNumberIsPassedOver() {
        let shown = [cache(2, Self.mebi), cache(3, 256 * Self.mebi)]
        let none = [point(0, 1e-9), point(Self.mebi, 0), point(2 * Self.mebi, .nan), point(.infinity, .infinity)]
        #expect(contradictions(shown, sweep(Self.real) + none).count == 1)
        #expect(contradictions([cache(3, 0)], sweep(Self.real)) == [])
    }
}
