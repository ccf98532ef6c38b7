import Model

/// Elements of one type in plain row-major order. Nothing that is timed goes through here: libraries get the address.
final class Tensor {
    let type: ElementType
    let count: Int
    private let memory: Buffer<UInt8>
    /// Elements of memory before the first.
    private let skipped: Int

    /// - Parameter skipped: elements to begin behind the start of a page: for tests, which take operands off their alignment.
    init(_ type: ElementType, count: Int, skipping skipped: Int = 0) throws(KernelError) {
        let (elements, isTooMany) = count.addingReportingOverflow(skipped)
        let (bytes, overflow) = elements.multipliedReportingOverflow(by: type.bytes)
        guard !isTooMany, !overflow, count >= 0 else { throw .failed("\(count) elements do not fit in memory") }
        self.type = type
        self.count = count
        self.skipped = skipped
        memory = try Buffer(count: bytes)
    }

    var start: UnsafeMutableRawPointer { UnsafeMutableRawPointer(memory.start) + skipped * type.bytes }
    var bytes: Int { count * type.bytes }

    /// The elements as what they are; `Element` must be the Swift type of `type`.
    func elements<Element: BitwiseCopyable>(as _: Element.Type) -> UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: Element.self), count: count)
    }

    /// So that a result that was never written cannot look like one: NaN, or a pattern that is no sum of anything likely.
    func poison() {
        UnsafeMutableRawBufferPointer(start: start, count: bytes).initializeMemory(
            as: UInt8.self, repeating: type.poison)
    }

    /// One element; every type there is fits in a double exactly.
    subscript(position: Int) -> Double {
        get {
            let bytes = start
            switch type {
            case .f64: return bytes.load(fromByteOffset: position * 8, as: Double.self)
            case .f32: return Double(bytes.load(fromByteOffset: position * 4, as: Float.self))
            case .bf16: return Double(BFloat16.value(bytes.load(fromByteOffset: position * 2, as: UInt16.self)))
            case .f16: return Double(Half.value(bytes.load(fromByteOffset: position * 2, as: UInt16.self)))
            case .s32: return Double(bytes.load(fromByteOffset: position * 4, as: Int32.self))
            case .s8: return Double(bytes.load(fromByteOffset: position, as: Int8.self))
            case .u8: return Double(bytes.load(fromByteOffset: position, as: UInt8.self))
            }
        }
        set {
            switch type {
            case .f64: elements(as: Double.self)[position] = newValue
            case .f32: elements(as: Float.self)[position] = Float(newValue)
            case .bf16: elements(as: UInt16.self)[position] = BFloat16.bits(Float(newValue))
            case .f16: elements(as: UInt16.self)[position] = Half.bits(Float(newValue))
            case .s32: elements(as: Int32.self)[position] = Int32(clamping: newValue)
            case .s8: elements(as: Int8.self)[position] = Int8(clamping: newValue)
            case .u8: elements(as: UInt8.self)[position] = UInt8(clamping: newValue)
            }
        }
    }

    /// The elements of a range as doubles: the type is looked at once for all of them.
    func load(_ range: Range<Int>, into line: UnsafeMutablePointer<Double>) {
        switch type {
        case .f64: widen(Double.self, range, line) { $0 }
        case .f32: widen(Float.self, range, line) { Double($0) }
        case .bf16: widen(UInt16.self, range, line) { Double(BFloat16.value($0)) }
        case .f16: widen(UInt16.self, range, line) { Double(Half.value($0)) }
        case .s32: widen(Int32.self, range, line) { Double($0) }
        case .s8: widen(Int8.self, range, line) { Double($0) }
        case .u8: widen(UInt8.self, range, line) { Double($0) }
        }
    }

    @inline(__always)
    private func widen<Element: BitwiseCopyable>(
        _ type: Element.Type, _ range: Range<Int>, _ line: UnsafeMutablePointer<Double>, _ value: (Element) -> Double
    ) {
        let from = start.assumingMemoryBound(to: Element.self) + range.lowerBound
        for i in 0..<range.count { line[i] = value(from[i]) }
    }
}

extension ElementType {
    /// All bits set is a NaN in every floating-point type.
    var poison: UInt8 { isInteger ? 0xA5 : 0xFF }
}

extension FixedWidthInteger {
    /// The nearest number of this type; 0 for what is none.
    fileprivate init(clamping value: Double) {
        let (number, least, most) = (value.rounded(.toNearestOrEven), Double(Self.min), Double(Self.max))
        self = number.isNaN ? 0 : number >= most ? .max : number <= least ? .min : Self(number)
    }
}

/// The upper half of an f32.
enum BFloat16 {
    static func value(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

    /// The nearest one, ties to even; a NaN stays one.
    static func bits(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(bits >> 16) | 0x40 }
        return UInt16((bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }
}

/// IEEE half precision, by its bits, because Swift has the type on some processors only.
enum Half {
    static func value(_ bits: UInt16) -> Float {
        let sign: Float = bits >> 15 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Float(bits & 0x3FF)
        if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
        let (spacing, steps) = exponent == 0 ? (-24, fraction) : (exponent - 25, 1024 + fraction)
        return sign * steps * Float(sign: .plus, exponent: spacing, significand: 1)
    }

    /// The nearest one, ties to even; beyond the largest by half a step, infinity.
    static func bits(_ value: Float) -> UInt16 {
        let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
        let size = value.magnitude
        if size.isNaN { return sign | 0x7E00 }
        if size >= 65520 { return sign | 0x7C00 }
        // The spacing of halves around this value, 2^-24 among the subnormal ones.
        let step = max(size.isZero ? -24 : Int(size.exponent) - 10, -24)
        let steps = Int((size * Float(sign: .plus, exponent: -step, significand: 1)).rounded(.toNearestOrEven))
        // The exponent's field counts from the first normal spacing, and the implicit bit carries into it.
        return sign | UInt16((step + 24) << 10) &+ UInt16(steps)
    }
}
