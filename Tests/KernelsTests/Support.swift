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

/// A oneDNN to test with. Debian 12 has major 2, later ones 3; a 3 that is not installed is named by ASSAY_TEST_ONEDNN3.
enum OneDNN: String, CaseIterable, CustomTestStringConvertible {
    case two, three

    private var path: String {
        switch self {
        case .two: "libdnnl.so.2"
        case .three: ProcessInfo.processInfo.environment["ASSAY_TEST_ONEDNN3"] ?? "libdnnl.so.3"
        }
    }

    var options: KernelOptions { KernelOptions(libraries: [.onednn: path]) }
    var testDescription: String { "oneDNN \(rawValue)" }

    /// The ones that are here; `make test` sees to it that there is one.
    static let present = allCases.filter { library in
        Kernels.backends(library.options).contains { $0.backend == .onednn && $0.available }
    }

    /// Whichever is here.
    static var options: KernelOptions { present.first?.options ?? KernelOptions() }
}

extension Shape {
    static func matmul(_ m: Int, _ n: Int, _ k: Int) -> Shape { .matmul(MatmulShape(m: m, n: n, k: k)) }

    /// Everything but the number of rows and the like may be left as usual.
    static func embedding(
        _ tables: [EmbeddingShape.Table], _ dimension: Int, _ batch: Int, zipf exponent: Double? = nil,
        bags: EmbeddingShape.Bags = .fixed, weighted: Bool = false, direction: EmbeddingShape.Direction = .forward
    ) -> Shape {
        .embedding(
            EmbeddingShape(
                tables: tables, dimension: dimension, batch: batch, distribution: exponent == nil ? .uniform : .zipf,
                exponent: exponent, bags: bags, isWeighted: weighted, direction: direction))
    }

    static func embedding(_ rows: Int, _ dimension: Int, _ bag: Int, _ batch: Int) -> Shape {
        .embedding(
            EmbeddingShape(rows: rows, dimension: dimension, bag: bag, batch: batch, distribution: .uniform))
    }
}
