import Model
import Testing

@testable import Kernels

/// NaN and infinity, cold operands, and the types themselves.
@Suite(.serialized) struct DenseValueTests {
    private static let strange: [Double] = [.nan, .infinity, -.infinity]
    private static let floating = Types.matmul.filter { $0.type != .int8 }

    /// One strange value in one input: outputs are strange exactly where arithmetic says so, and right elsewhere.
    ///
    /// - Parameter maySpread: a library may multiply by zeros that it put beside the operands, and get NaN where there was
    ///   nothing to multiply. What is strange must still come out strange.
    private func carries(_ shape: Shape, _ types: Types, _ way: Way, maySpread: Bool = false) throws {
        for value in Self.strange {
            for side in 0..<2 {
                let change = InputChange { left, right in
                    let input = side == 0 ? left : right
                    input[input.count / 2] = value
                }
                let made = try ready(shape, types, way, threads: 2, change: change)
                guard let workload = made as? any DenseTestable else { return }
                let result = try workload.freshResult()
                var strange = 0
                for position in 0..<result.count {
                    let exact = workload.anyProblem.element(position, workload.inputs).value
                    let computed = result[position]
                    strange += exact.isFinite ? 0 : 1
                    let agrees =
                        exact.isNaN || (maySpread && computed.isNaN)
                        ? computed.isNaN : exact.isFinite ? computed.isFinite : computed == exact
                    #expect(agrees, "\(way.testDescription) \(types): \(computed), not \(exact), at \(position)")
                    if !agrees { return }
                }
                #expect(strange > 0)
            }
        }
    }

    @Test(arguments: Way.all, floating) func productsCarryThem(_ way: Way, _ types: Types) throws {
        try carries(.matmul(MatmulShape(m: 9, n: 7, k: 33).typed(types)), types, way)
        try carries(
            .matmul(MatmulShape(m: 35, n: 66, k: 17, batch: 2, transposeA: true, transposeB: true).typed(types)), types,
            way)
    }

    @Test(arguments: Way.oneDNN + [Way(backend: .reference)], ConvolutionShape.Direction.allCases)
    func convolutionsCarryThem(_ way: Way, _ direction: ConvolutionShape.Direction) throws {
        let shape = ConvolutionShape(
            batch: 2, channels: 19, height: 8, width: 9, filters: 17, filterHeight: 3, filterWidth: 3, stride: 1,
            padding: 1)
        for types in [Types(type: .f32), Types(type: .bf16)] {
            // oneDNN fills up bf16 pairs with zeros.
            let maySpread = way.backend == .onednn && types.type == .bf16 && direction == .backwardWeights
            try carries(.convolution(shape.typed(types, direction)), types, way, maySpread: maySpread)
        }
    }

    /// Inputs that begin one element behind the start of a page.
    @Test(arguments: Way.all, Types.matmul) func operandsOffTheirAlignmentAgree(_ way: Way, _ types: Types) throws {
        let shift = InputChange(skipped: 1)
        for shape in [MatmulShape(m: 33, n: 18, k: 47), MatmulShape(m: 16, n: 64, k: 32, batch: 2, transposeB: true)] {
            let made = try ready(.matmul(shape.typed(types)), types, way, threads: 2, change: shift)
            if let made { #expect(made.check().passes, "\(shape)") }
        }
        guard way.backend == .onednn, types.type != .f64 else { return }
        let sizes = ConvolutionShape(
            batch: 2, channels: 5, height: 7, width: 9, filters: 6, filterHeight: 3, filterWidth: 3, stride: 1,
            padding: 1)
        let made = try ready(.convolution(sizes.typed(types)), types, way, mayRefuse: true, change: shift)
        if let made { #expect(made.check().passes) }
    }

    /// Every set of a cold case holds the same operands, and all are gone through in turn.
    @Test(arguments: [Way(backend: .cblas)] + Way.oneDNN)
    func coldCasesGoThroughAllSets(_ way: Way) throws {
        let convolution = ConvolutionShape(
            batch: 1, channels: 20, height: 9, width: 9, filters: 24, filterHeight: 3, filterWidth: 3, stride: 1,
            padding: 1)
        for shape in [Shape.matmul(33, 17, 9), .convolution(convolution)] {
            if way.backend == .cblas, case .convolution = shape { continue }
            let types = Types(type: .f32)
            let bytes = Int(try shape.work(.f32).bytes)
            let made = try #require(try ready(shape, types, way, threads: 2, cold: 5 * bytes))
            #expect(made.check().passes)
            #expect(made.work.footprint > 5 * bytes)
            let workload = try #require(made as? any DenseTestable)
            let first = try workload.freshResult()
            let expected = (0..<first.count).map { first[$0] }
            workload.computation.poison()
            // Six of the seven sets: the last must not have been touched.
            made.run(iterations: 6)
            for set in 0..<7 {
                let result = try workload.computation.result(set: set)
                let same = (0..<result.count).allSatisfy { result[$0] == expected[$0] }
                #expect(same == (set < 6), "set \(set)")
            }
        }
    }

    @Test func operandsTooSmallToBeColdAreRefused() {
        #expect(throws: KernelError.self) {
            try ready(.matmul(1, 1, 1), Types(type: .f32), Way(backend: .cblas), cold: 1 << 30)
        }
    }

    @Test func bfloat16IsRoundedToEven() {
        #expect(BFloat16.value(BFloat16.bits(1)) == 1)
        #expect(BFloat16.bits(Float(bitPattern: 0x3F80_8000)) == 0x3F80)
        #expect(BFloat16.bits(Float(bitPattern: 0x3F81_8000)) == 0x3F82)
        #expect(BFloat16.bits(Float(bitPattern: 0x3F80_8001)) == 0x3F81)
        #expect(BFloat16.value(BFloat16.bits(.greatestFiniteMagnitude)) == .infinity)
        #expect(BFloat16.value(BFloat16.bits(-.infinity)) == -.infinity)
        #expect(BFloat16.value(BFloat16.bits(Float(bitPattern: 0x7F80_0001))).isNaN)
    }

    @Test func halvesGoThereAndBack() {
        for bits in UInt16.min...UInt16.max {
            let value = Half.value(bits)
            if value.isNaN { continue }
            #expect(Half.bits(value) == bits, "\(bits)")
        }
        #expect(Half.bits(65519) == 0x7BFF && Half.bits(65520) == 0x7C00)
        #expect(Half.bits(0x1p-25) == 0 && Half.bits(0x1.8p-25) == 1)
        #expect(Half.bits(1 + 0x1p-11) == 0x3C00 && Half.bits(1 + 0x3p-11) == 0x3C02)
    }

    @Test func inputsAreWhatTheyAreSaidToBe() throws {
        let problem = MatmulProblem(
            MatmulShape(m: 100, n: 100, k: 100), .int8, OperandTypes(left: .u8, right: .s8, result: .s32))
        let inputs = try DenseInputs(problem, seed: 3)
        let left = (0..<inputs.left.count).map { inputs.left[$0] }
        let right = (0..<inputs.right.count).map { inputs.right[$0] }
        #expect(left.min() == 0 && left.max() == 255)
        #expect(right.min() == -62 && right.max() == 62)
        #expect(right.allSatisfy { $0.truncatingRemainder(dividingBy: 2) == 0 })
        #expect(abs(right.reduce(0, +) / 10_000) < 2)
    }
}
