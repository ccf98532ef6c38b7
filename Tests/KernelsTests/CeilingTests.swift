import CKernels
import Model
import Testing

@testable import Kernels

private let supported = Kernels.instructionSets().filter(\.supported).map(\.name)

/// Those that `has` a variant and run here.
private func names(_ has: (Int32) -> Bool) -> [String] {
    supported.filter { name in (try? Variant.number(name)).map(has) ?? false }
}

@Suite(.serialized) struct StreamTests {
    @Test(arguments: names { assay_stream_variant($0, 0) != nil }, StreamKernel.allCases)
    func everyVariantIsExact(_ name: String, _ kernel: StreamKernel) throws {
        let shapes: [StreamKernel: (BufferShape) -> Shape] = [
            .copy: Shape.streamCopy, .scale: Shape.streamScale, .add: Shape.streamAdd, .triad: Shape.streamTriad,
        ]
        let make = try #require(shapes[kernel])
        for (place, bytes) in [8, 9, 64, 136, 8 * 1021, 1 << 16].enumerated() {
            let ready = try Kernels.make(
                planned(make(BufferShape(bytes: bytes)), .f64, .simd, threads: 1 + place % 3), seed: 4,
                options: KernelOptions(instructionSet: name))
            #expect(ready.implementation.reported == name)
            let check = ready.check()
            #expect(check.passes, "\(bytes) bytes: \(check)")
            #expect(check.compared == bytes / 8)
            #expect(ready.work.bytes == Double((kernel.usesThird ? 24 : 16) * (bytes / 8)))
        }
    }

    @Test(arguments: [0, 500, 1020]) func oneSpoiltElementIsCaught(_ position: Int) throws {
        let ready = try #require(
            try Kernels.make(planned(.streamTriad(BufferShape(bytes: 8 * 1021)), .f64, .simd), seed: 4)
                as? StreamArrays)
        ready.tamper = { $0[position] = $0[position].nextUp }
        #expect(ready.check().error == 1)
        ready.tamper = { $0[position] = .nan }
        #expect(!ready.check().passes)
    }
}

@Suite(.serialized) struct ReadTests {
    @Test(arguments: names { assay_read_variant($0) != nil }, [1, 2, 3])
    func everyVariantReadsEverything(_ name: String, _ threads: Int) throws {
        for bytes in [1024, 3000, 1 << 15, 100 << 10] {
            let shape = CacheShape(level: 1, bytes: bytes, capacity: 2 * bytes)
            let ready = try Kernels.make(
                planned(.cacheRead(shape), .f32, .simd, threads: threads), seed: 4,
                options: KernelOptions(instructionSet: name))
            #expect(ready.implementation.reported == name)
            #expect(ready.check().passes)
            let read = bytes / 1024 * 1024 * shape.passes * threads
            #expect(ready.work.bytes == Double(read))
            ready.run(iterations: 1)
        }
    }

    @Test func oneSpoiltFoldIsCaught() throws {
        let shape = CacheShape(level: 1, bytes: 1 << 14, capacity: 1 << 15)
        let ready = try #require(
            try Kernels.make(planned(.cacheRead(shape), .f32, .simd, threads: 2), seed: 4) as? CacheRead)
        ready.tamper = { $0[1] ^= 1 << 40 }
        #expect(ready.check().error == 2)
    }

    @Test func lessThanAStepIsRefused() {
        #expect(throws: KernelError.self) {
            try Kernels.make(
                planned(.cacheRead(CacheShape(level: 1, bytes: 1000, capacity: 1)), .f32, .simd), seed: 4)
        }
    }

    @Test(arguments: names { assay_gather_variant($0) != nil }, [DataType.f32, .bf16, .int8])
    func everyVariantGathersEveryRow(_ name: String, _ type: DataType) throws {
        for dimension in [1, 2, 3, 7, 8, 15, 16, 31, 33, 63, 64, 127, 128, 129] {
            let shape = EmbeddingShape(
                tables: [.init(rows: 61, bag: 5), .init(rows: 3, bag: 1)], dimension: dimension, batch: 9,
                distribution: .zipf, exponent: 1.05)
            let ready = try Kernels.make(
                planned(.rowGather(shape), type, .simd, threads: 1 + dimension % 3), seed: 4,
                options: KernelOptions(instructionSet: name))
            #expect(ready.implementation.reported == name)
            ready.run(iterations: 3)
            let check = ready.check()
            #expect(check.passes && check.compared == 54, "dimension \(dimension)")
        }
    }

    @Test func oneRowMoreOrLessIsCaught() throws {
        let shape = EmbeddingShape(rows: 50, dimension: 4, bag: 2, batch: 3)
        let ready = try #require(try Kernels.make(planned(.rowGather(shape), .f32, .simd), seed: 4) as? RowGather)
        #expect(ready.check().passes)
        ready.tamper = { $0 ^= 1 }
        #expect(!ready.check().passes)
    }
}

@Suite(.serialized) struct ChaseTests {
    /// Followed here, link by link, without any of the ranks.
    @Test(arguments: [1, 2, 3, 17, 1000, 65536, 65537]) func theLinesAreOneCycle(_ lines: Int) throws {
        let buffer = try Buffer<UInt64>(count: lines * 8)
        #expect(assay_chase_build(buffer.start, lines, 99) == 0)
        let start = UnsafeMutableRawPointer(buffer.start)
        var seen = Set<UnsafeMutableRawPointer>()
        var place = start
        repeat {
            seen.insert(place)
            place = try #require(assay_chase_follow(place, 1))
        } while place != start && seen.count <= lines
        #expect(seen.count == lines)
        #expect(assay_chase_follow(start, lines) == start)
        #expect(assay_chase_follow(start, 32 * lines) == start)
    }

    @Test(arguments: [64, 100, 64 * 3, 64 * 1009, 1 << 20]) func theCheckPasses(_ bytes: Int) throws {
        let ready = try Kernels.make(planned(.pointerChase(BufferShape(bytes: bytes)), .simd), seed: 4)
        #expect(ready.check().passes)
        ready.run(iterations: 3)
        #expect(ready.check().passes)
    }

    @Test func smallPagesAreSmall() throws {
        let shape = BufferShape(bytes: 8 << 20, pages: .small)
        let ready = try Kernels.make(planned(.pointerChase(shape), .simd), seed: 4)
        #expect(ready.check().passes)
        let pages = try #require(ready.pages)
        #expect(pages.hugeBytes == 0 && pages.bytes >= 7 << 20)
    }

    @Test(arguments: [0, 1, 999]) func oneSpoiltLinkIsCaught(_ index: Int) throws {
        let ready = try #require(
            try Kernels.make(planned(.pointerChase(BufferShape(bytes: 64_000)), .simd), seed: 4) as? Chase)
        // Two cycles, a link into the middle of a line, one out of the buffer.
        for spoil in [{ $0 }, { $0 + 8 }, { $0 + 64_000 }] as [(UnsafeMutableRawPointer) -> UnsafeMutableRawPointer] {
            var place: UnsafeMutablePointer<assay_link>?
            var held = assay_link()
            ready.tamper = { start in
                let link = (start + 64 * index).assumingMemoryBound(to: assay_link.self)
                (place, held) = (link, link.pointee)
                link.pointee.next = spoil(UnsafeMutableRawPointer(link))
            }
            #expect(!ready.check().passes)
            // Back before anything follows it.
            place?.pointee = held
            ready.tamper = nil
            #expect(ready.check().passes)
        }
    }

    @Test func itIsOneChainOnOneThread() {
        #expect(throws: KernelError.self) {
            try Kernels.make(planned(.pointerChase(BufferShape(bytes: 4096)), .simd, threads: 2), seed: 4)
        }
    }
}
