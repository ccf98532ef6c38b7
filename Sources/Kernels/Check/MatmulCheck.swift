import CKernels
import Model

/// Compares a product with the reference: sampled elements one by one, and all of them through projections.
///
/// Freivalds: with x a column of random signs, C·x must equal A·(B·x), which costs three products of matrix and vector.
/// The columns are cut into four ranges with signs of their own: the narrower the range, the smaller the error that
/// cannot hide among the roundings of the others.
struct MatmulCheck {
    let reference: MatmulReference
    let type: DataType
    let seed: UInt64
    private static let ranges = 4

    func compare(_ c: UnsafePointer<Float>) throws(KernelError) -> Check {
        let shape = reference.shape
        let bound = ErrorBound.element(terms: shape.k, type)
        var deviation = Deviation()
        for position in SamplePositions.flat([shape.m, shape.n], seed: seed) {
            let (row, column) = position.quotientAndRemainder(dividingBy: shape.n)
            deviation.compare(Double(c[position]), reference.element(row, column))
        }
        try project(c, bound, &deviation)
        return deviation.check(bound: bound, coverage: "sampled elements, and random projections over all elements")
    }

    private func sign(_ column: Int) -> Double {
        assay_bits(seed, Input.projection.first + UInt64(column)) & 1 == 0 ? 1 : -1
    }

    private func range(_ index: Int) -> Range<Int> {
        let n = reference.shape.n
        return index * n / Self.ranges..<(index + 1) * n / Self.ranges
    }

    private func project(_ c: UnsafePointer<Float>, _ bound: Double, _ deviation: inout Deviation) throws(KernelError) {
        let shape = reference.shape
        let signs = try Buffer<Double>(count: shape.n)
        for column in 0..<shape.n { signs.start[column] = sign(column) }
        // B·x and |B|·1, one lane a range.
        let signed = try Buffer<SIMD4<Double>>(count: shape.k)
        let absolute = try Buffer<SIMD4<Double>>(count: shape.k)
        for p in 0..<shape.k {
            (signed.start[p], absolute.start[p]) = sums(reference.b + p * shape.n, signs.start)
        }
        let weight = bound / ErrorBound.projection(terms: shape.k, type)
        for row in 0..<shape.m {
            var exact = SIMD4<Double>.zero
            var magnitude = SIMD4<Double>.zero
            let a = reference.a + row * shape.k
            for p in 0..<shape.k {
                let factor = Double(a[p])
                exact += factor * signed.start[p]
                magnitude += abs(factor) * absolute.start[p]
            }
            let computed = sums(c + row * shape.n, signs.start).signed
            for lane in 0..<Self.ranges where !range(lane).isEmpty {
                // By Cauchy and Schwarz the sum over w outputs, divided by √w, is at most the norm that the bound is for.
                let scale = magnitude[lane] / Double(range(lane).count).squareRoot()
                deviation.project(computed[lane] - exact[lane], scale: scale, weight: weight)
            }
        }
    }

    /// Σ±x and Σ|x| over each range of a row.
    private func sums(
        _ row: UnsafePointer<Float>, _ signs: UnsafePointer<Double>
    ) -> (signed: SIMD4<Double>, absolute: SIMD4<Double>) {
        var signed = SIMD4<Double>.zero
        var absolute = SIMD4<Double>.zero
        for lane in 0..<Self.ranges {
            var sum = 0.0
            var size = 0.0
            for column in range(lane) {
                let value = Double(row[column])
                sum += signs[column] * value
                size += abs(value)
            }
            signed[lane] = sum
            absolute[lane] = size
        }
        return (signed, absolute)
    }
}
