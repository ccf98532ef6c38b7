import CKernels
import Model
import Testing

@testable import Kernels

private let supported = Kernels.instructionSets().filter(\.supported).map(\.name)

@Suite(.serialized) struct EmbeddingTests {
    /// Every width up to three registers and more, so that each tail is met, and widths of several passes.
    static let dimensions = Array(1...70) + [96, 127, 128, 129, 192, 250, 257]

    @Test(arguments: supported, [1, 2, 3])
    func everyVariantAgrees(_ name: String, _ threads: Int) throws {
        for dimension in Self.dimensions {
            let ready = try Kernels.make(
                planned(.embedding(97, dimension, 1 + dimension % 7, 5), .simd, threads: threads), seed: 7,
                options: KernelOptions(instructionSet: name))
            #expect(ready.implementation.reported == name)
            let check = ready.check()
            #expect(check.passes, "dimension \(dimension): \(check)")
        }
    }

    /// All add in the order of the bag, so they agree to the last bit.
    @Test(arguments: supported) func everyVariantEqualsPortable(_ name: String) throws {
        let isa = try #require(Variant.all.first { $0.name == name }).isa
        let variant = try #require(assay_embedding_variant(isa))
        let portable = try #require(assay_embedding_variant(Int32(ASSAY_ISA_PORTABLE.rawValue)))
        for dimension in Self.dimensions {
            let pool = try WorkerPool(threads: 1, units: [])
            let shape = EmbeddingShape(rows: 61, dimension: dimension, bag: 9, batch: 4, distribution: .uniform)
            let data = try EmbeddingData(shape, pool, seed: 8)
            let expected = try Buffer<Float>(count: data.output.count)
            var job = assay_embedding(
                table: data.table.start, indices: data.indices.start, output: data.output.start,
                dimension: dimension, bag: 9, batch: 4)
            data.output.poison()
            variant(&job, 0, 4)
            job.output = expected.start
            portable(&job, 0, 4)
            #expect(data.output.elements.elementsEqual(expected.elements), "dimension \(dimension)")
        }
    }

    /// A table that begins off by one element: rows lie across cache lines.
    @Test(arguments: supported) func unalignedRowsAgree(_ name: String) throws {
        let isa = try #require(Variant.all.first { $0.name == name }).isa
        let variant = try #require(assay_embedding_variant(isa))
        let pool = try WorkerPool(threads: 1, units: [])
        let shape = EmbeddingShape(rows: 50, dimension: 33, bag: 4, batch: 3, distribution: .uniform)
        let data = try EmbeddingData(shape, pool, seed: 9)
        let shifted = try Buffer<Float>(count: data.table.count + 1)
        for i in 0..<data.table.count { shifted.start[i + 1] = data.table.start[i] }
        var job = assay_embedding(
            table: shifted.start + 1, indices: data.indices.start, output: data.output.start, dimension: 33, bag: 4,
            batch: 3)
        data.output.poison()
        variant(&job, 0, 3)
        #expect(try data.check(data.output.start).passes)
    }

    @Test(arguments: [Backend.simd, .reference], [0, 64, 4 * 65 - 1])
    func oneSpoiltOutputIsCaught(_ backend: Backend, _ position: Int) throws {
        let ready = try #require(
            try Kernels.make(planned(.embedding(40, 65, 3, 4), backend), seed: 7) as? ArrayWorkload)
        #expect(ready.check().passes)
        for spoil in [{ _ in Float.nan }, { $0 + 0.001 }, { -$0 }] as [(Float) -> Float] {
            ready.tamper = { $0[position] = spoil($0[position]) }
            #expect(!ready.check().passes)
        }
    }

    /// Checked again after runs that went on to other sets of indices.
    @Test(arguments: [Backend.simd, .reference]) func theCheckHoldsAfterRuns(_ backend: Backend) throws {
        let ready = try Kernels.make(planned(.embedding(40, 8, 3, 4), backend), seed: 7)
        ready.run(iterations: 5)
        #expect(ready.check().passes)
    }

    @Test func thereAreSetsEnoughToMissTheCaches() {
        #expect(EmbeddingData.sets(lookups: 2048 * 20, rowBytes: 512) * 2048 * 20 * 512 >= 256 << 20)
        #expect(EmbeddingData.sets(lookups: 1, rowBytes: 4) <= (32 << 20) / 8)
        #expect(EmbeddingData.sets(lookups: 1 << 40, rowBytes: 4) == 1)
    }

    @Test func indicesStayInsideTheTableAndDoNotDependOnThreads() throws {
        let shape = EmbeddingShape(rows: 3, dimension: 2, bag: 5, batch: 7, distribution: .uniform)
        let one = try EmbeddingData(shape, WorkerPool(threads: 1, units: []), seed: 3)
        let three = try EmbeddingData(shape, WorkerPool(threads: 3, units: []), seed: 3)
        #expect(one.indices.elements.allSatisfy { (0..<3).contains($0) })
        #expect(one.indices.elements.elementsEqual(three.indices.elements))
        #expect(one.table.elements.elementsEqual(three.table.elements))
    }
}
