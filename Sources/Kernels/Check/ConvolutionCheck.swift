import CKernels
import Model

/// Compares a convolution with the reference: sampled outputs one by one, and all of them through a projection.
///
/// A convolution is linear in its filters: with random signs x over the filters, Σ x·output must equal the convolution
/// with the one filter Σ x·filter, which costs a filters-th of the whole.
struct ConvolutionCheck {
    let reference: ConvolutionReference
    let type: DataType
    let seed: UInt64

    func compare(_ output: UnsafePointer<Float>) throws(KernelError) -> Check {
        let shape = reference.shape
        let bound = ErrorBound.element(terms: reference.taps, type)
        var deviation = Deviation()
        let extents = [shape.batch, shape.filters, shape.outputHeight, shape.outputWidth]
        for position in SamplePositions.flat(extents, seed: seed) {
            deviation.compare(Double(output[position]), reference.element(position))
        }
        try project(output, bound, &deviation)
        return deviation.check(bound: bound, coverage: "sampled outputs, and a random projection over all outputs")
    }

    private func sign(_ filter: Int) -> Double {
        assay_bits(seed, Input.projection.first + UInt64(filter)) & 1 == 0 ? 1 : -1
    }

    private func project(
        _ output: UnsafePointer<Float>, _ bound: Double, _ deviation: inout Deviation
    ) throws(KernelError) {
        let shape = reference.shape
        let width = shape.outputWidth
        let signed = try Buffer<Double>(count: reference.taps)
        let absolute = try Buffer<Double>(count: reference.taps)
        foldFilters(signed.start, absolute.start)
        let exact = try Buffer<Double>(count: width)
        let magnitude = try Buffer<Double>(count: width)
        let computed = try Buffer<Double>(count: width)
        let weight = bound / ErrorBound.projection(terms: reference.taps, type)
        // By Cauchy and Schwarz the sum over the filters, divided by √filters, is at most the norm that the bound is for.
        let spread = Double(shape.filters).squareRoot()
        for image in 0..<shape.batch {
            for row in 0..<shape.outputHeight {
                for column in 0..<width { (exact.start[column], magnitude.start[column]) = (0, 0) }
                convolve(image, row, signed.start, into: exact.start, magnitude: false)
                convolve(image, row, absolute.start, into: magnitude.start, magnitude: true)
                foldOutputs(output, image, row, into: computed.start)
                for column in 0..<width {
                    deviation.project(
                        computed.start[column] - exact.start[column], scale: magnitude.start[column] / spread,
                        weight: weight)
                }
            }
        }
    }

    /// Σ±filter and Σ|filter|.
    private func foldFilters(_ signed: UnsafeMutablePointer<Double>, _ absolute: UnsafeMutablePointer<Double>) {
        let taps = reference.taps
        for filter in 0..<reference.shape.filters {
            let sign = sign(filter)
            for tap in 0..<taps {
                let value = Double(reference.weights[filter * taps + tap])
                signed[tap] += sign * value
                absolute[tap] += abs(value)
            }
        }
    }

    /// One output row of the convolution with a single filter; of |input| for the magnitude.
    private func convolve(
        _ image: Int, _ row: Int, _ filter: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>,
        magnitude: Bool
    ) {
        let shape = reference.shape
        for channel in 0..<shape.channels {
            for r in 0..<shape.filterHeight {
                let y = row * shape.stride + r - shape.padding
                guard y >= 0, y < shape.height else { continue }
                let line = reference.input + ((image * shape.channels + channel) * shape.height + y) * shape.width
                for s in 0..<shape.filterWidth {
                    let factor = filter[(channel * shape.filterHeight + r) * shape.filterWidth + s]
                    let columns = reference.columns(tap: s)
                    let offset = s - shape.padding
                    if magnitude {
                        for x in columns { sums[x] += factor * Double(abs(line[x * shape.stride + offset])) }
                    } else {
                        for x in columns { sums[x] += factor * Double(line[x * shape.stride + offset]) }
                    }
                }
            }
        }
    }

    /// Σ±output over the filters for one output row.
    private func foldOutputs(
        _ output: UnsafePointer<Float>, _ image: Int, _ row: Int, into sums: UnsafeMutablePointer<Double>
    ) {
        let shape = reference.shape
        for column in 0..<shape.outputWidth { sums[column] = 0 }
        for filter in 0..<shape.filters {
            let sign = sign(filter)
            let plane = (image * shape.filters + filter) * shape.outputHeight + row
            let line = output + plane * shape.outputWidth
            for column in 0..<shape.outputWidth { sums[column] += sign * Double(line[column]) }
        }
    }
}
