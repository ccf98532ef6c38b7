import CKernels
import Statistics
import Testing

@testable import Kernels

@Suite struct GeneratorTests {
    private let seeds: [UInt64] = [0, 1, 0x9E37_79B9_7F4A_7C15, .max]

    @Test func bitsAreThoseOfSwift() {
        for seed in seeds {
            let generator = CounterGenerator(seed: seed)
            for index in [0, 1, 2, 1 << 40, .max - 1, .max] as [UInt64] {
                #expect(assay_bits(seed, index) == generator.bits(index))
            }
        }
    }

    /// Odd lengths and starts, so that vector loops and their tails both have part in it.
    @Test func valuesAreThoseOfSwift() throws {
        for (seed, first) in zip(seeds, [0, 7, 1 << 40, 12345] as [UInt64]) {
            let generator = CounterGenerator(seed: seed)
            let singles = try Buffer<Float>(count: 1003)
            let doubles = try Buffer<Double>(count: 1003)
            assay_fill_f32(singles.start, 1003, seed, first)
            assay_fill_f64(doubles.start, 1003, seed, first)
            for i in 0..<1003 {
                let expected = generator.signed(first + UInt64(i))
                #expect(singles.start[i].bitPattern == expected.bitPattern)
                #expect(doubles.start[i] == Double(expected))
            }
        }
    }

    @Test func threadsDoNotChangeValues() throws {
        let alone = try Buffer<Float>(count: 17 * 5)
        assay_fill_f32(alone.start, alone.count, 3, 10)
        for threads in 1...3 {
            let together = try Buffer<Float>(count: 17 * 5)
            let pool = try WorkerPool(threads: threads, units: [])
            assay_pool_fill_f32(pool.pointer, together.start, 17, 5, 3, 10)
            #expect(alone.elements.elementsEqual(together.elements))
        }
    }

    @Test func numbersBelowABoundReachAllOfIt() {
        var seen = Set<UInt64>()
        for index in 0..<1000 as Range<UInt64> { seen.insert(assay_below(5, index, 7)) }
        #expect(seen == Set(0..<7))
        #expect(assay_below(5, 0, 1) == 0)
    }
}
