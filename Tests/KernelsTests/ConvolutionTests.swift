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
private typealias Direction = ConvolutionShape.Direction

@Suite(.serialized) struct ConvolutionTests {
    @Test(arguments: Way.oneDNN + [Way(backend: .reference)], Types.forward)
    func everyWayAgrees(_ way: Way, _ types: Types) throws {
        try agree(way, types, .forward)
    }

    @Test(arguments: Way.oneDNN + [Way(backend: .reference)], Types.backward)
    func gradientsOfTheSourceAgree(_ way: Way, _ types: Types) throws {
        try agree(way, types, .backwardData)
    }

    @Test(arguments: Way.oneDNN + [Way(backend: .reference)], Types.backward)
    func gradientsOfTheWeightsAgree(_ way: Way, _ types: Types) throws {
        try agree(way, types, .backwardWeights)
    }

    private func agree(_ way: Way, _ types: Types, _ direction: ConvolutionShape.Direction) throws {
        var made = 0
        for (index, shape) in shapes.enumerated() where way.backend != .reference || index % 3 == 0 {
            // oneDNN refuses padding that is wider than the filter; that must be said, not fail.
            let mayRefuse = shape.padding >= min(shape.filterHeight, shape.filterWidth) && way.backend == .onednn
            guard
                let ready = try ready(
                    .convolution(shape.typed(types, direction)), types, way, threads: 1 + index % 8,
                    mayRefuse: mayRefuse)
            else { continue }
            made += 1
            let check = ready.check()
            #expect(check.passes, "\(shape) by \(ready.implementation.reported): \(check)")
            ready.run(iterations: 2)
            #expect(ready.failure == nil)
        }
        #expect(made > 0 || types.mayBeMissing(way), "\(way.testDescription) refused every convolution")
    }

    @Test(arguments: 1...8) func manyThreadsAgreeOnALargeOne(_ threads: Int) throws {
        for way in Way.oneDNN {
            for direction in ConvolutionShape.Direction.allCases {
                for types in direction == .forward ? Types.forward : Types.backward {
                    let shape = Shape.convolution(large.typed(types, direction))
                    guard let ready = try ready(shape, types, way, threads: threads) else { continue }
                    let check = ready.check()
                    #expect(check.passes, "\(direction) \(types) by \(ready.implementation.reported): \(check)")
                }
            }
        }
    }

    @Test func gradientsAreNotComputedInIntegers() throws {
        for direction in [ConvolutionShape.Direction.backwardData, .backwardWeights] {
            let shape = Shape.convolution(large.typed(Types(type: .int8), direction))
            #expect(throws: KernelError.self) { try Kernels.make(planned(shape, .int8, .onednn), seed: 6) }
        }
    }

    /// Positions of a result of 2 × 12 × 16 × 18 that is too large to be compared whole.
    @Test(arguments: [0, 17, 18, 287, 288, 3455, 3456, 4999, 2 * 12 * 16 * 18 - 1])
    func oneSpoiltOutputIsCaught(_ position: Int) throws {
        let made = try Kernels.make(planned(.convolution(large), .onednn), seed: 6, options: OneDNN.options)
        let ready = try #require(made as? DenseWorkload<ConvolutionProblem>)
        for spoil in [{ _ in Double.nan }, { $0 + 0.1 }, { -$0 }, { _ in Double.infinity }] as [(Double) -> Double] {
            ready.tamper = { $0[position] = spoil($0[position]) }
            #expect(!ready.check().passes)
        }
        ready.tamper = nil
        let check = ready.check()
        #expect(check.passes)
        #expect(check.compared >= 200 && check.compared < 2 * 12 * 16 * 18)
    }

    /// Gradients too large to be compared whole: 2 × 40 × 12 × 13 of the source, 40 × 24 × 3 × 3 of the weights.
    @Test(
        arguments: [ConvolutionShape.Direction.backwardData, .backwardWeights],
        [Types(type: .f32), Types(type: .bf16)])
    func oneSpoiltGradientIsCaught(_ direction: ConvolutionShape.Direction, _ types: Types) throws {
        let sizes =
            direction == .backwardData
            ? shape(2, 40, (12, 13), 8, (3, 3), 2, 1) : shape(2, 24, (9, 7), 40, (3, 3), 1, 1)
        let made = try ready(.convolution(sizes.typed(types, direction)), types, Way(backend: .reference))
        let ready = try #require(made as? DenseWorkload<ConvolutionProblem>)
        #expect(ready.check().passes)
        let last = ready.problem.outputs - 1
        for position in [0, 1, last / 3, last / 2 + 1, last] {
            ready.tamper = { $0[position] += 0.5 }
            #expect(!ready.check().passes, "\(position)")
        }
    }

    @Test func aFilterAppliedUpsideDownIsCaught() throws {
        let made = try Kernels.make(planned(.convolution(large), .reference), seed: 6)
        let ready = try #require(made as? DenseWorkload<ConvolutionProblem>)
        let problem = ready.problem
        let flip = InputChange { _, right in
            let plain = (0..<right.count).map { right[$0] }
            for i in plain.indices { right[i] = plain[i / 9 * 9 + 8 - i % 9] }
        }
        let flipped = try DenseInputs(problem, seed: 6, change: flip)
        ready.tamper = { result in
            for i in 0..<result.count { result[i] = problem.element(i, flipped).value }
        }
        #expect(!ready.check().passes)
    }

    /// What it costs to bring operands into the library's layout is told where there is such a cost.
    @Test func reordersAreToldApart() throws {
        for way in Way.oneDNN {
            let types = Types(type: .f32)
            let blocked = try #require(try ready(.convolution(shape(1, 64, (14, 14), 64, (3, 3), 1, 1)), types, way))
            let cost = try #require(blocked.reorder, "\(blocked.implementation)")
            let parts = [cost.source, cost.weights, cost.destination].compactMap { $0 }
            #expect(!parts.isEmpty && parts.allSatisfy { $0 > 0 && $0 < 10 })
            let plain = try #require(try ready(.matmul(8, 8, 8), types, way))
            #expect(plain.reorder == nil)
        }
    }
}
