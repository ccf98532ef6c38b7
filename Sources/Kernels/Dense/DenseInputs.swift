import CKernels
import Model

/// The two inputs of a matrix product or a convolution, filled from the seed.
///
/// Floating-point ones are uniform in [−1, 1), 24 bits, rounded to their type; s8 and u8 sources uniform over all their
/// values. s8 weights are even numbers from −62 to 62: without VNNI, products of pairs are added in 16 bits that saturate,
/// and s8 sources need weights that can be halved. With these the result is exact on every instruction set, so that a
/// wrong one is the library's fault.
final class DenseInputs {
    let left: Tensor
    let right: Tensor

    init(_ problem: some DenseProblem, seed: UInt64, change: InputChange? = nil) throws(KernelError) {
        let skipped = change?.skipped ?? 0
        left = try Tensor(problem.types.left, count: problem.left.reduce(1, *), skipping: skipped)
        right = try Tensor(problem.types.right, count: problem.right.reduce(1, *), skipping: skipped)
        left.fill(seed, .left) { ($0 * 128).rounded(.down) }
        right.fill(seed, .right) { ($0 * 31).rounded() * 2 }
        change?.change(left, right)
    }
}

/// For tests, which put a NaN into inputs or take them off their alignment.
struct InputChange {
    /// Elements by which inputs begin behind the start of a page.
    var skipped = 0
    /// Is handed the inputs before anything is made of them.
    var change: (_ left: Tensor, _ right: Tensor) -> Void = { _, _ in }
}

extension Tensor {
    /// - Parameter whole: the value in [−1, 1) as a whole number from −128 to 127, for the types that take one.
    fileprivate func fill(_ seed: UInt64, _ input: Input, whole: (Float) -> Float) {
        let first = input.first
        switch type {
        case .f32: assay_fill_f32(start.assumingMemoryBound(to: Float.self), count, seed, first)
        case .f64: assay_fill_f64(start.assumingMemoryBound(to: Double.self), count, seed, first)
        case .bf16: convert(UInt16.self, seed, first) { BFloat16.bits($0) }
        case .f16: convert(UInt16.self, seed, first) { Half.bits($0) }
        case .s8: convert(Int8.self, seed, first) { Int8(whole($0)) }
        case .u8: convert(UInt8.self, seed, first) { UInt8(whole($0) + 128) }
        case .s32: convert(Int32.self, seed, first) { Int32(whole($0)) }
        }
    }

    private func convert<Element: BitwiseCopyable>(
        _ type: Element.Type, _ seed: UInt64, _ first: UInt64, _ make: (Float) -> Element
    ) {
        let elements = elements(as: type)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 4096) { values in
            guard let start = values.baseAddress else { return }
            for offset in stride(from: 0, to: count, by: values.count) {
                let length = min(values.count, count - offset)
                assay_fill_f32(start, length, seed, first + UInt64(offset))
                for i in 0..<length { elements[offset + i] = make(start[i]) }
            }
        }
    }
}
