import Model

/// Forward convolution in the plainest way, summed in double precision.
struct ConvolutionReference {
    let shape: ConvolutionShape
    /// [batch, channels, height, width]
    let input: UnsafePointer<Float>
    /// [filters, channels, filterHeight, filterWidth]
    let weights: UnsafePointer<Float>

    /// Taps of one filter.
    var taps: Int { shape.channels * shape.filterHeight * shape.filterWidth }
    var outputs: Int { shape.batch * shape.filters * shape.outputHeight * shape.outputWidth }

    /// The output at a flat position of [batch, filters, outputHeight, outputWidth].
    func element(_ position: Int) -> Exact {
        let (above, column) = position.quotientAndRemainder(dividingBy: shape.outputWidth)
        let (plane, row) = above.quotientAndRemainder(dividingBy: shape.outputHeight)
        let (image, filter) = plane.quotientAndRemainder(dividingBy: shape.filters)
        var sum = Exact()
        for channel in 0..<shape.channels {
            for r in 0..<shape.filterHeight {
                let y = row * shape.stride + r - shape.padding
                guard y >= 0, y < shape.height else { continue }
                let line = input + ((image * shape.channels + channel) * shape.height + y) * shape.width
                let taps = weights + ((filter * shape.channels + channel) * shape.filterHeight + r) * shape.filterWidth
                for s in 0..<shape.filterWidth {
                    let x = column * shape.stride + s - shape.padding
                    if x >= 0, x < shape.width { sum.add(Double(line[x]) * Double(taps[s])) }
                }
            }
        }
        return sum
    }

    /// All outputs.
    func compute(into output: UnsafeMutablePointer<Float>) {
        for position in 0..<outputs { output[position] = Float(element(position).value) }
    }

    /// Output columns for which tap `s` reads inside the line.
    func columns(tap s: Int) -> Range<Int> {
        let first = max(0, (shape.padding - s + shape.stride - 1) / shape.stride)
        let reach = shape.width - 1 - s + shape.padding
        let last = reach < 0 ? 0 : min(shape.outputWidth, reach / shape.stride + 1)
        return first..<max(first, last)
    }
}
