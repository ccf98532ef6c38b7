import CKernels
import Model

/// The two inputs of a matrix product or a convolution, filled from the seed: uniform in [−1, 1), 24 bits.
final class DenseInputs {
    let left: Buffer<Float>
    let right: Buffer<Float>

    init(left leftCount: Int, right rightCount: Int, seed: UInt64) throws(KernelError) {
        left = try Buffer(count: leftCount)
        right = try Buffer(count: rightCount)
        assay_fill_f32(left.start, leftCount, seed, Input.left.first)
        assay_fill_f32(right.start, rightCount, seed, Input.right.first)
    }

    convenience init(_ shape: MatmulShape, seed: UInt64) throws(KernelError) {
        try self.init(left: shape.m * shape.k, right: shape.k * shape.n, seed: seed)
    }

    convenience init(_ shape: ConvolutionShape, seed: UInt64) throws(KernelError) {
        try self.init(
            left: shape.batch * shape.channels * shape.height * shape.width,
            right: shape.filters * shape.channels * shape.filterHeight * shape.filterWidth, seed: seed)
    }
}
