import Model
import Statistics
import Testing

@testable import Kernels

private func shape(
    _ batch: Int, _ channels: Int, _ size: (Int, Int), _ filters: Int, _ filter: (Int, Int), _ stride: Int,
    _ padding: Int
) -> ConvolutionShape {
    ConvolutionShape(
        batch: batch, channels: channels, height: size.0, width: size.1, filters: filters, filterHeight: filter.0,
        filterWidth: filter.1, stride: stride, padding: padding)
}

private let shapes: [ConvolutionShape] = {
    var shapes = [
        shape(1, 1, (1, 1), 1, (1, 1), 1, 0),  // one number
        shape(2, 3, (13, 11), 7, (3, 3), 1, 1),  // odd everything
        shape(1, 16, (9, 9), 16, (1, 1), 3, 0),  // stride beyond the filter
        shape(1, 5, (7, 5), 3, (2, 2), 5, 1),
        shape(1, 4, (5, 5), 8, (3, 3), 1, 3),  // padding as wide as the filter
        shape(2, 2, (4, 6), 5, (3, 2), 2, 4),  // and wider: outputs that see nothing
        shape(1, 3, (23, 29), 17, (7, 5), 2, 3),  // primes
        shape(1, 33, (6, 6), 31, (6, 6), 1, 0),  // filter as large as the input
        shape(2, 32, (14, 14), 64, (3, 3), 2, 1),
    ]
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<4 {
        let filter = (1 + Int(generator.below(4)), 1 + Int(generator.below(4)))
        shapes.append(
            shape(
                1 + Int(generator.below(3)), 1 + Int(generator.below(20)),
                (4 + Int(generator.below(12)), 4 + Int(generator.below(12))), 1 + Int(generator.below(20)), filter,
                1 + Int(generator.below(3)), Int(generator.below(3))))
    }
    return shapes
}()

private let large = shape(2, 8, (16, 18), 12, (3, 3), 1, 1)

@Suite(.serialized) struct ConvolutionTests {
    @Test(arguments: shapes, [1, 2, 3])
    func oneDNNAgrees(_ shape: ConvolutionShape, _ threads: Int) throws {
        try #require(!OneDNN.present.isEmpty)
        for library in OneDNN.present {
            let ready: any Runnable
            do throws(KernelError) {
                ready = try Kernels.make(
                    planned(.convolution(shape), .onednn, threads: threads), seed: 6, options: library.options)
            } catch {
                // oneDNN refuses padding that is wider than the filter; that must be said, not fail.
                guard case .unavailable = error, shape.padding >= min(shape.filterHeight, shape.filterWidth) else {
                    throw error
                }
                continue
            }
            let check = ready.check()
            #expect(check.passes, "\(library): \(check)")
            ready.run(iterations: 2)
            #expect(ready.failure == nil)
        }
    }

    @Test(arguments: shapes) func referencePassesItsOwnCheck(_ shape: ConvolutionShape) throws {
        let check = try Kernels.make(planned(.convolution(shape), .reference), seed: 6).check()
        #expect(check.passes, "\(check)")
    }

    /// Positions of a result of 2 × 12 × 16 × 18 that is too large to be compared whole.
    @Test(arguments: [0, 17, 18, 287, 288, 3455, 3456, 4999, 2 * 12 * 16 * 18 - 1])
    func oneSpoiltOutputIsCaught(_ position: Int) throws {
        let ready = try #require(
            try Kernels.make(planned(.convolution(large), .onednn), seed: 6, options: OneDNN.options)
                as? ArrayWorkload)
        for spoil in [{ _ in Float.nan }, { $0 + 0.1 }, { -$0 }, { _ in Float.infinity }] as [(Float) -> Float] {
            ready.tamper = { $0[position] = spoil($0[position]) }
            #expect(!ready.check().passes)
        }
        ready.tamper = nil
        let check = ready.check()
        #expect(check.passes)
        #expect(check.compared >= 200 && check.compared < 2 * 12 * 16 * 18)
    }

    @Test func aFilterAppliedUpsideDownIsCaught() throws {
        let ready = try #require(
            try Kernels.make(planned(.convolution(large), .reference), seed: 6) as? ArrayWorkload)
        let inputs = try DenseInputs(large, seed: 6)
        let flipped = try Buffer<Float>(count: inputs.right.count)
        for i in 0..<inputs.right.count { flipped.start[i] = inputs.right.start[i / 9 * 9 + 8 - i % 9] }
        ready.tamper = {
            ConvolutionReference(shape: large, input: inputs.left.start, weights: flipped.start).compute(into: $0)
        }
        #expect(!ready.check().passes)
        ready.tamper = nil
    }
}
