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

    /// Every set of x86 that `--isa` takes is a level of the libraries too.
    @Test func everySetOfX86IsALevel() {
        let levels = ["sse2", "avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx"]
            .map { InstructionLevel(instructionSet: $0) }
        #expect(levels == InstructionLevel.allCases)
        #if arch(x86_64)
            for set in Kernels.instructionSets() where set.supported {
                #expect(InstructionLevel(instructionSet: set.name) != nil, "\(set.name)")
            }
        #endif
    }

    /// oneDNN's own numbers for what `--isa` names, which differ between its majors, and its names for what they allow.
    @Test func oneDNNHasItsOwnNumbers() {
        #expect(OneDNNLibrary.mask(.avxVNNI, major: 2) == 0x407 && OneDNNLibrary.mask(.avxVNNI, major: 3) == 0xf)
        #expect(OneDNNLibrary.mask(.avx512Float16, major: 3) == 0x1ef)
        #expect(OneDNNLibrary.mask(.avx512Float16, major: 2) == OneDNNLibrary.mask(.avx512BFloat16, major: 2))
        #expect(OneDNNLibrary.mask(.amx, major: 3) == nil)
        for (bits, name) in [
            (0x407, "avx2_vnni"), (0xf, "avx2_vnni"), (0x7, "avx2"), (0xe7, "avx512_core_bf16"),
            (0x1ef, "avx512_core_fp16"), (0xfef, "avx512_core_amx"), (0x3e7, "avx512_core_amx"),
        ] as [(Int32, String)] {
            #expect(OneDNNLibrary.name(bits) == name)
        }
    }

    /// Levels that the processor or the library does not have come to the best below them, and that is told.
    @Test(.enabled(if: hasAVX512, "needs a processor with AVX-512")) func oneDNNIsKeptBelowHalfPrecision() async {
        for library in OneDNN.present {
            let path = library.options.libraries[.onednn] ?? ""
            for level in ["avx_vnni", "avx512_fp16"] {
                await #expect(processExitsWith: .success) { [path = path as String, level = level as String] in
                    let options = KernelOptions(libraries: [.onednn: path], instructionSet: level)
                    let oneDNN = try OneDNNLibrary(options: options)
                    try oneDNN.limit(to: level)
                    let set = try #require(oneDNN.instructionSet)
                    let allowed = level == "avx_vnni" ? ["avx2", "avx2_vnni"] : ["avx512_core", "avx512_core_vnni"]
                    #expect(
                        (allowed + (level == "avx_vnni" ? [] : ["avx512_core_bf16", "avx512_core_fp16"]))
                            .contains(set), "\(set)")
                }
            }
        }
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

    /// Below VNNI pairs of products are added in 16 bits; our inputs leave them room, so that nothing saturates.
    @Test func integersAreExactOnEveryInstructionSet() async {
        for library in OneDNN.present {
            let path = library.options.libraries[.onednn] ?? ""
            for set in ["portable", "avx2", "avx512f"] where Kernels.instructionSet(named: set)?.supported == true {
                await #expect(processExitsWith: .success) { [path = path as String, set = set as String] in
                    let options = KernelOptions(libraries: [.onednn: path], instructionSet: set)
                    let way = Way(backend: .onednn, options: options)
                    let sizes = ConvolutionShape(
                        batch: 1, channels: 64, height: 9, width: 9, filters: 48, filterHeight: 3, filterWidth: 3,
                        stride: 1, padding: 1)
                    for types in Types.forward where types.type == .int8 {
                        let made = try ready(.convolution(sizes.typed(types)), types, way, mayRefuse: true)
                        if let made { #expect(made.check().passes, "\(types) by \(made.implementation.reported)") }
                    }
                    for types in Types.matmul where types.type == .int8 {
                        let made = try ready(.matmul(MatmulShape(m: 70, n: 66, k: 129).typed(types)), types, way)
                        if let made { #expect(made.check().passes, "\(types) by \(made.implementation.reported)") }
                    }
                }
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
