/// The 32-bit Mersenne Twister, MT19937. Here because LoadGen schedules with it; elsewhere `CounterGenerator` serves.
///
/// Source: Matsumoto & Nishimura, ACM Transactions on Modeling and Computer Simulation 8 (1998).
public struct MersenneTwister: Sendable {
    private static let size = 624
    private static let middle = 397
    private var state: [UInt32]
    private var place = MersenneTwister.size

    public init(seed: UInt32) {
        state = [seed]
        for i in 1..<Self.size {
            let previous = state[i - 1]
            state.append(1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(i))
        }
    }

    public mutating func next() -> UInt32 {
        if place == Self.size { refill() }
        var word = state[place]
        place += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9D2C_5680
        word ^= (word << 15) & 0xEFC6_0000
        return word ^ (word >> 18)
    }

    private mutating func refill() {
        for i in 0..<Self.size {
            let mixed = (state[i] & 0x8000_0000) | (state[(i + 1) % Self.size] & 0x7FFF_FFFF)
            state[i] = state[(i + Self.middle) % Self.size] ^ (mixed >> 1) ^ (mixed & 1 == 0 ? 0 : 0x9908_B0DF)
        }
        place = 0
    }
}
