import CKernels
import Model
import Statistics
import Testing

@testable import Kernels

/// Instruction sets that have an embedding lookup of their own and run here.
private let supported = Kernels.instructionSets().filter(\.supported).map(\.name).filter { name in
    (try? Variant.number(name)).map { assay_embedding_variant($0, 0) != nil } ?? false
}
private let types: [DataType] = [.f32, .bf16, .int8]

private func table(_ rows: Int, _ bag: Int) -> EmbeddingShape.Table { EmbeddingShape.Table(rows: rows, bag: bag) }

@Suite(.serialized) struct EmbeddingTests {
    /// Every width up to three registers and more, so that each tail is met, and widths of several passes.
    static let dimensions = Array(1...70) + [96, 127, 128, 129, 192, 250, 257]

    private func check(_ shape: Shape, _ type: DataType, _ name: String, threads: Int) throws -> Check {
        let ready = try Kernels.make(
            planned(shape, type, .simd, threads: threads), seed: 7, options: KernelOptions(instructionSet: name))
        #expect(ready.implementation.reported == name)
        return ready.check()
    }

    @Test(arguments: supported, types) func everyVariantAgrees(_ name: String, _ type: DataType) throws {
        for dimension in Self.dimensions {
            let check = try check(
                .embedding(97, dimension, 1 + dimension % 7, 5), type, name, threads: 1 + dimension % 3)
            #expect(check.passes, "dimension \(dimension): \(check)")
        }
    }

    @Test(arguments: supported, types) func weightsAndBagsOfAnySizeAgree(_ name: String, _ type: DataType) throws {
        for dimension in [1, 3, 8, 17, 33, 64, 127, 128] {
            for exponent in [nil, 1.05] {
                let shape = Shape.embedding(
                    [table(97, 4)], dimension, 11, zipf: exponent, bags: .variable, weighted: true)
                let check = try check(shape, type, name, threads: 2)
                #expect(check.passes, "dimension \(dimension), \(check)")
            }
        }
    }

    @Test(arguments: 1...8, types) func threadsAgree(_ threads: Int, _ type: DataType) throws {
        // One bag, fewer bags than threads, and more; several tables at once.
        for batch in [1, 3, 29] {
            let shape = Shape.embedding([table(31, 3), table(1, 1), table(1009, 5)], 37, batch, bags: .variable)
            let ready = try Kernels.make(planned(shape, type, .simd, threads: threads), seed: 3)
            let check = ready.check()
            #expect(check.passes, "\(batch) bags: \(check)")
            #expect(check.compared == 3 * batch * 37)
        }
    }

    /// Sixty shapes at random, one of each kind of everything.
    @Test(arguments: supported) func shapesAtRandomAgree(_ name: String) throws {
        var generator = SeededGenerator(seed: 21)
        func number(_ most: UInt64) -> Int { Int(generator.below(most)) + 1 }
        for _ in 0..<60 {
            let tables = (0..<number(3)).map { _ in table(number(300), number(12)) }
            let shape = Shape.embedding(
                tables, number(300), number(40), zipf: number(2) == 1 ? nil : Double(number(30)) / 10,
                bags: number(2) == 1 ? .fixed : .variable, weighted: number(2) == 1)
            let type = types[number(3) - 1]
            let check = try check(shape, type, name, threads: number(4))
            #expect(check.passes, "\(shape), \(type): \(check)")
        }
    }

    @Test func bagsWithoutLookupsGiveZeros() throws {
        let pool = try WorkerPool(threads: 1, units: [])
        let shape = EmbeddingShape(rows: 50, dimension: 9, bag: 1, batch: 200, bags: .variable)
        for type in types {
            let data = try EmbeddingData(shape, type, pool, seed: 5)
            let computation = try SimdEmbedding(data, pool, instructionSet: nil)
            computation.poison()
            computation.run(iterations: 1)
            let offsets = data.tables[0].offsets.start
            let empty = (0..<200).filter { offsets[$0] == offsets[$0 + 1] }
            #expect(empty.count > 30)
            #expect(empty.allSatisfy { bag in (0..<9).allSatisfy { data.output.start[bag * 9 + $0] == 0 } })
        }
    }

    /// All add in the order of the bag, so they agree to the last bit where nothing is multiplied.
    @Test(arguments: supported, [DataType.f32, .bf16])
    func everyVariantEqualsPortable(_ name: String, _ type: DataType) throws {
        let rowType = try #require(type.rowType)
        let variant = try #require(assay_embedding_variant(try Variant.number(name), rowType))
        let portable = try #require(assay_embedding_variant(try Variant.number("portable"), rowType))
        let pool = try WorkerPool(threads: 1, units: [])
        for dimension in Self.dimensions {
            let shape = EmbeddingShape(rows: 61, dimension: dimension, bag: 9, batch: 4)
            let data = try EmbeddingData(shape, type, pool, seed: 8)
            let expected = try Buffer<Float>(count: data.output.count)
            data.output.poison()
            var job = data.tables[0].job(data.output.start)
            variant(&job, 0, 4)
            job.output = expected.start
            portable(&job, 0, 4)
            #expect(data.output.elements.elementsEqual(expected.elements), "dimension \(dimension)")
        }
    }

    @Test(arguments: [Backend.simd, .reference], [0, 64, 4 * 65 - 1])
    func oneSpoiltOutputIsCaught(_ backend: Backend, _ position: Int) throws {
        for type in types {
            let ready = try #require(
                try Kernels.make(planned(.embedding(40, 65, 3, 4), type, backend), seed: 7) as? ArrayWorkload)
            #expect(ready.check().passes)
            for spoil in [{ _ in Float.nan }, { $0 + 0.001 }, { -$0 }] as [(Float) -> Float] {
                ready.tamper = { $0[position] = spoil($0[position]) }
                #expect(!ready.check().passes)
            }
        }
    }

    /// A kernel that used the scale of another row, or no bias, would differ by far more than the bound.
    @Test func oneSpoiltScaleIsCaught() throws {
        let pool = try WorkerPool(threads: 1, units: [])
        let shape = EmbeddingShape(rows: 5, dimension: 12, bag: 3, batch: 4)
        let data = try EmbeddingData(shape, .int8, pool, seed: 5)
        let computation = try SimdEmbedding(data, pool, instructionSet: nil)
        computation.run(iterations: 1)
        #expect(try data.check(data.output.start).passes)
        let row = Int(data.tables[0].indices.start[0])
        let scale = UnsafeMutableRawPointer(data.tables[0].rows.start + row * 20 + 12)
        scale.storeBytes(of: scale.loadUnaligned(as: Float.self) * 1.00001, as: Float.self)
        #expect(try !data.check(data.output.start).passes)
    }

    /// Checked again after runs that went on to other sets of indices.
    @Test(arguments: [Backend.simd, .reference]) func theCheckHoldsAfterRuns(_ backend: Backend) throws {
        let shape = Shape.embedding([table(40, 3), table(7, 1)], 8, 4, bags: .variable, weighted: true)
        let ready = try Kernels.make(planned(shape, .f32, backend), seed: 7)
        ready.run(iterations: 5)
        #expect(ready.check().passes)
    }

    @Test func pagesAreTold() throws {
        let ready = try Kernels.make(planned(.embedding(200_000, 8, 3, 4), .simd), seed: 7)
        let pages = try #require(ready.pages)
        #expect(pages.bytes >= 200_000 * 32 * 9 / 10)
        #expect((0...pages.bytes).contains(pages.hugeBytes))
    }
}

@Suite(.serialized) struct EmbeddingDataTests {
    @Test func thereAreSetsEnoughToMissTheCaches() {
        #expect(EmbeddingData.sets(lookups: 2048 * 20, rowBytes: 512) * 2048 * 20 * 512 >= 256 << 20)
        #expect(EmbeddingData.sets(lookups: 1, rowBytes: 4) <= (32 << 20) / 8)
        #expect(EmbeddingData.sets(lookups: 1 << 40, rowBytes: 4) == 1)
    }

    @Test func nothingDependsOnThreads() throws {
        let shape = EmbeddingShape(
            rows: 3, dimension: 5, bag: 5, batch: 7, distribution: .zipf, exponent: 1.05, bags: .variable,
            isWeighted: true)
        for type in types {
            let one = try EmbeddingData(shape, type, WorkerPool(threads: 1, units: []), seed: 3).tables[0]
            let three = try EmbeddingData(shape, type, WorkerPool(threads: 3, units: []), seed: 3).tables[0]
            #expect(one.indices.elements.allSatisfy { (0..<3).contains($0) })
            #expect(one.indices.elements.elementsEqual(three.indices.elements))
            #expect(one.offsets.elements.elementsEqual(three.offsets.elements))
            #expect(one.weights.elements.elementsEqual(three.weights.elements))
            #expect(one.rows.elements.elementsEqual(three.rows.elements))
        }
    }

    @Test func tablesDifferFromEachOther() throws {
        let shape = EmbeddingShape(tables: [table(50, 4), table(50, 4)], dimension: 3, batch: 6)
        let data = try EmbeddingData(shape, .f32, WorkerPool(threads: 1, units: []), seed: 3)
        #expect(!data.tables[0].rows.elements.elementsEqual(data.tables[1].rows.elements))
        #expect(!data.tables[0].indices.elements.elementsEqual(data.tables[1].indices.elements))
    }

    @Test func rowsAreWhatTheyAreSaidToBe() throws {
        let pool = try WorkerPool(threads: 1, units: [])
        for type in types {
            let shape = EmbeddingShape(rows: 300, dimension: 11, bag: 1, batch: 1)
            let data = try EmbeddingData(shape, type, pool, seed: 4)
            let rows = Rows(data.tables[0].rows.start, type, shape: shape)
            var values: [Double] = []
            for row in 0..<300 {
                let sums = try Buffer<Exact>(count: 11)
                rows.add(row, weight: 1, to: sums.start)
                values += sums.elements.map(\.value)
            }
            #expect(values.allSatisfy { (-1...1).contains($0) })
            #expect(abs(values.reduce(0, +) / Double(values.count)) < 0.05, "\(type)")
            #expect(Set(values).count > values.count / 8, "\(type)")
        }
    }
}
