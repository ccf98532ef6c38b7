import CKernels
import Model

extension DataType {
    /// What is multiplied, to the peak loops in C.
    var peakType: Int32 {
        switch self {
        case .f64: Int32(ASSAY_PEAK_F64.rawValue)
        case .f32: Int32(ASSAY_PEAK_F32.rawValue)
        case .f16: Int32(ASSAY_PEAK_F16.rawValue)
        case .bf16: Int32(ASSAY_PEAK_BF16.rawValue)
        case .int8: Int32(ASSAY_PEAK_INT8.rawValue)
        }
    }
}

/// Multiply-adds in registers or tiles, on all threads at once: the most arithmetic that an instruction set gives for a data
/// type. Each iteration begins from the same values.
final class Peak: Runnable {
    let work: Work
    let implementation: Implementation
    private var variant: assay_peak_variant
    private let pool: WorkerPool
    private let initial: Buffer<UInt8>
    private let operands: Buffer<CChar>
    private let result: Buffer<CChar>
    private let lanes: Int
    private static let stride = Int(ASSAY_PEAK_SUMS)
    /// Called with a thread's results before they are compared: for tests, which must be able to spoil them.
    var tamper: ((UnsafeMutableRawPointer) -> Void)?

    init(_ shape: PeakShape, _ type: DataType, pool: WorkerPool, most: String?) throws(KernelError) {
        let chosen = try Self.variant(shape.instructionSet, type, most: most)
        variant = chosen.variant
        implementation = .own(chosen.name)
        lanes = Int(variant.chains * variant.lanes)
        initial = try Buffer(count: Self.stride)
        operands = try Buffer(count: 4 * Int(ASSAY_PEAK_OPERAND))
        result = try Buffer(count: Self.stride * pool.threads)
        assay_peak_prepare(
            &variant, initial.start, operands.start, operands.start + 2 * Int(ASSAY_PEAK_OPERAND))
        let flops = 2 * Double(lanes) * Double(variant.terms) * Double(Shape.peakSteps) * Double(pool.threads)
        work = Work(
            flops: flops, bytes: 0, lookups: 0, footprint: initial.bytes + operands.bytes + result.bytes)
        self.pool = pool
    }

    /// The loop for the instruction set that is named; without a name the best that this machine can run.
    private static func variant(
        _ named: String?, _ type: DataType, most: String?
    ) throws(KernelError) -> (name: String, variant: assay_peak_variant) {
        try Variant.require(most)
        let limit = try most.map { (name) throws(KernelError) in try Variant.number(name) }
        func loop(_ isa: Int32) -> assay_peak_variant? {
            let variant = assay_peak_variant_for(isa, type.peakType)
            return variant.function == nil ? nil : variant
        }
        func allowed(_ isa: Int32) -> Bool { limit.map { assay_isa_includes($0, isa) != 0 } ?? true }
        if let named {
            let isa = try Variant.number(named)
            if let obstacle = Variant.obstacle(isa) { throw .unavailable(obstacle) }
            guard let variant = loop(isa) else { throw .unavailable("\(named) does not multiply \(type.rawValue)") }
            guard allowed(isa) else { throw .unavailable("\(named) is above \(most ?? "what is allowed")") }
            return (named, variant)
        }
        let able = Variant.all.filter { loop($0.isa) != nil }
        for (isa, name) in able where Variant.supported(isa) && allowed(isa) {
            if let variant = loop(isa) { return (name, variant) }
        }
        throw .unavailable(lack(type, able, most))
    }

    /// Why no loop can be run for a type: each instruction set that multiplies it, and what stands in its way.
    private static func lack(_ type: DataType, _ able: [(isa: Int32, name: String)], _ most: String?) -> String {
        let start = "nothing here multiplies \(type.rawValue)"
        guard !able.isEmpty else { return start + ": no loop was written for this architecture" }
        let reasons = able.map { Variant.obstacle($0.isa) ?? "\($0.name) is above \(most ?? "what is allowed")" }
        return start + ": " + reasons.joined(separator: "; ")
    }

    func run(iterations: Int) {
        var inputs = assay_peak_inputs(
            initial: initial.start, a: operands.start, b: operands.start + 2 * Int(ASSAY_PEAK_OPERAND))
        assay_peak_run(pool.pointer, &variant, &inputs, result.start, Shape.peakSteps, iterations)
    }

    /// Every lane of every thread against plain arithmetic, bit for bit.
    func check() -> Check {
        // All bits set are a NaN in every floating type, and −1 as an integer, which no sum is.
        result.elements.update(repeating: -1)
        run(iterations: 1)
        tamper?(result.start)
        let expected = expectedSums()
        var wrong = 0
        for thread in 0..<pool.threads {
            let sums = result.start + thread * Self.stride
            for lane in 0..<lanes where assay_peak_sum(&variant, sums, lane) != expected[lane] { wrong += 1 }
        }
        return Check(
            error: Double(wrong), bound: 0, compared: pool.threads * lanes,
            coverage: "all lanes, exactly; the error counts them")
    }

    /// One for each lane. Starting values repeat where each sum is multiplied by a constant, and so do the results.
    private func expectedSums() -> [Double] {
        let period = variant.terms == 1 ? min(Int(ASSAY_PEAK_PATTERNS), lanes) : lanes
        let sums = (0..<period).map { assay_peak_expected(&variant, $0, Shape.peakSteps) }
        return (0..<lanes).map { sums[$0 % period] }
    }
}
