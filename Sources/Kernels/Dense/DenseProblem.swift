import Model

/// What is computed of two inputs: a matrix product, or a convolution in one of its directions. Sizes are those of the
/// operands as they lie in memory, row-major.
protocol DenseProblem: Sendable {
    var dataType: DataType { get }
    var types: OperandTypes { get }
    var left: [Int] { get }
    var right: [Int] { get }
    var result: [Int] { get }
    /// Products that are summed for one output, at most.
    var terms: Int { get }

    /// The output at a flat position of the result, summed in double precision.
    func element(_ position: Int, _ inputs: DenseInputs) -> Exact
    /// Compares sums over all outputs with random signs, which cost far less than the outputs themselves.
    func project(
        _ result: Tensor, _ inputs: DenseInputs, seed: UInt64, into projection: inout Projection
    ) throws(KernelError)
}

extension DenseProblem {
    var outputs: Int { result.reduce(1, *) }
    var rule: ResultRule { ResultRule(dataType, types, terms: terms) }
}

/// How an exact sum becomes the stored output, and how far off a right library may be.
struct ResultRule {
    let type: ElementType
    /// Largest |computed − exact| ÷ Σ|terms|, beside what storing in a narrower type costs.
    let bound: Double
    /// The same for a sum of outputs with random signs.
    let projectionBound: Double
    /// What 8-bit results are multiplied by, so that they use their range and their tails are clipped, as in a quantised
    /// network; 1 elsewhere. A power of two, so that it rounds nothing itself.
    let scale: Float
    /// Integers are exact: sums of them in double precision are, too.
    let isExact: Bool

    init(_ dataType: DataType, _ types: OperandTypes, terms: Int) {
        type = types.result
        isExact = dataType == .int8
        let gathered: DataType = dataType == .f64 ? .f64 : .f32
        bound = isExact ? 0 : ErrorBound.element(terms: terms, gathered)
        projectionBound = isExact ? 0 : ErrorBound.projection(terms: terms, gathered)
        let isNarrow = types.result == .u8 || types.result == .s8
        // A product of our inputs is some 5,400 large, so a sum of them some 5,400·√terms: 64 after scaling.
        let shift = (6.4 + 0.5 * Double.log2(of: terms)).rounded(.up)
        scale = isNarrow ? Float(sign: .plus, exponent: -Int(shift), significand: 1) : 1
    }

    /// What an exact library stores.
    func stored(_ value: Double) -> Double {
        guard isExact else { return value }
        switch type {
        case .u8: return min(max(Double(Float(value) * scale).rounded(.toNearestOrEven), 0), 255)
        case .s8: return min(max(Double(Float(value) * scale).rounded(.toNearestOrEven), -128), 127)
        case .f32: return Double(Float(value))
        case .f64, .f16, .bf16, .s32: return value
        }
    }

    /// Roundings that storing adds, relative to the value itself; a little more than one, because what is rounded is itself
    /// not exact.
    var storing: Double {
        switch type {
        case .bf16: 1.02 * ErrorBound.roundoff(.bf16)
        case .f16: 1.02 * ErrorBound.roundoff(.f16)
        case .f32 where isExact: ErrorBound.roundoff(.f32)
        case .f64, .f32, .s32, .s8, .u8: 0
        }
    }

    /// Rounding to whole numbers, and clipping, is not linear: no sum of outputs tells anything.
    var isLinear: Bool { type != .u8 && type != .s8 }
}

extension Double {
    fileprivate static func log2(of count: Int) -> Double {
        // Exponent and significand by themselves: good to a tenth, which is plenty.
        let number = Double(max(count, 1))
        return Double(number.exponent) + number.significand - 1
    }
}
