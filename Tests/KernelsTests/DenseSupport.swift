import Foundation
import Model
import Testing

@testable import Kernels

/// A way to compute a product or a convolution that tests go through.
struct Way: Sendable, CustomTestStringConvertible {
    var backend: Backend
    var options = KernelOptions()
    var testDescription: String { options.libraries[backend] ?? backend.rawValue }

    static let all = oneDNN + [Way(backend: .cblas), Way(backend: .reference)] + otherCBLAS
    /// Files of other CBLAS to test, BLIS or MKL, in ASSAY_TEST_CBLAS with colons between them.
    static let otherCBLAS = (ProcessInfo.processInfo.environment["ASSAY_TEST_CBLAS"] ?? "").split(separator: ":")
        .map { Way(backend: .cblas, options: KernelOptions(libraries: [.cblas: String($0)])) }
    static let oneDNN = OneDNN.present.map { Way(backend: .onednn, options: $0.options) }
}

/// A data type with the declared types of its operands.
struct Types: Sendable, CustomTestStringConvertible {
    var type: DataType
    var source: ElementType?
    var result: ElementType?
    var testDescription: String {
        [type.rawValue, source?.rawValue, result?.rawValue].compactMap { $0 }.joined(separator: " ")
    }

    static let matmul = [
        Types(type: .f64), Types(type: .f32), Types(type: .bf16), Types(type: .bf16, result: .bf16), Types(type: .int8),
        Types(type: .int8, source: .u8), Types(type: .int8, source: .u8, result: .f32),
        Types(type: .int8, source: .s8, result: .s8), Types(type: .int8, source: .u8, result: .u8),
    ]
    static let forward = [
        Types(type: .f32), Types(type: .bf16), Types(type: .bf16, result: .f32), Types(type: .int8),
        Types(type: .int8, source: .s8), Types(type: .int8, result: .s32),
        Types(type: .int8, source: .s8, result: .s32),
        Types(type: .int8, result: .f32), Types(type: .int8, result: .s8),
    ]
    static let backward = [
        Types(type: .f32), Types(type: .bf16), Types(type: .bf16, result: .bf16), Types(type: .bf16, result: .f32),
    ]

    /// Whether this way must be able to: what depends on the machine or on how a library was built may be refused.
    func mustRun(_ way: Way) -> Bool {
        switch way.backend {
        case .reference: true
        case .onednn: type == .f32 || type == .int8
        default: type == .f32 || type == .f64
        }
    }

    /// Whether all sizes may be refused: what no library may do, what depends on how a library was built, and what this
    /// processor has no instructions for. Elsewhere a library that computes none of them is not tested at all.
    func mayBeMissing(_ way: Way) -> Bool {
        if mustNotRun(way) { return true }
        switch way.backend {
        case .reference: return false
        case .onednn: return type == .bf16 && Kernels.instructionSet(named: "avx512f")?.supported != true
        default: return type == .bf16 || type == .int8
        }
    }

    /// What no library may quietly turn into something else.
    func mustNotRun(_ way: Way) -> Bool {
        switch way.backend {
        case .onednn: type == .f64
        case .cblas: result == .bf16 || (type == .int8 && (source != .u8 || result != nil))
        default: false
        }
    }
}

extension MatmulShape {
    func typed(_ types: Types) -> MatmulShape {
        var shape = self
        (shape.sourceType, shape.resultType) = (types.source, types.result)
        return shape
    }
}

extension ConvolutionShape {
    func typed(_ types: Types, _ direction: Direction = .forward) -> ConvolutionShape {
        var shape = self
        (shape.direction, shape.sourceType, shape.resultType) = (direction, types.source, types.result)
        return shape
    }
}

/// The workload ready to run, or `nil` where this way has none of these types, which must then be allowed to.
func ready(
    _ shape: Shape, _ types: Types, _ way: Way, threads: Int = 1, cold rotatedBytes: Int? = nil,
    mayRefuse: Bool = false, change: InputChange? = nil
) throws -> (any Runnable)? {
    var planned = planned(shape, types.type, way.backend, threads: way.backend == .reference ? 1 : threads)
    if let rotatedBytes { (planned.cache, planned.rotatedBytes) = (.cold, rotatedBytes) }
    let factory = DenseFactory(
        planned: planned, work: try shape.work(types.type), seed: 6, options: way.options, change: change)
    do throws(KernelError) {
        let made: any Runnable =
            switch shape {
            case .matmul(let sizes): try factory.matmul(sizes)
            case .convolution(let sizes): try factory.convolution(sizes)
            default: throw .failed("no product and no convolution")
            }
        #expect(!types.mustNotRun(way), "\(way.testDescription) computed \(types.testDescription)")
        return made
    } catch {
        guard case .unavailable = error, mayRefuse || !types.mustRun(way) else { throw error }
        return nil
    }
}

/// What tests ask of a workload of any problem.
protocol DenseTestable: AnyObject {
    var tamper: ((Tensor) -> Void)? { get set }
    var computation: any DenseComputation { get }
    var inputs: DenseInputs { get }
    var anyProblem: any DenseProblem { get }
    func freshResult() throws(KernelError) -> Tensor
}

extension DenseWorkload: DenseTestable {
    var anyProblem: any DenseProblem { problem }
}
