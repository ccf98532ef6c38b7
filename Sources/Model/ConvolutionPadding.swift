extension Shape {
    /// Share of the operations that are counted in which no operand is padding; 1 for everything but convolutions.
    ///
    /// Operations are counted as the literature counts them (4.089 GMAC for ResNet-50 v1.5), with the zeros around an image.
    /// Libraries leave those out: of a 3×3 filter on 7×7 they are 18 %, and a kernel that is held against the machine's peak
    /// by the usual count comes out above it. oneDNN's benchdnn leaves them out of its count too.
    public var unpaddedShare: Double {
        // Sizes come from files: those whose products fit in 63 bits only.
        guard case .convolution(let shape) = self, (try? work(.f32)) != nil else { return 1 }
        let all = shape.outputHeight * shape.filterHeight * shape.outputWidth * shape.filterWidth
        return all > 0 ? Double(shape.rowProducts * shape.columnProducts) / Double(all) : 1
    }
}

extension ConvolutionShape {
    /// Pairs of an output's row and a filter's row that meet a row of the source, and the same of columns.
    fileprivate var rowProducts: Int { Self.products(height, filterHeight, outputHeight, stride, padding) }
    fileprivate var columnProducts: Int { Self.products(width, filterWidth, outputWidth, stride, padding) }

    private static func products(_ size: Int, _ filter: Int, _ outputs: Int, _ stride: Int, _ padding: Int) -> Int {
        // No layer is nearly as large; a made-up one must not keep its reader busy.
        guard padding > 0, filter <= 1 << 16, stride <= 1 << 32 else { return outputs * filter }
        return (0..<filter).reduce(0) { sum, tap in
            // Outputs o with 0 ≤ o·stride + tap − padding < size.
            let first = max(0, (padding - tap + stride - 1) / stride)
            let end = min(outputs, (size + padding - tap + stride - 1) / stride)
            return sum + max(0, end - first)
        }
    }
}
