import Foundation
import Model
import TestSupport
import Testing

@Suite struct ModelTests {
    static let shapes: [(Kernel, Shape)] = [
        (.matmul, .matmul(MatmulShape(m: 1, n: 2, k: 3))),
        (
            .matmul,
            .matmul(
                MatmulShape(
                    m: 1, n: 2, k: 3, batch: 4, transposeA: true, transposeB: true, sourceType: .u8, resultType: .f32))
        ),
        (
            .convolution,
            .convolution(
                ConvolutionShape(
                    batch: 1, channels: 2, height: 3, width: 4, filters: 5, filterHeight: 2, filterWidth: 1, stride: 1,
                    padding: 0, direction: .backwardData, sourceType: .s8, resultType: .bf16))
        ),
        (
            .convolution,
            .convolution(
                ConvolutionShape(
                    batch: 1, channels: 2, height: 3, width: 4, filters: 5, filterHeight: 2, filterWidth: 1, stride: 1,
                    padding: 0))
        ),
        (.embedding, .embedding(EmbeddingShape(rows: 10, dimension: 4, bag: 2, batch: 3, distribution: .uniform))),
        (
            .embedding,
            .embedding(
                EmbeddingShape(
                    tables: [.init(rows: 10, bag: 2), .init(rows: 5, bag: 1, declaredRows: 9)], dimension: 4, batch: 3,
                    distribution: .zipf, exponent: 1.05, bags: .variable, isWeighted: true, direction: .backward))
        ),
        (.rowGather, .rowGather(EmbeddingShape(rows: 10, dimension: 4, bag: 2, batch: 3))),
        (.streamCopy, .streamCopy(BufferShape(bytes: 64))), (.streamScale, .streamScale(BufferShape(bytes: 64))),
        (.streamAdd, .streamAdd(BufferShape(bytes: 64))),
        (.cacheRead, .cacheRead(CacheShape(level: 2, bytes: 1024, capacity: 4096))),
        (.pointerChase, .pointerChase(BufferShape(bytes: 64, pages: .small))),
        (.peakCompute, .peak(PeakShape(instructionSet: "avx2"))),
        (.streamTriad, .streamTriad(BufferShape(bytes: 4096))), (.pointerChase, .pointerChase(BufferShape(bytes: 64))),
        (.peakCompute, .peakCompute), (.null, .null(NullShape(nanoseconds: 5, fault: .hang))),
    ]

    @Test func reportedIsABareValueOrItsReason() throws {
        let known = String(decoding: try JSON.line(["x": Reported<Int>.known(3)]), as: UTF8.self)
        let unknown = String(decoding: try JSON.line(["x": Reported<Int>.unknown("hidden")]), as: UTF8.self)
        #expect(known == "{\"x\":3}\n")
        #expect(unknown == "{\"x\":{\"unknown\":\"hidden\"}}\n")
        #expect(try JSON.decode([String: Reported<Int>].self, from: Data(known.utf8)) == ["x": .known(3)])
        #expect(try JSON.decode([String: Reported<Int>].self, from: Data(unknown.utf8)) == ["x": .unknown("hidden")])
    }

    @Test func casesSurviveJSON() throws {
        for (kernel, shape) in Self.shapes {
            let planned = SampleRun.plannedCase("x", kernel, shape)
            #expect(try JSON.decode(Case.self, from: try JSON.line(planned)) == planned)
            #expect(shape.kernel == kernel)
        }
    }

    /// What was written before there was a choice is read as what it was, and what is usual is written as before.
    @Test func plainShapesAreWrittenAsEver() throws {
        let planned = SampleRun.plannedCase("x", .matmul, .matmul(MatmulShape(m: 1, n: 2, k: 3)))
        let line = String(decoding: try JSON.line(planned), as: UTF8.self)
        #expect(line.contains(#""shape":{"k":3,"m":1,"n":2}"#), "\(line)")
        let old = line.replacingOccurrences(of: #""cache":"warm","#, with: "")
        #expect(old != line)
        #expect(try JSON.decode(Case.self, from: Data(old.utf8)) == planned)
    }

    @Test func operandsHaveTheirOwnTypes() throws {
        func types(_ shape: Shape, _ type: DataType) throws -> String {
            try shape.operandTypes(type).map(\.description) ?? "none"
        }
        let matmul = Shape.matmul(MatmulShape(m: 8, n: 8, k: 8))
        #expect(try types(matmul, .f64) == "f64→f64")
        #expect(try types(matmul, .bf16) == "bf16→f32")
        #expect(try types(matmul, .int8) == "s8→s32")
        var sizes = ConvolutionShape(
            batch: 1, channels: 1, height: 8, width: 8, filters: 1, filterHeight: 1, filterWidth: 1, stride: 1,
            padding: 0)
        #expect(try types(.convolution(sizes), .int8) == "u8·s8→u8")
        #expect(try types(.convolution(sizes), .bf16) == "bf16→bf16")
        sizes.direction = .backwardWeights
        #expect(try types(.convolution(sizes), .bf16) == "bf16→f32")
        let declared = Shape.matmul(MatmulShape(m: 8, n: 8, k: 8, sourceType: .u8))
        #expect(declared.typeName(.int8) == "u8·s8→s32" && declared.typeName(.f32) == "f32")
        #expect(try types(.peakCompute, .f32) == "none")
    }

    @Test func bytesAreThoseOfEachOperand() throws {
        let matmul = Shape.matmul(MatmulShape(m: 2, n: 3, k: 5, batch: 7))
        #expect(try matmul.work(.int8).bytes == 7 * (10 + 15 + 4 * 6))
        #expect(try matmul.work(.bf16).bytes == 7 * (2 * (10 + 15) + 4 * 6))
        #expect(try matmul.work(.f64).flops == 7 * 60)
        let sizes = ConvolutionShape(
            batch: 2, channels: 3, height: 5, width: 5, filters: 4, filterHeight: 3, filterWidth: 3, stride: 2,
            padding: 1, direction: .backwardWeights)
        // Source 2·3·25, destination 72 in bf16; weights 4·27 in f32.
        #expect(try Shape.convolution(sizes).work(.bf16).bytes == 2 * (150 + 72) + 4 * 108)
        #expect(try Shape.convolution(sizes).work(.bf16).flops == 72 * 27 * 2)
    }

    @Test func recordsAndEntriesSurviveJSON() throws {
        let outcomes: [ProcessRecord.Outcome] = [
            .completed(.timeCap), .failed("signal 9"), .skipped("no such library"), .interrupted,
        ]
        for outcome in outcomes {
            var record = SampleRun.record(
                SampleRun.matmul, process: 0, order: 0, work: Work(flops: 1, bytes: 2, lookups: 0, footprint: 3))
            record.outcome = outcome
            let entry = JournalEntry.process(record: record)
            #expect(try JSON.decode(JournalEntry.self, from: try JSON.line(entry)) == entry)
        }
        let header = SampleRun.header()
        #expect(try JSON.decode(RunHeader.self, from: try JSON.document(header)) == header)
    }

    @Test func problemsNameTheirPlace() throws {
        let text = #"{"bundle": [{"value": "no number"}]}"#
        struct Inner: Codable { var value: Int }
        do {
            _ = try JSON.decode([String: [Inner]].self, from: Data(text.utf8))
            Issue.record("no error")
        } catch {
            #expect(error.place == "bundle[0].value")
        }
    }

    @Test func workIsCounted() throws {
        let matmul = try Shape.matmul(MatmulShape(m: 2, n: 3, k: 5)).work(.f32)
        #expect(matmul.flops == 60)
        #expect(matmul.bytes == 4 * (10 + 15 + 6))
        let convolution = try Shape.convolution(
            ConvolutionShape(
                batch: 2, channels: 3, height: 5, width: 5, filters: 4, filterHeight: 3, filterWidth: 3, stride: 2,
                padding: 1)
        ).work(.f32)
        // Outputs 2·4·3·3 = 72, each of 27 multiply-adds.
        #expect(convolution.flops == 72 * 27 * 2)
        // Elements: input 2·3·25, weights 4·27, output 72.
        #expect(convolution.bytes == 4 * (150 + 108 + 72))
        let embedding = try Shape.embedding(
            EmbeddingShape(rows: 100, dimension: 8, bag: 4, batch: 2, distribution: .uniform)
        ).work(.f32)
        #expect(embedding.lookups == 8)
        // Rows 8·8·4 (table 100·8·4), sums 2·8·4, indices 8·8, offsets 2·8.
        #expect(embedding.bytes == 256 + 64 + 64 + 16)
        #expect(embedding.footprint == 3200 + 64 + 64 + 16)
    }

    @Test func lookupsAreCounted() throws {
        var shape = EmbeddingShape(rows: 100, dimension: 8, bag: 4, batch: 2)
        // Rows of int8 carry scale and bias; each value costs a multiply-add.
        let bytes = try Shape.embedding(shape).work(.int8)
        #expect(bytes.flops == 8 * 8 * 2)
        #expect(bytes.bytes == Double(8 * 16 + 2 * 8 * 4 + 64 + 16))
        #expect(bytes.footprint == 100 * 16 + 64 + 64 + 16)
        let gathered = try Shape.rowGather(shape).work(.int8)
        #expect(gathered.bytes == Double(8 * 16 + 64) && gathered.flops == 0 && gathered.lookups == 8)
        shape.isWeighted = true
        shape.direction = .backward
        let backward = try Shape.embedding(shape).work(.f32)
        // Rows read and written, gradients, indices with weights, offsets.
        #expect(backward.bytes == Double(2 * 8 * 32 + 64 + 8 * 12 + 16))
        #expect(backward.flops == 128)
        shape.tables.append(.init(rows: 10, bag: 1))
        #expect(try Shape.embedding(shape).work(.f32).lookups == 10)
    }

    @Test func streamIsCountedAsStreamCountsIt() throws {
        let buffer = BufferShape(bytes: 800)
        #expect(try Shape.streamCopy(buffer).work(.f64).bytes == 1600)
        #expect(try Shape.streamScale(buffer).work(.f64).flops == 100)
        #expect(try Shape.streamAdd(buffer).work(.f64).bytes == 2400)
        #expect(try Shape.streamTriad(buffer).work(.f64).flops == 200)
    }

    @Test func memoryPoliciesAreText() throws {
        let placement = Placement(policy: .allCores, processingUnits: [3], memory: .node(12), node: 1)
        let line = String(decoding: try JSON.line(placement), as: UTF8.self)
        #expect(line.contains(#""memory":"node:12""#) && line.contains(#""node":1"#))
        #expect(try JSON.decode(Placement.self, from: Data(line.utf8)) == placement)
        let old = #"{"policy": "firstCores", "processingUnits": [0], "memory": "local"}"#
        #expect(try JSON.decode(Placement.self, from: Data(old.utf8)).node == nil)
        for bad in ["node:", "node:-1", "node:99999999", "everywhere", ""] {
            #expect(throws: (any Error).self) {
                try JSON.decode(Placement.self, from: Data(old.replacing("local", with: bad).utf8))
            }
        }
    }

    @Test(arguments: [(1, 1), (3, 1), (3, 2), (7, 2), (2, 3), (5, 4)], [0, 1, 3, 9])
    func operationsOnPaddingAreKnown(filter: (edge: Int, stride: Int), padding: Int) {
        for size in 1...12 where size + 2 * padding >= filter.edge {
            let sizes = ConvolutionShape(
                batch: 2, channels: 3, height: size, width: 1, filters: 4, filterHeight: filter.edge, filterWidth: 1,
                stride: filter.stride, padding: padding)
            let columns = (0..<sizes.outputWidth).count { $0 * filter.stride == padding }
            let rows = (0..<sizes.outputHeight).reduce(0) { sum, output in
                sum + (0..<filter.edge).count { (0..<size).contains(output * filter.stride + $0 - padding) }
            }
            let all = sizes.outputHeight * filter.edge * sizes.outputWidth
            #expect(Shape.convolution(sizes).unpaddedShare == Double(rows * columns) / Double(all))
        }
        #expect(Shape.matmul(MatmulShape(m: 1, n: 2, k: 3)).unpaddedShare == 1)
    }

    /// ResNet-50 v1.5's 53 convolutions and its last layer: 4.089 GMAC an image.
    @Test func convolutionsOfResNet50Add() throws {
        typealias Layer = (c: Int, h: Int, k: Int, r: Int, stride: Int, padding: Int, count: Int)
        let layers: [Layer] = [
            (3, 224, 64, 7, 2, 3, 1), (64, 56, 64, 1, 1, 0, 1), (64, 56, 64, 3, 1, 1, 3), (64, 56, 256, 1, 1, 0, 4),
            (256, 56, 64, 1, 1, 0, 2), (256, 56, 128, 1, 1, 0, 1), (128, 56, 128, 3, 2, 1, 1),
            (128, 28, 512, 1, 1, 0, 4), (256, 56, 512, 1, 2, 0, 1), (512, 28, 128, 1, 1, 0, 3),
            (128, 28, 128, 3, 1, 1, 3), (512, 28, 256, 1, 1, 0, 1), (256, 28, 256, 3, 2, 1, 1),
            (256, 14, 1024, 1, 1, 0, 6), (512, 28, 1024, 1, 2, 0, 1), (1024, 14, 256, 1, 1, 0, 5),
            (256, 14, 256, 3, 1, 1, 5), (1024, 14, 512, 1, 1, 0, 1), (512, 14, 512, 3, 2, 1, 1),
            (512, 7, 2048, 1, 1, 0, 3), (1024, 14, 2048, 1, 2, 0, 1), (2048, 7, 512, 1, 1, 0, 2),
            (512, 7, 512, 3, 1, 1, 2),
        ]
        var total = 2048.0 * 1000
        for (c, h, k, r, stride, padding, count) in layers {
            let shape = ConvolutionShape(
                batch: 1, channels: c, height: h, width: h, filters: k, filterHeight: r, filterWidth: r,
                stride: stride, padding: padding)
            total += try Shape.convolution(shape).work(.f32).flops / 2 * Double(count)
        }
        #expect(abs(total / 1e9 - 4.089) < 0.0005)
    }

    /// Sizes come from files, too: nothing may trap on them before they are checked.
    @Test func sizesThatNothingHasDoNotTrap() {
        for size in [Int.min, -1, 0, 1, .max] {
            let shape = EmbeddingShape(rows: size, dimension: size, bag: size, batch: size)
            for type in DataType.allCases {
                _ = shape.rowBytes(type)
                _ = shape.capped(toBytes: 1e9, type)
                _ = try? Shape.embedding(shape).work(type)
                _ = try? Shape.rowGather(shape).work(type)
                _ = try? Shape.cacheRead(CacheShape(level: size, bytes: size, capacity: size)).work(type)
                for stream in [Shape.streamCopy, Shape.streamScale, Shape.streamAdd, Shape.pointerChase] {
                    _ = try? stream(BufferShape(bytes: size)).work(type)
                }
            }
            _ = shape.scale
        }
        #expect(throws: ShapeError.self) {
            try Shape.embedding(EmbeddingShape(tables: [], dimension: 1, batch: 1)).work(.f32)
        }
    }

    @Test func overflowIsRefused() {
        let shapes: [Shape] = [
            .matmul(MatmulShape(m: .max, n: 2, k: 2)), .matmul(MatmulShape(m: 1 << 31, n: 1 << 31, k: 1 << 31)),
            .matmul(MatmulShape(m: 1 << 20, n: 1 << 20, k: 1, batch: 1 << 24)),
            .streamTriad(BufferShape(bytes: .max)),
            .embedding(EmbeddingShape(rows: 1 << 60, dimension: 128, bag: 1, batch: 1, distribution: .uniform)),
            .convolution(
                ConvolutionShape(
                    batch: 1, channels: 1, height: 8, width: 8, filters: 1, filterHeight: 1, filterWidth: 1, stride: 1,
                    padding: .max)),
        ]
        for shape in shapes {
            #expect(throws: ShapeError.overflow) { try shape.work(.f64) }
        }
    }

    @Test func notANumberNeverPasses() {
        #expect(!Check(error: .nan, bound: 1, compared: 1, coverage: "").passes)
        #expect(!Check(error: .infinity, bound: 1, compared: 1, coverage: "").passes)
        #expect(Check(error: 1, bound: 1, compared: 1, coverage: "").passes)
    }

    @Test func digestIsSHA256() {
        #expect(
            Digest.sha256(Data("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest.identity(of: "abc") == "ba7816bf8f01")
    }
}
