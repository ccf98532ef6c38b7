import Model

/// Convolution in the plainest way, and its gradients: one sum of products source × weights × destination, of which each
/// direction computes one factor's place.
struct ConvolutionProblem: DenseProblem {
    let shape: ConvolutionShape
    let dataType: DataType
    let types: OperandTypes

    init(_ shape: ConvolutionShape, _ dataType: DataType, _ types: OperandTypes) {
        self.shape = shape
        self.dataType = dataType
        self.types = types
    }

    var source: [Int] { [shape.batch, shape.channels, shape.height, shape.width] }
    var weights: [Int] { [shape.filters, shape.channels, shape.filterHeight, shape.filterWidth] }
    var destination: [Int] { [shape.batch, shape.filters, shape.outputHeight, shape.outputWidth] }

    var left: [Int] { shape.direction == .backwardData ? destination : source }
    var right: [Int] { shape.direction == .backwardWeights ? destination : weights }
    var result: [Int] {
        switch shape.direction {
        case .forward: destination
        case .backwardData: source
        case .backwardWeights: weights
        }
    }

    var terms: Int {
        switch shape.direction {
        case .forward: shape.channels * shape.filterHeight * shape.filterWidth
        case .backwardData: shape.filters * shape.filterHeight * shape.filterWidth
        case .backwardWeights: shape.batch * shape.outputHeight * shape.outputWidth
        }
    }

    func element(_ position: Int, _ inputs: DenseInputs) -> Exact {
        let place = Place(position, result)
        switch shape.direction {
        case .forward: return output(place, inputs)
        case .backwardData: return sourceGradient(place, inputs)
        case .backwardWeights: return weightsGradient(place, inputs)
        }
    }

    /// Place in [batch, filters, outputHeight, outputWidth]: over channels and taps.
    private func output(_ place: Place, _ inputs: DenseInputs) -> Exact {
        var sum = Exact()
        for channel in 0..<shape.channels {
            for r in 0..<shape.filterHeight {
                let y = place.row * shape.stride + r - shape.padding
                guard y >= 0, y < shape.height else { continue }
                let line = ((place.outer * shape.channels + channel) * shape.height + y) * shape.width
                let taps = tap(place.inner, channel, r)
                for s in 0..<shape.filterWidth {
                    let x = place.column * shape.stride + s - shape.padding
                    if x >= 0, x < shape.width { sum.add(inputs.left[line + x] * inputs.right[taps + s]) }
                }
            }
        }
        return sum
    }

    /// Place in [batch, channels, height, width]: over filters, and those taps that brought it to an output.
    private func sourceGradient(_ place: Place, _ inputs: DenseInputs) -> Exact {
        var sum = Exact()
        for filter in 0..<shape.filters {
            for r in 0..<shape.filterHeight {
                guard let row = outputThatRead(place.row, r, shape.outputHeight) else { continue }
                let line = ((place.outer * shape.filters + filter) * shape.outputHeight + row) * shape.outputWidth
                let taps = tap(filter, place.inner, r)
                for s in 0..<shape.filterWidth {
                    guard let column = outputThatRead(place.column, s, shape.outputWidth) else { continue }
                    sum.add(inputs.left[line + column] * inputs.right[taps + s])
                }
            }
        }
        return sum
    }

    /// Place in [filters, channels, filterHeight, filterWidth]: over images and outputs.
    private func weightsGradient(_ place: Place, _ inputs: DenseInputs) -> Exact {
        var sum = Exact()
        for image in 0..<shape.batch {
            for row in 0..<shape.outputHeight {
                let y = row * shape.stride + place.row - shape.padding
                guard y >= 0, y < shape.height else { continue }
                let from = ((image * shape.channels + place.inner) * shape.height + y) * shape.width
                let to = ((image * shape.filters + place.outer) * shape.outputHeight + row) * shape.outputWidth
                for column in columns(tap: place.column) {
                    let x = column * shape.stride + place.column - shape.padding
                    sum.add(inputs.left[from + x] * inputs.right[to + column])
                }
            }
        }
        return sum
    }

    /// Flat position of the first tap of a filter's row.
    private func tap(_ filter: Int, _ channel: Int, _ r: Int) -> Int {
        ((filter * shape.channels + channel) * shape.filterHeight + r) * shape.filterWidth
    }

    /// The output coordinate whose tap `s` read `position`; `nil` where there is none.
    private func outputThatRead(_ position: Int, _ s: Int, _ outputs: Int) -> Int? {
        let (output, rest) = (position + shape.padding - s).quotientAndRemainder(dividingBy: shape.stride)
        return rest == 0 && output >= 0 && output < outputs && position + shape.padding >= s ? output : nil
    }

    /// Output columns for which tap `s` reads inside the line.
    func columns(tap s: Int) -> Range<Int> {
        let first = max(0, (shape.padding - s + shape.stride - 1) / shape.stride)
        let reach = shape.width - 1 - s + shape.padding
        let last = reach < 0 ? 0 : min(shape.outputWidth, reach / shape.stride + 1)
        return first..<max(first, last)
    }
}

/// Four coordinates from a flat position.
private struct Place {
    let outer: Int
    let inner: Int
    let row: Int
    let column: Int

    init(_ position: Int, _ extents: [Int]) {
        let (above, column) = position.quotientAndRemainder(dividingBy: extents[3])
        let (plane, row) = above.quotientAndRemainder(dividingBy: extents[2])
        (outer, inner) = plane.quotientAndRemainder(dividingBy: extents[1])
        (self.row, self.column) = (row, column)
    }
}
