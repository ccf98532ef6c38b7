import CKernels
import Model
import Testing

@testable import Kernels

private let supported = Kernels.instructionSets().filter(\.supported).map(\.name)

@Suite(.serialized) struct TriadTests {
    @Test(arguments: supported, [1, 2, 3])
    func everyVariantIsExact(_ name: String, _ threads: Int) throws {
        for bytes in [8, 9, 64, 136, 8 * 1021, 1 << 16] {
            let ready = try Kernels.make(
                planned(.streamTriad(BufferShape(bytes: bytes)), .f64, .simd, threads: threads), seed: 4,
                options: KernelOptions(instructionSet: name))
            #expect(ready.implementation.reported == name)
            let check = ready.check()
            #expect(check.passes, "\(bytes) bytes: \(check)")
            #expect(check.compared == bytes / 8)
        }
    }

    @Test(arguments: [0, 500, 1020]) func oneSpoiltElementIsCaught(_ position: Int) throws {
        let ready = try #require(
            try Kernels.make(planned(.streamTriad(BufferShape(bytes: 8 * 1021)), .f64, .simd), seed: 4) as? Triad)
        ready.tamper = { $0[position] = $0[position].nextUp }
        #expect(ready.check().error == 1)
        ready.tamper = { $0[position] = .nan }
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

@Suite(.serialized) struct PeakTests {
    @Test(arguments: supported, [1, 2, 3])
    func everyVariantComputesTheModel(_ name: String, _ threads: Int) throws {
        let ready = try Kernels.make(
            planned(.peakCompute, .simd, threads: threads), seed: 4, options: KernelOptions(instructionSet: name))
        #expect(ready.implementation.reported == name)
        let check = ready.check()
        #expect(check.passes, "\(check)")
        let lanes = check.compared / threads
        #expect(ready.work.flops == Double(2 * lanes * Shape.peakSteps * threads))
    }

    @Test func oneSpoiltLaneIsCaught() throws {
        let ready = try #require(try Kernels.make(planned(.peakCompute, .simd, threads: 2), seed: 4) as? Peak)
        ready.tamper = { $0[1024 + 3] = $0[1024 + 3].nextUp }
        #expect(ready.check().error == 1)
        ready.tamper = { $0[0] = .nan }
        #expect(!ready.check().passes)
    }
}
