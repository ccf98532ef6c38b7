import CKernels
import Model
import Testing

@testable import Kernels

private let all = Kernels.instructionSets()
private let types: [DataType] = [.f64, .f32, .f16, .bf16, .int8]

private func loop(_ name: String, _ type: DataType) throws -> assay_peak_variant {
    assay_peak_variant_for(try Variant.number(name), type.peakType)
}

private func make(_ name: String?, _ type: DataType, threads: Int = 1, most: String? = nil) throws -> any Runnable {
    try Kernels.make(
        planned(.peak(PeakShape(instructionSet: name)), type, .simd, threads: threads), seed: 4,
        options: KernelOptions(instructionSet: most))
}

/// Why a loop is not to be had; empty where it is.
private func reason(_ name: String?, _ type: DataType, most: String? = nil) -> String {
    do {
        _ = try make(name, type, most: most)
        return ""
    } catch {
        guard case .unavailable(let reason)? = error as? KernelError else { return "failed, which it must not" }
        return reason
    }
}

@Suite(.serialized) struct PeakTests {
    @Test(arguments: all.filter(\.supported).map(\.name), types)
    func everyLoopComputesTheModel(_ name: String, _ type: DataType) throws {
        let variant = try loop(name, type)
        guard variant.function != nil else {
            #expect(reason(name, type).contains("\(name) does not multiply \(type.rawValue)"))
            return
        }
        for threads in 1...2 {
            let ready = try make(name, type, threads: threads)
            #expect(ready.implementation.reported == name)
            let check = ready.check()
            #expect(check.passes, "\(check)")
            let products = Int(variant.chains * variant.lanes * variant.terms)
            #expect(ready.work.flops == Double(2 * products * Shape.peakSteps * threads))
        }
    }

    @Test(arguments: all.filter { !$0.supported }.map(\.name)) func whatIsNotHereIsSkippedWithTheReason(_ name: String)
    {
        for type in types {
            #expect(reason(name, type).contains("this processor") || reason(name, type).contains("operating system"))
        }
    }

    @Test(arguments: types) func theBestIsTakenAndTheLimitIsKept(_ type: DataType) throws {
        let able = try all.filter { $0.supported }.map(\.name).filter { try loop($0, type).function != nil }
        guard let best = able.first else {
            #expect(reason(nil, type).contains("nothing here multiplies \(type.rawValue)"))
            return
        }
        #expect(try make(nil, type).implementation.reported == best)
        for most in all.filter(\.supported).map(\.name) {
            let limit = try Variant.number(most)
            let below = try able.filter { assay_isa_includes(limit, try Variant.number($0)) != 0 }
            if let expected = below.first {
                #expect(try make(nil, type, most: most).implementation.reported == expected)
            } else {
                #expect(reason(nil, type, most: most).contains("nothing here multiplies"))
            }
        }
        #expect(reason(best, type, most: "portable").contains("above portable") || best == "portable")
    }

    @Test func unknownNamesAreRefused() {
        #expect(reason("avx9000", .f32).contains("known: amx"))
    }

    @Test func oneSpoiltLaneIsCaught() throws {
        let ready = try #require(try make(nil, .f32, threads: 2) as? Peak)
        ready.tamper = { sums in
            let lane = (sums + Int(ASSAY_PEAK_SUMS)).assumingMemoryBound(to: Float.self) + 3
            lane.pointee = lane.pointee.nextUp
        }
        #expect(ready.check().error == 1)
        ready.tamper = { $0.assumingMemoryBound(to: Float.self).pointee = .nan }
        #expect(!ready.check().passes)
    }

    /// Each set contains what it is built upon, nothing contains what is above it, and portable is in all of them.
    @Test func instructionSetsAreInOrder() throws {
        func includes(_ one: String, _ other: String) throws -> Bool {
            assay_isa_includes(try Variant.number(one), try Variant.number(other)) != 0
        }
        for set in all {
            #expect(try includes(set.name, set.name) && includes(set.name, "portable"))
            for other in all where other != set {
                #expect(try !(includes(set.name, other.name) && includes(other.name, set.name)))
            }
        }
        #expect(try includes("amx", "avx512_bf16") && includes("amx", "avx2") && !includes("avx512f", "avx512_vnni"))
        #expect(try includes("i8mm", "bf16") && !includes("asimd", "asimddp") && !includes("amx", "asimd"))
    }
}
