import CKernels
import Model

/// C = A · B, `batch` times, in the plainest way.
struct MatmulProblem: DenseProblem {
    let shape: MatmulShape
    let dataType: DataType
    let types: OperandTypes

    init(_ shape: MatmulShape, _ dataType: DataType, _ types: OperandTypes) {
        self.shape = shape
        self.dataType = dataType
        self.types = types
    }

    var left: [Int] { [shape.batch] + (shape.transposeA ? [shape.k, shape.m] : [shape.m, shape.k]) }
    var right: [Int] { [shape.batch] + (shape.transposeB ? [shape.n, shape.k] : [shape.k, shape.n]) }
    var result: [Int] { [shape.batch, shape.m, shape.n] }
    var terms: Int { shape.k }

    func element(_ position: Int, _ inputs: DenseInputs) -> Exact {
        let (above, column) = position.quotientAndRemainder(dividingBy: shape.n)
        let (image, row) = above.quotientAndRemainder(dividingBy: shape.m)
        let a = Matrix(inputs.left, image, shape.m, shape.k, transposed: shape.transposeA)
        let b = Matrix(inputs.right, image, shape.k, shape.n, transposed: shape.transposeB)
        var sum = Exact()
        for p in 0..<shape.k { sum.add(a[row, p] * b[p, column]) }
        return sum
    }

    /// The columns of C are cut into four ranges with signs of their own: the narrower the range, the smaller the error that
    /// cannot hide among the roundings of the others.
    private static let ranges = 4

    private func range(_ index: Int) -> Range<Int> {
        index * shape.n / Self.ranges..<(index + 1) * shape.n / Self.ranges
    }

    /// Freivalds: with x a column of random signs, C·x must equal A·(B·x), which costs three products of matrix and vector.
    func project(
        _ result: Tensor, _ inputs: DenseInputs, seed: UInt64, into projection: inout Projection
    ) throws(KernelError) {
        let signs = try Lanes(count: shape.n)
        for lane in 0..<Self.ranges {
            for column in range(lane) {
                let isEven = assay_bits(seed, Input.projection.first + UInt64(column)) & 1 == 0
                signs.signed.start[column][lane] = isEven ? 1 : -1
                signs.absolute.start[column][lane] = 1
            }
        }
        let between = try Lanes(count: shape.k)
        let exact = try Lanes(count: shape.m)
        let computed = try Lanes(count: shape.m)
        let line = try Buffer<Double>(count: max(shape.m, shape.n, shape.k))
        for image in 0..<shape.batch {
            Matrix(inputs.right, image, shape.k, shape.n, transposed: shape.transposeB)
                .multiply(signs, into: between, line)
            Matrix(inputs.left, image, shape.m, shape.k, transposed: shape.transposeA)
                .multiply(between, into: exact, line)
            Matrix(result, image, shape.m, shape.n, transposed: false)
                .multiply(signs, into: computed, line, squares: true)
            for row in 0..<shape.m {
                for lane in 0..<Self.ranges where !range(lane).isEmpty {
                    projection.compare(
                        computed.signed.start[row][lane], exact.signed.start[row][lane],
                        magnitude: exact.absolute.start[row][lane], squares: computed.absolute.start[row][lane],
                        outputs: range(lane).count)
                }
            }
        }
    }
}

/// Four vectors side by side, and beside them four of magnitudes.
private final class Lanes {
    let signed: Buffer<SIMD4<Double>>
    let absolute: Buffer<SIMD4<Double>>

    init(count: Int) throws(KernelError) {
        signed = try Buffer(count: count)
        absolute = try Buffer(count: count)
    }
}

/// One of the matrices of a tensor, rows × columns, which may lie there as its transpose.
private struct Matrix {
    let tensor: Tensor
    let offset: Int
    let rows: Int
    let columns: Int
    let transposed: Bool

    init(_ tensor: Tensor, _ image: Int, _ rows: Int, _ columns: Int, transposed: Bool) {
        self.tensor = tensor
        offset = image * rows * columns
        self.rows = rows
        self.columns = columns
        self.transposed = transposed
    }

    subscript(row: Int, column: Int) -> Double {
        tensor[offset + (transposed ? column * rows + row : row * columns + column)]
    }

    /// y = M·x, and |M|·|x| beside it; or, for a result, Σ M² over the ranges.
    func multiply(
        _ x: Lanes, into y: Lanes, _ line: borrowing Buffer<Double>, squares: Bool = false
    ) {
        let (lines, length) = transposed ? (columns, rows) : (rows, columns)
        y.signed.elements.prefix(rows).update(repeating: .zero)
        y.absolute.elements.prefix(rows).update(repeating: .zero)
        let (values, xs, xa, ys, ya) = (
            line.start, x.signed.start, x.absolute.start, y.signed.start, y.absolute.start
        )
        for number in 0..<lines {
            tensor.load(offset + number * length..<offset + (number + 1) * length, into: values)
            if transposed {
                for i in 0..<length {
                    ys[i] += values[i] * xs[number]
                    ya[i] += abs(values[i]) * xa[number]
                }
            } else {
                var signed = SIMD4<Double>.zero
                var absolute = SIMD4<Double>.zero
                for p in 0..<length {
                    signed += values[p] * xs[p]
                    absolute += (squares ? values[p] * values[p] : abs(values[p])) * xa[p]
                }
                (ys[number], ya[number]) = (signed, absolute)
            }
        }
    }
}

extension UnsafeMutableBufferPointer {
    fileprivate func prefix(_ count: Int) -> UnsafeMutableBufferPointer {
        UnsafeMutableBufferPointer(rebasing: self[0..<Swift.min(count, self.count)])
    }
}
