import CKernels
import Model

/// A convolution is linear in each of its inputs. With random signs over the filters, Σ ± output must equal the convolution
/// with the one filter Σ ± filter, which costs a filters-th of the whole; gradients are folded in the same way, that of the
/// source over its channels, that of the weights over the filters.
extension ConvolutionProblem {
    func project(
        _ result: Tensor, _ inputs: DenseInputs, seed: UInt64, into projection: inout Projection
    ) throws(KernelError) {
        switch shape.direction {
        case .forward: try projectOutputs(result, inputs, seed, &projection)
        case .backwardData: try projectSource(result, inputs, seed, &projection)
        case .backwardWeights: try projectWeights(result, inputs, seed, &projection)
        }
    }

    private var taps: Int { shape.filterHeight * shape.filterWidth }
    private var inputPlane: Int { shape.height * shape.width }
    private var outputPlane: Int { shape.outputHeight * shape.outputWidth }

    private func projectOutputs(
        _ result: Tensor, _ inputs: DenseInputs, _ seed: UInt64, _ projection: inout Projection
    ) throws(KernelError) {
        let filter = try Folded(shape.channels * taps)
        let (images, step) = (shape.batch, shape.filters * outputPlane)
        for k in 0..<shape.filters { filter.add(inputs.right, k * filter.count, sign(seed, k)) }
        let plane = try Buffer<Double>(count: inputPlane)
        for image in 0..<images {
            let exact = try Folded(outputPlane)
            for channel in 0..<shape.channels {
                let first = (image * shape.channels + channel) * inputPlane
                inputs.left.load(first..<first + inputPlane, into: plane.start)
                sweep { tap, from, to, columns in
                    let place = channel * taps + tap
                    let (signed, absolute) = (filter.signed.start[place], filter.absolute.start[place])
                    for x in columns {
                        let value = plane.start[from + x * shape.stride]
                        exact.signed.start[to + x] += signed * value
                        exact.absolute.start[to + x] += absolute * abs(value)
                    }
                }
            }
            let computed = try Folded(outputPlane)
            for k in 0..<shape.filters { computed.add(result, image * step + k * outputPlane, sign(seed, k)) }
            computed.compare(with: exact, outputs: shape.filters, &projection)
        }
    }

    private func projectSource(
        _ result: Tensor, _ inputs: DenseInputs, _ seed: UInt64, _ projection: inout Projection
    ) throws(KernelError) {
        // One channel instead of all, for each filter.
        let filter = try Folded(shape.filters * taps)
        for k in 0..<shape.filters {
            for channel in 0..<shape.channels {
                filter.add(inputs.right, (k * shape.channels + channel) * taps, sign(seed, channel), at: k * taps, taps)
            }
        }
        let plane = try Buffer<Double>(count: outputPlane)
        for image in 0..<shape.batch {
            let exact = try Folded(inputPlane)
            for k in 0..<shape.filters {
                let first = (image * shape.filters + k) * outputPlane
                inputs.left.load(first..<first + outputPlane, into: plane.start)
                sweep { tap, from, to, columns in
                    let (signed, absolute) = (
                        filter.signed.start[k * taps + tap], filter.absolute.start[k * taps + tap]
                    )
                    for x in columns {
                        let value = plane.start[to + x]
                        exact.signed.start[from + x * shape.stride] += signed * value
                        exact.absolute.start[from + x * shape.stride] += absolute * abs(value)
                    }
                }
            }
            let computed = try Folded(inputPlane)
            for channel in 0..<shape.channels {
                computed.add(result, (image * shape.channels + channel) * inputPlane, sign(seed, channel))
            }
            computed.compare(with: exact, outputs: shape.channels, &projection)
        }
    }

    private func projectWeights(
        _ result: Tensor, _ inputs: DenseInputs, _ seed: UInt64, _ projection: inout Projection
    ) throws(KernelError) {
        let exact = try Folded(shape.channels * taps)
        let plane = try Buffer<Double>(count: inputPlane)
        for image in 0..<shape.batch {
            let outer = try Folded(outputPlane)
            for k in 0..<shape.filters {
                outer.add(inputs.right, (image * shape.filters + k) * outputPlane, sign(seed, k))
            }
            for channel in 0..<shape.channels {
                let first = (image * shape.channels + channel) * inputPlane
                inputs.left.load(first..<first + inputPlane, into: plane.start)
                sweep { tap, from, to, columns in
                    var (signed, absolute) = (0.0, 0.0)
                    for x in columns {
                        let value = plane.start[from + x * shape.stride]
                        signed += outer.signed.start[to + x] * value
                        absolute += outer.absolute.start[to + x] * abs(value)
                    }
                    exact.signed.start[channel * taps + tap] += signed
                    exact.absolute.start[channel * taps + tap] += absolute
                }
            }
        }
        let computed = try Folded(shape.channels * taps)
        for k in 0..<shape.filters { computed.add(result, k * computed.count, sign(seed, k)) }
        computed.compare(with: exact, outputs: shape.filters, &projection)
    }

    private func sign(_ seed: UInt64, _ index: Int) -> Double {
        assay_bits(seed, Input.projection.first + UInt64(index)) & 1 == 0 ? 1 : -1
    }

    /// Every tap with every output line that it has part in. Output column x stands at `to + x`; what the tap reads for it, in
    /// the source, at `from + x · stride`.
    private func sweep(_ body: (_ tap: Int, _ from: Int, _ to: Int, _ columns: Range<Int>) -> Void) {
        for r in 0..<shape.filterHeight {
            for row in 0..<shape.outputHeight {
                let y = row * shape.stride + r - shape.padding
                guard y >= 0, y < shape.height else { continue }
                for s in 0..<shape.filterWidth {
                    body(
                        r * shape.filterWidth + s, y * shape.width + s - shape.padding, row * shape.outputWidth,
                        columns(tap: s))
                }
            }
        }
    }
}

/// Planes or filters added up with signs; beside the sum that of the magnitudes and that of the squares.
private final class Folded {
    let signed: Buffer<Double>
    let absolute: Buffer<Double>
    let squares: Buffer<Double>
    private let line: Buffer<Double>
    var count: Int { signed.count }

    init(_ count: Int) throws(KernelError) {
        signed = try Buffer(count: count)
        absolute = try Buffer(count: count)
        squares = try Buffer(count: count)
        line = try Buffer(count: count)
    }

    /// Adds the `length` (or all) elements from `first` on, to the sums from `place` on.
    func add(_ tensor: Tensor, _ first: Int, _ sign: Double, at place: Int = 0, _ length: Int? = nil) {
        let length = length ?? count
        tensor.load(first..<first + length, into: line.start)
        for i in 0..<length {
            let value = line.start[i]
            signed.start[place + i] += sign * value
            absolute.start[place + i] += abs(value)
            squares.start[place + i] += value * value
        }
    }

    func compare(with exact: Folded, outputs: Int, _ projection: inout Projection) {
        for i in 0..<count {
            projection.compare(
                signed.start[i], exact.signed.start[i], magnitude: exact.absolute.start[i], squares: squares.start[i],
                outputs: outputs)
        }
    }
}
