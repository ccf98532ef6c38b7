import CKernels
import Glibc
import Model
import Testing

@testable import Kernels

@Suite struct ZipfTests {
    private func draws(_ rows: UInt64, _ exponent: Double, _ count: Int) -> [Int] {
        var zipf = assay_zipf_make(rows, exponent)
        return (0..<UInt64(count)).map { Int(assay_zipf_rank(&zipf, 11, 0, $0)) }
    }

    /// χ² against the exact probabilities: 63 ranks and the rest, 64 classes. The seed is fixed; for a right sampler the chance
    /// of a value above 130 would be below 10⁻⁶.
    @Test(arguments: [0.4, 0.9, 1, 1.05, 1.5, 3]) func frequenciesAreExact(_ exponent: Double) {
        let (rows, count) = (1000, 60_000)
        var seen = [Double](repeating: 0, count: 64)
        for rank in draws(UInt64(rows), exponent, count) { seen[min(rank, 64) - 1] += 1 }
        let weights = (1...rows).map { pow(Double($0), -exponent) }
        let total = weights.reduce(0, +)
        var statistic = 0.0
        for place in 0..<64 {
            let weight = place < 63 ? weights[place] : weights[63...].reduce(0, +)
            let expected = Double(count) * weight / total
            guard expected > 5 else { continue }
            statistic += (seen[place] - expected) * (seen[place] - expected) / expected
        }
        #expect(statistic < 130, "\(statistic)")
    }

    @Test(arguments: [1, 2, 3, 7, 40_000_000] as [UInt64]) func ranksStayInside(_ rows: UInt64) {
        for exponent in [0.1, 1, 1.05, 10] {
            #expect(draws(rows, exponent, 2000).allSatisfy { (1...Int(rows)).contains($0) })
        }
    }

    @Test func aDrawDependsOnItsIndexAlone() {
        var zipf = assay_zipf_make(5000, 1.05)
        let inOrder = (0..<100).map { assay_zipf_rank(&zipf, 3, 7, $0) }
        let backwards = (0..<100).reversed().map { assay_zipf_rank(&zipf, 3, 7, $0) }
        #expect(inOrder == backwards.reversed())
        #expect(Set(inOrder).count > 20)
    }

    @Test(arguments: [1, 2, 3, 4, 6, 30, 1009, 4096] as [UInt64]) func ranksLieInRowsOfTheirOwn(_ rows: UInt64) {
        var zipf = assay_zipf_make(rows, 1.05)
        let found = (1...rows).map { assay_zipf_row(&zipf, $0) }
        #expect(Set(found) == Set(0..<rows))
        if rows > 100 {
            // What is most frequent is not side by side.
            let hot = found.prefix(4).sorted()
            #expect(zip(hot, hot.dropFirst()).allSatisfy { $1 - $0 > rows / 20 })
        }
    }
}

@Suite struct BagTests {
    @Test(arguments: [1, 2, 7, 100]) func sizesVaryAndAddUp(_ bag: Int) throws {
        let offsets = try Buffer<Int64>(count: 1002)
        assay_fill_offsets(offsets.start, 1001, bag, 1, 5, 0)
        let sizes = (0..<1001).map { Int(offsets.start[$0 + 1] - offsets.start[$0]) }
        #expect(sizes.reduce(0, +) == 1001 * bag)
        #expect(sizes.allSatisfy { (0...2 * bag).contains($0) })
        if bag < 10 { #expect(sizes.contains(0) && sizes.contains(2 * bag)) }
    }

    @Test(arguments: [1, 2, 3, 8]) func lookupsAreSharedOutEvenly(_ workers: Int) throws {
        let offsets = try Buffer<Int64>(count: 1001)
        assay_fill_offsets(offsets.start, 1000, 10, 1, 6, 0)
        for worker in 0..<workers {
            var first = 0
            var last = 0
            assay_bag_part(offsets.start, 1000, Int32(worker), Int32(workers), &first, &last)
            let part = Int(offsets.start[last] - offsets.start[first])
            #expect(abs(part - 10_000 / workers) <= 20)
        }
    }
}
