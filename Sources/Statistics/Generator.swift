/// Counter-based generator: the value at an index depends on seed and index alone, so that any part of an input can be
/// made anywhere, in any order, by any number of threads, and again years later.
///
/// SplitMix64's output function over a Weyl sequence. Not for cryptography.
///
/// Source: Steele, Lea & Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
public struct CounterGenerator: Sendable {
    public let seed: UInt64

    public init(seed: UInt64) { self.seed = seed }

    /// 64 uniform bits for `index`.
    @inlinable
    public func bits(_ index: UInt64) -> UInt64 {
        var z = seed &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in [0, 1), 53 bits.
    @inlinable
    public func unit(_ index: UInt64) -> Double { Double(bits(index) >> 11) * 0x1p-53 }

    /// Uniform in [−1, 1), 24 bits: exact in f32.
    @inlinable
    public func signed(_ index: UInt64) -> Float { Float(bits(index) >> 40) * 0x1p-23 - 1 }
}

/// The same numbers as a stream, for shuffles that must be repeatable.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private let source: CounterGenerator
    private var index: UInt64 = 0

    public init(seed: UInt64) { source = CounterGenerator(seed: seed) }

    public mutating func next() -> UInt64 {
        defer { index += 1 }
        return source.bits(index)
    }

    /// Uniform below `bound` by rejection: no modulo bias, and no dependence on the standard library's algorithm.
    public mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0)
        let limit = UInt64.max - UInt64.max % bound
        while true {
            let value = next()
            if value < limit { return value % bound }
        }
    }

    /// Fisher–Yates, written out so that the order for a seed never changes with a new standard library.
    /// Source: Durstenfeld, Communications of the ACM 7 (1964), Algorithm 235.
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        guard elements.count > 1 else { return }
        for i in stride(from: elements.count - 1, through: 1, by: -1) {
            elements.swapAt(i, Int(below(UInt64(i + 1))))
        }
    }
}
