import Glibc
import Model
import Testing

@testable import Kernels

/// Instruction sets are chosen for a whole process, so each of these has one to itself.
@Suite struct InstructionSetTests {
    private static let hasAVX512 = Kernels.instructionSet(named: "avx512f")?.supported == true

    @Test func namesOfPeopleAreKnown() {
        #expect(Kernels.instructionSet(named: "AVX512")?.name == "avx512f")
        #expect(Kernels.instructionSet(named: "portable")?.supported == true)
        #expect(Kernels.instructionSet(named: "avx9000") == nil)
        #expect(InstructionLevel(instructionSet: "avx512_bf16") == .avx512BFloat16)
        #expect(InstructionLevel(instructionSet: "asimd") == nil)
    }

    /// A kernel without a variant for the set that is asked for takes the best below it, never one above.
    @Test func theBestUpToItIsChosen() throws {
        let all = Variant.all
        for (index, asked) in all.enumerated() where asked.name != "portable" && Variant.supported(asked.isa) {
            let chosen = try Variant.choose(asked.name) { $0 == asked.isa ? nil : Optional($0) }
            let place = try #require(all.firstIndex { $0.name == chosen.name })
            #expect(place > index)
        }
    }

    @Test(.enabled(if: hasAVX512, "needs a processor with AVX-512")) func oneDNNIsKeptToAVX2() async {
        for library in OneDNN.present {
            let path = library.options.libraries[.onednn] ?? ""
            await #expect(processExitsWith: .success) { [path = path as String] in
                let options = KernelOptions(libraries: [.onednn: path], instructionSet: "avx2")
                let ready = try Kernels.make(planned(.matmul(64, 64, 64), .onednn), seed: 5, options: options)
                #expect(ready.implementation.reported.contains("avx2"), "\(ready.implementation.reported)")
                #expect(ready.check().passes)
            }
        }
    }

    @Test(.enabled(if: hasAVX512, "needs a processor with AVX-512")) func aLibraryThatDidNotHearIsNotMeasured() throws {
        // This process loaded OpenBLAS without the variable that would keep it to SSE.
        let plain = try Kernels.make(planned(.matmul(8, 8, 8), .cblas), seed: 5)
        try #require(plain.implementation.library == "OpenBLAS")
        #expect(throws: KernelError.self) {
            try Kernels.make(
                planned(.matmul(8, 8, 8), .cblas), seed: 5, options: KernelOptions(instructionSet: "portable"))
        }
    }

    @Test func openBLASIsKeptToAVX2() async {
        await #expect(processExitsWith: .success) {
            setenv("OPENBLAS_CORETYPE", "Haswell", 1)
            let ready = try Kernels.make(
                planned(.matmul(64, 64, 64), .cblas), seed: 5, options: KernelOptions(instructionSet: "avx2"))
            #expect(ready.implementation.reported == "Haswell")
            #expect(ready.check().passes)
        }
    }
}
