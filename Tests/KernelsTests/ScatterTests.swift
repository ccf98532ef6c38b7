import CKernels
import Model
import Testing

@testable import Kernels

private let supported = Kernels.instructionSets().filter(\.supported).map(\.name).filter { name in
    (try? Variant.number(name)).map { assay_scatter_variant($0) != nil } ?? false
}

private func backward(_ rows: Int, _ dimension: Int, _ batch: Int, weighted: Bool, tables: Int = 1) -> Shape {
    .embedding(
        (0..<tables).map { EmbeddingShape.Table(rows: rows + $0, bag: 4) }, dimension, batch, zipf: 1.05,
        bags: .variable, weighted: weighted, direction: .backward)
}

@Suite(.serialized) struct ScatterTests {
    @Test(arguments: supported, [false, true]) func everyVariantAgrees(_ name: String, _ weighted: Bool) throws {
        for dimension in Array(1...40) + [127, 128, 129, 257] {
            let ready = try Kernels.make(
                planned(backward(29, dimension, 9, weighted: weighted), .f32, .simd), seed: 7,
                options: KernelOptions(instructionSet: name))
            #expect(ready.implementation.reported == name)
            let check = ready.check()
            #expect(check.passes, "dimension \(dimension): \(check)")
        }
    }

    @Test(arguments: 1...8) func threadsDoNotChangeABit(_ threads: Int) throws {
        let shape = EmbeddingShape(
            tables: [.init(rows: 40, bag: 6)], dimension: 19, batch: 50, distribution: .zipf, exponent: 1.2,
            isWeighted: true, direction: .backward)
        let work = try Shape.embedding(shape).work(.f32)
        var tables: [[UInt8]] = []
        for count in [1, threads] {
            let pool = try WorkerPool(threads: count, units: [])
            let data = try EmbeddingData(shape, .f32, pool, seed: 5)
            let scatter = try Scatter(data, work: work, pool, seed: 5, instructionSet: nil)
            scatter.run(iterations: 3)
            tables.append(Array(data.tables[0].rows.elements))
        }
        #expect(tables[0] == tables[1])
    }

    @Test func severalTablesAndAFreshStart() throws {
        let ready = try Kernels.make(
            planned(backward(13, 7, 21, weighted: true, tables: 3), .f32, .simd, threads: 3), seed: 9)
        #expect(ready.check().passes)
        ready.run(iterations: 4)
        #expect(ready.check().passes, "the check starts from the first values again")
    }

    /// A row that was added to, in any of its columns, and one that nobody asked for.
    @Test func oneSpoiltValueIsCaught() throws {
        let shape = EmbeddingShape(rows: 400, dimension: 6, bag: 2, batch: 40, direction: .backward)
        let ready = try #require(try Kernels.make(planned(.embedding(shape), .f32, .simd), seed: 2) as? Scatter)
        #expect(ready.check().passes)
        let pool = try WorkerPool(threads: 1, units: [])
        let asked = Int(try EmbeddingData(shape, .f32, pool, seed: 2).tables[0].indices.start[0])
        for place in [asked * 6, asked * 6 + 5, (asked + 1) % 400 * 6, (asked + 399) % 400 * 6 + 2] {
            ready.tamper = { $0[place] += 0.001 }
            #expect(!ready.check().passes, "place \(place)")
        }
        ready.tamper = { $0[asked * 6] = .nan }
        #expect(!ready.check().passes)
    }

    @Test func onlyInSinglePrecision() {
        for type in [DataType.bf16, .int8] {
            #expect(throws: KernelError.self) {
                try Kernels.make(planned(backward(9, 4, 3, weighted: false), type, .simd), seed: 1)
            }
        }
    }
}
