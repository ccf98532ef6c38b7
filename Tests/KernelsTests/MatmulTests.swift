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
    return shapes
}()

/// Above what is compared whole, so that projections must do their part.
private let large = MatmulShape(m: 67, n: 131, k: 97)

@Suite(.serialized) struct MatmulTests {
    @Test(arguments: shapes, [1, 2, 3])
    func oneDNNAgrees(_ shape: MatmulShape, _ threads: Int) throws {
        try #require(!OneDNN.present.isEmpty)
        for library in OneDNN.present {
            let ready = try Kernels.make(
                planned(.matmul(shape), .onednn, threads: threads), seed: 5, options: library.options)
            let check = ready.check()
            #expect(check.passes, "\(library): \(check)")
            #expect(ready.failure == nil)
        }
    }

    @Test(arguments: shapes, [1, 2, 3])
    func cblasAgrees(_ shape: MatmulShape, _ threads: Int) throws {
        let check = try Kernels.make(planned(.matmul(shape), .cblas, threads: threads), seed: 5).check()
        #expect(check.passes, "\(check)")
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
        let ready = try #require(try Kernels.make(planned(.matmul(large), .cblas), seed: 5) as? ArrayWorkload)
        for spoil in [{ _ in Float.nan }, { $0 + 0.1 }, { -$0 }, { _ in Float.infinity }] as [(Float) -> Float] {
            ready.tamper = { $0[position] = spoil($0[position]) }
            #expect(!ready.check().passes)
        }
        ready.tamper = nil
        #expect(ready.check().passes)
    }

    @Test func anUnwrittenResultIsCaught() throws {
        let ready = try #require(try Kernels.make(planned(.matmul(large), .cblas), seed: 5) as? ArrayWorkload)
        ready.tamper = { [ready] _ in ready.computation.poison() }
        #expect(!ready.check().passes)
        ready.tamper = nil
    }

    /// Operands rounded to bf16 give a result that looks right; the bound must tell it from f32.
    @Test func quietlyReducedPrecisionIsCaught() throws {
        let shape = MatmulShape(m: 64, n: 64, k: 1024)
        let inputs = try DenseInputs(shape, seed: 5)
        let rounded = try DenseInputs(shape, seed: 5)
        for i in 0..<rounded.left.count { rounded.left.start[i] = bf16(rounded.left.start[i]) }
        for i in 0..<rounded.right.count { rounded.right.start[i] = bf16(rounded.right.start[i]) }
        let result = try Buffer<Float>(count: shape.m * shape.n)
        MatmulReference(shape: shape, a: rounded.left.start, b: rounded.right.start).compute(into: result.start)
        let reference = MatmulReference(shape: shape, a: inputs.left.start, b: inputs.right.start)
        #expect(try !MatmulCheck(reference: reference, type: .f32, seed: 5).compare(result.start).passes)
    }

    private func bf16(_ value: Float) -> Float {
        Float(bitPattern: (value.bitPattern &+ 0x8000) & 0xFFFF_0000)
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
        let onednn = try Kernels.make(planned(.matmul(large), .onednn), seed: 5, options: OneDNN.options)
        #expect(onednn.implementation.library == "oneDNN")
        #expect(onednn.implementation.path?.contains("libdnnl") == true)
        #expect(!onednn.implementation.reported.isEmpty && onednn.implementation.reported != "unknown")
        let cblas = try Kernels.make(planned(.matmul(large), .cblas), seed: 5)
        #expect(cblas.implementation.path?.hasPrefix("/") == true)
    }
}
