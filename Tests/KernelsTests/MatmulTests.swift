import Model
import Statistics
import Testing

@testable import Kernels

/// Edges first, then random sizes of the kinds on which loop tails break.
private let shapes: [MatmulShape] = {
    var shapes = [(1, 1, 1), (1, 17, 1), (17, 1, 5), (1, 1, 257), (64, 64, 64), (127, 31, 63), (65, 129, 33)]
        .map { MatmulShape(m: $0.0, n: $0.1, k: $0.2) }
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<6 {
        shapes.append(
            MatmulShape(
                m: 1 + Int(generator.below(80)), n: 1 + Int(generator.below(80)), k: 1 + Int(generator.below(200))))
    }
    shapes += shapes.suffix(6).enumerated().map { index, shape in
        var shape = shape
        (shape.transposeA, shape.transposeB) = (index % 3 != 1, index % 3 != 0)
        shape.batch = 1 + index % 4
        return shape
    }
    return shapes
}()

/// Above what is compared whole, so that projections must do their part.
private let large = MatmulShape(m: 67, n: 131, k: 97)

@Suite(.serialized) struct MatmulTests {
    @Test(arguments: Way.all, Types.matmul)
    func everyWayAgrees(_ way: Way, _ types: Types) throws {
        try #require(!OneDNN.present.isEmpty)
        var refused = 0
        for (index, shape) in shapes.enumerated() {
            guard let ready = try ready(.matmul(shape.typed(types)), types, way, threads: 1 + index % 8) else {
                refused += 1
                continue
            }
            let check = ready.check()
            #expect(check.passes, "\(shape): \(check)")
            ready.run(iterations: 2)
            #expect(ready.failure == nil)
        }
        #expect(refused < shapes.count || types.mayBeMissing(way), "\(way.testDescription) refused every product")
    }

    @Test(arguments: Way.all, Types.matmul)
    func manyThreadsAgreeOnALargeOne(_ way: Way, _ types: Types) throws {
        var shape = large.typed(types)
        var made = 0
        for threads in 1...(way.backend == .reference ? 3 : 8) {
            (shape.transposeA, shape.transposeB, shape.batch) = (threads % 2 == 0, threads % 3 == 0, 1 + threads % 3)
            guard let ready = try ready(.matmul(shape), types, way, threads: threads) else { continue }
            made += 1
            let check = ready.check()
            #expect(check.passes, "\(shape): \(check)")
        }
        #expect(made > 0 || types.mayBeMissing(way), "\(way.testDescription) refused every product")
    }

    @Test(arguments: shapes) func referencePassesItsOwnCheck(_ shape: MatmulShape) throws {
        let check = try Kernels.make(planned(.matmul(shape), .reference), seed: 5).check()
        #expect(check.passes, "\(check)")
        #expect(check.error <= 0x1p-24)
    }

    @Test func largeResultsAreSampledAndProjected() throws {
        let check = try Kernels.make(planned(.matmul(large), .cblas), seed: 5).check()
        #expect(check.passes)
        #expect(check.compared >= 200)
        #expect(check.compared < large.m * large.n)
    }

    /// Any one element, sampled or not, changed in any of these ways.
    @Test(arguments: [0, 1, 130, 131, 4000, 4321, 67 * 131 - 2, 67 * 131 - 1])
    func oneSpoiltElementIsCaught(_ position: Int) throws {
        let ready = try #require(
            try Kernels.make(planned(.matmul(large), .cblas), seed: 5) as? DenseWorkload<MatmulProblem>)
        for spoil in [{ _ in Double.nan }, { $0 + 0.1 }, { -$0 }, { _ in Double.infinity }] as [(Double) -> Double] {
            ready.tamper = { $0[position] = spoil($0[position]) }
            #expect(!ready.check().passes)
        }
        ready.tamper = nil
        #expect(ready.check().passes)
    }

    /// In integers by one, in bf16 by what rounding cannot explain; wherever it is, in the second of two products.
    @Test(arguments: [Types(type: .int8), Types(type: .bf16), Types(type: .bf16, result: .bf16), Types(type: .f64)])
    func oneSpoiltElementIsCaughtInEveryType(_ types: Types) throws {
        let shape = MatmulShape(m: 67, n: 131, k: 97, batch: 2, transposeB: true).typed(types)
        let way = Way(backend: .reference)
        let ready = try #require(
            try ready(.matmul(shape), types, way) as? DenseWorkload<MatmulProblem>)
        #expect(ready.check().passes)
        let by = types.type == .int8 ? 1 : types.result == .bf16 ? 2 : types.type == .bf16 ? 0.01 : 1e-9
        for position in [0, 1, 67 * 131 - 1, 67 * 131, 67 * 131 + 4321, 2 * 67 * 131 - 1] {
            ready.tamper = { $0[position] += by }
            #expect(!ready.check().passes, "\(position)")
        }
    }

    @Test func anUnwrittenResultIsCaught() throws {
        for types in Types.matmul {
            let made = try ready(.matmul(large.typed(types)), types, Way(backend: .reference))
            let ready = try #require(made as? DenseWorkload<MatmulProblem>)
            ready.tamper = { [ready] _ in ready.computation.poison() }
            #expect(!ready.check().passes, "\(types)")
            ready.tamper = nil
        }
    }

    /// Operands rounded to bf16 give a result that looks right; the bound must tell it from f32.
    @Test func quietlyReducedPrecisionIsCaught() throws {
        let problem = MatmulProblem(
            MatmulShape(m: 64, n: 64, k: 1024), .f32, OperandTypes(left: .f32, right: .f32, result: .f32))
        let inputs = try DenseInputs(problem, seed: 5)
        let round = InputChange { left, right in
            for input in [left, right] {
                for i in 0..<input.count { input[i] = Double(BFloat16.value(BFloat16.bits(Float(input[i])))) }
            }
        }
        let rounded = try DenseInputs(problem, seed: 5, change: round)
        let result = try Tensor(.f32, count: problem.outputs)
        for i in 0..<result.count { result[i] = problem.element(i, rounded).value }
        #expect(try !DenseCheck(problem: problem, inputs: inputs, seed: 5).compare(result).passes)
        for i in 0..<result.count { result[i] = problem.element(i, inputs).value }
        #expect(try DenseCheck(problem: problem, inputs: inputs, seed: 5).compare(result).passes)
    }

    @Test(.enabled(if: OneDNN.present.count == 2, "needs oneDNN 2 and, at ASSAY_TEST_ONEDNN3, 3"))
    func bothMajorsRunSideBySide() throws {
        let two = try Kernels.make(planned(.matmul(large), .onednn), seed: 5, options: OneDNN.two.options)
        let three = try Kernels.make(planned(.matmul(large), .onednn), seed: 5, options: OneDNN.three.options)
        #expect(two.implementation.version.hasPrefix("2."))
        #expect(three.implementation.version.hasPrefix("3."))
        #expect(two.implementation.path != three.implementation.path)
        #expect(two.check().passes && three.check().passes && two.check().passes)
    }

    @Test func theImplementationSaysWhoComputed() throws {
        for way in Way.oneDNN {
            for types in Types.matmul where types.type != .f64 {
                guard let onednn = try ready(.matmul(large.typed(types)), types, way) else { continue }
                #expect(onednn.implementation.library == "oneDNN")
                #expect(onednn.implementation.path?.contains("libdnnl") == true)
                let reported = onednn.implementation.reported
                #expect(reported.contains { $0 == ":" } && reported != "unknown", "\(reported)")
            }
        }
        let cblas = try Kernels.make(planned(.matmul(large), .cblas), seed: 5)
        #expect(cblas.implementation.path?.hasPrefix("/") == true)
    }
}
