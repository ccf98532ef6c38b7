extension GPUMetrics {
    /// Where things stand, by revision (the kernel's `kgd_pp_interface.h`).
    struct Layout {
        var temperature: Field?
        var power: Field?
        var graphicsClock: Field?
        var memoryClock: Field?
        var energy: Field?
        var throttle: Field?

        init?(format: UInt8, content: UInt8) {
            switch (format, content) {
            case (1, 0):
                self.init(temperature: 16, watts: 34, graphics: 54, memory: 58, energy: Field(offset: 36, width: 4))
            case (1, 1...3):
                self.init(temperature: 4, watts: 22, graphics: 54, memory: 58, energy: Field(offset: 24, width: 8))
                throttle = content == 3 ? Field(offset: 112, width: 8) : nil
            case (1, 4):
                self.init(temperature: 4, watts: 10, graphics: 240, memory: 280, energy: Field(offset: 24, width: 8))
            case (1, 5):
                self.init(temperature: 4, watts: 10, graphics: 312, memory: 352, energy: Field(offset: 88, width: 8))
            case (1, 6...8): self.init(temperature: 4, watts: 10)
            case (2, 0): self.init(graphics: 80, memory: 84)
            case (2, 1...4):
                self.init(graphics: 76, memory: 80)
                throttle = content >= 2 ? Field(offset: 120, width: 8) : nil
                // Only from here on is it said which units these are in.
                guard content == 4 else { break }
                temperature = Field(offset: 4, width: 2, divisor: 100)
                power = Field(offset: 40, width: 2, divisor: 1e3)
            case (3, 0):
                self.init(graphics: 174, memory: 186)
                power = Field(offset: 112, width: 4, divisor: 1e3)
            default: return nil
            }
        }

        /// Discrete GPUs: whole degrees, whole watts.
        private init(temperature: Int, watts: Int, graphics: Int? = nil, memory: Int? = nil, energy: Field? = nil) {
            self.temperature = Field(offset: temperature, width: 2)
            power = Field(offset: watts, width: 2)
            graphicsClock = graphics.map { Field(offset: $0, width: 2, multiplier: 1e6) }
            memoryClock = memory.map { Field(offset: $0, width: 2, multiplier: 1e6) }
            self.energy = energy
        }

        /// Integrated GPUs.
        private init(graphics: Int, memory: Int) {
            graphicsClock = Field(offset: graphics, width: 2, multiplier: 1e6)
            memoryClock = Field(offset: memory, width: 2, multiplier: 1e6)
        }

        /// Bytes that a table of this revision has at least.
        var end: Int {
            let fields = [temperature, power, graphicsClock, memoryClock, energy, throttle].compactMap { $0 }
            return fields.map { $0.offset + $0.width }.max() ?? 4
        }
    }
}

/// amdgpu's throttle bits that mean the same on every chip.
enum AMDThrottling {
    private static let words: [Int: String] = [
        0: "package power limit", 1: "package power limit 1", 2: "package power limit 2", 3: "package power limit 3",
        4: "sustained power limit", 5: "fast power limit", 6: "slow power limit", 7: "slow power limit of the APU",
        16: "graphics current", 17: "SoC current", 18: "memory current", 19: "supply current", 21: "CPU peak current",
        22: "graphics peak current", 32: "GPU temperature", 33: "core temperature", 34: "memory temperature",
        35: "edge temperature", 36: "hotspot temperature", 37: "SoC temperature", 38: "graphics regulator temperature",
        39: "SoC regulator temperature", 40: "memory regulator temperature", 41: "memory regulator 1 temperature",
        42: "coolant temperature", 43: "coolant 1 temperature", 44: "regulator too hot", 45: "regulator 1 too hot",
        46: "PROCHOT of the CPU", 47: "PROCHOT of the GPU",
    ]

    /// Bits without a word are given by number, so that none is dropped.
    static func words(_ bits: UInt64) -> [String] {
        (0..<64).filter { bits >> UInt64($0) & 1 == 1 }.map { words[$0] ?? "bit \($0)" }
    }
}
