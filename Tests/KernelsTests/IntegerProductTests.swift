import Model
import Statistics
import Testing

@testable import Kernels

/// The library's product of integers beside its primitive: the same to the bit, whatever the sizes and orders.
@Suite(.serialized) struct IntegerProductTests {
    @Test(arguments: OneDNN.present, [ElementType.s8, .u8])
    func everyProductIsExact(_ library: OneDNN, _ source: ElementType) throws {
        let context = try OneDNNContext(options: library.options, threads: 2)
        var generator = SeededGenerator(seed: 3)
        for index in 0..<12 {
            let (m, n, k) = (
                1 + Int(generator.below(70)), 1 + Int(generator.below(70)), 1 + Int(generator.below(200))
            )
            var shape = MatmulShape(m: m, n: n, k: k)
            (shape.transposeA, shape.transposeB, shape.sourceType) = (index % 2 == 1, index % 4 > 1, source)
            let types = try #require(try Shape.matmul(shape).operandTypes(.int8))
            let problem = MatmulProblem(shape, .int8, types)
            let a = try Tensor(types.left, count: m * k)
            let b = try Tensor(.s8, count: k * n)
            // Small enough that no way of adding pairs in 16 bits loses any.
            for i in 0..<(m * k) { a[i] = Double(generator.below(60)) - (source == .s8 ? 30 : 0) }
            for i in 0..<(k * n) { b[i] = Double(generator.below(100)) - 50 }
            let results = [try Tensor(.s32, count: m * n), try Tensor(.s32, count: m * n)]
            let product = try #require(
                OneDNNIntegerProduct(
                    problem, context.library,
                    results.map { OneDNNIntegerProduct.Places(left: a.start, right: b.start, result: $0.start) }))
            // Two sets in turn: both results are written.
            product.run(iterations: 2)
            #expect(product.status == 0)
            for result in results {
                for (row, column) in [(0, 0), (m - 1, n - 1), (m / 2, n / 3), (m / 3, n - 1)] {
                    let sum = (0..<k).reduce(0.0) { sum, p in
                        let left = a[shape.transposeA ? p * m + row : row * k + p]
                        return sum + left * b[shape.transposeB ? column * k + p : p * n + column]
                    }
                    #expect(result[row * n + column] == sum, "\(shape) at \(row), \(column)")
                }
            }
        }
    }

    /// What it cannot do is left to the primitive.
    @Test func otherProblemsAreNotItsOwn() throws {
        let library = try OneDNNContext(options: OneDNN.options, threads: 1).library
        let tensor = try Tensor(.s32, count: 64)
        let places = [OneDNNIntegerProduct.Places(left: tensor.start, right: tensor.start, result: tensor.start)]
        func offered(_ type: DataType, _ change: (inout MatmulShape) -> Void = { _ in }) throws -> Bool {
            var shape = MatmulShape(m: 2, n: 2, k: 2)
            change(&shape)
            let types = try #require(try Shape.matmul(shape).operandTypes(type))
            return OneDNNIntegerProduct(MatmulProblem(shape, type, types), library, places) != nil
        }
        #expect(try offered(.int8))
        #expect(try !offered(.f32))
        #expect(try !offered(.int8) { $0.batch = 2 })
        #expect(try !offered(.int8) { $0.resultType = .s8 })
        #expect(try !offered(.int8) { $0.resultType = .f32 })
        let convolution = ConvolutionShape(
            batch: 1, channels: 1, height: 1, width: 1, filters: 1, filterHeight: 1, filterWidth: 1, stride: 1,
            padding: 0)
        let types = try #require(try Shape.convolution(convolution).operandTypes(.int8))
        #expect(OneDNNIntegerProduct(ConvolutionProblem(convolution, .int8, types), library, places) == nil)
    }
}
