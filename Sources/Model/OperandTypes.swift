/// Type of one element in memory. `DataType` names what a case computes in; this names what lies in its operands.
public enum ElementType: String, Codable, Sendable, CaseIterable {
    case f64, f32, f16, bf16, s32, s8, u8

    /// Bytes of one element.
    public var bytes: Int {
        switch self {
        case .f64: 8
        case .f32, .s32: 4
        case .f16, .bf16: 2
        case .s8, .u8: 1
        }
    }

    public var isInteger: Bool { self == .s32 || self == .s8 || self == .u8 }
}

/// What lies in the two inputs and the result of a matrix product or a convolution. Sums are gathered in f64 for f64, in s32
/// for int8, and in f32 for all others, whatever they are stored as.
public struct OperandTypes: Sendable, Hashable, CustomStringConvertible {
    public var left: ElementType
    public var right: ElementType
    public var result: ElementType

    public init(left: ElementType, right: ElementType, result: ElementType) {
        self.left = left
        self.right = right
        self.result = result
    }

    /// `u8·s8→s32`; `bf16→f32` where both inputs are alike.
    public var description: String {
        (left == right ? left.rawValue : "\(left.rawValue)·\(right.rawValue)") + "→" + result.rawValue
    }
}

extension Shape {
    /// What lies in memory when this is computed in `type`; `nil` for a kernel that is no product or convolution.
    ///
    /// Where the shape does not say: a product of bf16 gives f32, one of int8 takes s8 and gives s32. A convolution does what
    /// networks do: bf16 gives bf16 (but f32 for gradients of weights, which are summed on), int8 takes u8 and gives u8.
    /// - Throws: `ShapeError` where the shape names a result that the type does not have.
    public func operandTypes(_ type: DataType) throws(ShapeError) -> OperandTypes? {
        let declared: (source: ElementType?, result: ElementType?)
        let usual: (source: ElementType, result: ElementType)
        switch self {
        case .matmul(let s):
            declared = (s.sourceType, s.resultType)
            usual = type == .int8 ? (.s8, .s32) : (type.element, type == .bf16 ? .f32 : type.element)
        case .convolution(let s):
            declared = (s.sourceType, s.resultType)
            let gathers = type == .bf16 && s.direction == .backwardWeights
            let quantised: ElementType = s.direction == .forward ? .u8 : .s32
            usual = type == .int8 ? (.u8, quantised) : (type.element, gathers ? .f32 : type.element)
        case .embedding, .rowGather, .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead, .pointerChase,
            .peak,
            .null:
            return nil
        }
        let result = declared.result ?? usual.result
        guard type.results.contains(result) else {
            let known = type.results.map(\.rawValue).joined(separator: ", ")
            throw .invalid(
                key: "resultType", problem: "\(result.rawValue) is no result of \(type.rawValue), which gives \(known)")
        }
        guard type == .int8 else { return OperandTypes(left: usual.source, right: usual.source, result: result) }
        let source = declared.source ?? usual.source
        guard source == .u8 || source == .s8 else {
            throw .invalid(key: "sourceType", problem: "\(source.rawValue) is no source of int8, which takes u8, s8")
        }
        return OperandTypes(left: source, right: .s8, result: result)
    }

    /// The same without declared types that change nothing in `type`, so that a case has one identity however it was written.
    public func normalised(_ type: DataType) -> Shape {
        var plain = withUsualTypes
        guard let declared = try? operandTypes(type), let usual = try? plain.operandTypes(type) else { return self }
        plain.declare(
            source: declared.left == usual.left ? nil : declared.left,
            result: declared.result == usual.result ? nil : declared.result)
        return plain
    }

    /// The name of a type, or of all three where the shape declares other ones than usual: `int8`, `u8·s8→s32`.
    public func typeName(_ type: DataType) -> String {
        let declared = normalised(type)
        guard declared != declared.withUsualTypes, let types = try? operandTypes(type) else { return type.rawValue }
        return types.description
    }

    /// The same sizes without any type declared.
    public var withUsualTypes: Shape {
        var plain = self
        plain.declare(source: nil, result: nil)
        return plain
    }

    private mutating func declare(source: ElementType?, result: ElementType?) {
        switch self {
        case .matmul(var s):
            (s.sourceType, s.resultType) = (source, result)
            self = .matmul(s)
        case .convolution(var s):
            (s.sourceType, s.resultType) = (source, result)
            self = .convolution(s)
        case .embedding, .rowGather, .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead, .pointerChase,
            .peak,
            .null:
            return
        }
    }
}

extension DataType {
    /// Elements that bear its name; int8 comes signed and unsigned.
    fileprivate var element: ElementType {
        switch self {
        case .f64: .f64
        case .f32: .f32
        case .f16: .f16
        case .bf16: .bf16
        case .int8: .s8
        }
    }

    /// What sums of it can be stored as.
    fileprivate var results: [ElementType] {
        switch self {
        case .f64: [.f64]
        case .f32: [.f32]
        case .f16: [.f16, .f32]
        case .bf16: [.bf16, .f32]
        case .int8: [.s32, .f32, .u8, .s8]
        }
    }
}
