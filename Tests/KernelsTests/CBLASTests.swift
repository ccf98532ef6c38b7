import Model
import Testing

@testable import Kernels

@Suite struct CBLASTests {
    @Test func theKernelsOfMKLAreKnownByTheirFile() {
        #expect(MKLKernels.kernels("/opt/mkl/libmkl_avx512.so.2") == "avx512")
        #expect(MKLKernels.kernels("libmkl_def.so.3") == "def")
        for other in ["/opt/mkl/libmkl_rt.so.2", "/opt/mkl/libmkl_vml_avx2.so.2", "/lib/libavx2.so", ""] {
            #expect(MKLKernels.kernels(other) == nil)
        }
    }

    @Test func typesThatALibraryLacksAreNamed() throws {
        let library = try BLASLibrary(options: KernelOptions())
        let types = OperandTypes(left: .s8, right: .s8, result: .s32)
        do throws(KernelError) {
            _ = try library.gemm(types)
            Issue.record("a product of s8 and s8")
        } catch {
            #expect(error == .unavailable("CBLAS has no product s8→s32"))
        }
    }

    /// Sizes and distances between rows are 32-bit: a larger one is refused before anything is allocated.
    @Test func sizesBeyond32BitsAreRefused() {
        let shape = Shape.matmul(1 << 32, 1, 1)
        #expect(throws: KernelError.self) { try Kernels.make(planned(shape, .cblas), seed: 1) }
    }
}
