import Foundation
import Model
import Testing

@testable import Kernels

/// A case as a plan would make it.
func planned(
    _ shape: Shape, _ type: DataType, _ backend: Backend, threads: Int = 1, units: [Int] = []
) -> Case {
    Case(
        id: "000000000000", workload: "test", kernel: shape.kernel, shape: shape, dataType: type, backend: backend,
        scenario: .offline, threads: threads,
        placement: Placement(policy: .firstCores, processingUnits: units, memory: .local))
}

/// The same in f32.
func planned(_ shape: Shape, _ backend: Backend, threads: Int = 1) -> Case {
    planned(shape, .f32, backend, threads: threads)
}

/// Which oneDNN a test is about.
enum OneDNN: String, CaseIterable, CustomTestStringConvertible {
    case two, three

    /// Where major 3 is: nothing installs it, so it is named.
    static var pathOfThree: String? { ProcessInfo.processInfo.environment["ASSAY_TEST_ONEDNN3"] }

    var options: KernelOptions {
        KernelOptions(libraries: [.onednn: self == .two ? "libdnnl.so.2" : OneDNN.pathOfThree ?? ""])
    }

    var testDescription: String { "oneDNN \(rawValue)" }

    /// The ones that are here.
    static var present: [OneDNN] { [.two] + (pathOfThree == nil ? [] : [.three]) }
}

extension Shape {
    static func matmul(_ m: Int, _ n: Int, _ k: Int) -> Shape { .matmul(MatmulShape(m: m, n: n, k: k)) }

    static func embedding(_ rows: Int, _ dimension: Int, _ bag: Int, _ batch: Int) -> Shape {
        .embedding(
            EmbeddingShape(rows: rows, dimension: dimension, bag: bag, batch: batch, distribution: .uniform))
    }
}
