/// The part of a drawing in which places are values: what a format that plots by itself needs to know.
struct Frame: Equatable {
    struct Scale: Equatable {
        /// Values at the left or lower end, and at the right or upper one.
        var from: Double
        var to: Double
        var isLogarithmic: Bool

        /// The value at `share` of the way; beyond the ends too.
        func value(_ share: Double) -> Double {
            guard isLogarithmic else { return from + share * (to - from) }
            let low = Mathematics.log2(from)
            return Mathematics.power2(low + share * (Mathematics.log2(to) - low))
        }
    }
    var box: Drawing.Box
    var x: Scale
    var y: Scale

    /// The values at a place of the drawing.
    func values(_ spot: Drawing.Spot) -> (x: Double, y: Double) {
        let right = (spot.x - box.x) / box.width
        let up = (box.y + box.height - spot.y) / box.height
        return (x.value(right), y.value(up))
    }

    /// A drawing whose places stand for nothing but themselves.
    static func plain(_ drawing: Drawing) -> Frame {
        let box = Drawing.Box(x: 0, y: 0, width: max(drawing.width, 1), height: max(drawing.height, 1))
        return Frame(
            box: box, x: Scale(from: 0, to: box.width, isLogarithmic: false),
            y: Scale(from: 0, to: box.height, isLogarithmic: false))
    }
}

extension Mathematics {
    /// Two to any power, by plain arithmetic: whole part by doubling, the rest by the exponential series.
    static func power2(_ exponent: Double) -> Double {
        guard exponent.isFinite else { return exponent < 0 ? 0 : .infinity }
        let whole = exponent.rounded(.down)
        let x = (exponent - whole) * 0.693147180559945309417
        var term = 1.0
        var sum = 1.0
        for index in 1...24 {
            term *= x / Double(index)
            sum += term
        }
        return sum * power(2, Int(min(max(whole, -1100), 1100)))
    }
}
