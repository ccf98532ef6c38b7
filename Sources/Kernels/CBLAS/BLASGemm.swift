import CBLAS
import DynamicLibrary
import Model

/// The function of a CBLAS for one combination of types.
enum BLASGemm {
    case f64(assay_cblas_dgemm)
    case f32(assay_cblas_sgemm)
    case bf16(assay_cblas_sbgemm)
    case int8(assay_cblas_gemm_s8u8s32)
}

extension BLASLibrary {
    /// - Throws: `KernelError.unavailable` where the library has none: another type would be another measurement.
    func gemm(_ types: OperandTypes) throws(KernelError) -> BLASGemm {
        let who = "\(implementation.library) \(implementation.version)"
        switch (types.left, types.right, types.result) {
        case (.f32, .f32, .f32):
            if let found = library.optional("cblas_sgemm", as: assay_cblas_sgemm.self) { return .f32(found) }
        case (.f64, .f64, .f64):
            if let found = library.optional("cblas_dgemm", as: assay_cblas_dgemm.self) { return .f64(found) }
        case (.bf16, .bf16, .f32):
            for name in ["cblas_sbgemm", "cblas_gemm_bf16bf16f32"] {
                if let found = library.optional(name, as: assay_cblas_sbgemm.self) { return .bf16(found) }
            }
        case (.u8, .s8, .s32):
            if let found = library.optional("cblas_gemm_s8u8s32", as: assay_cblas_gemm_s8u8s32.self) {
                return .int8(found)
            }
        default: throw .unavailable("CBLAS has no product \(types)")
        }
        throw .unavailable("\(who) has no product \(types)")
    }
}
