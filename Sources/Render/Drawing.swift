/// A picture as shapes, in pixels from the upper left: what a chart becomes before a format writes it.
struct Drawing: Equatable {
    var width: Double
    var height: Double
    var shapes: [Shape] = []
    /// Where places stand for values; `nil` for pictures that plot nothing.
    var frame: Frame?

    /// What a stroke or a fill means; the format gives it its colour and weight.
    enum Role: String {
        case grid, axis, ceiling, shaky, side, sideshaky, reference, interval, leader, bound, course
        case point, hollow, bar, openbar, frame, strip, ellipsis, device, span
    }
    enum Tone: String { case plain = "", quiet = "q", strong = "k" }
    enum Anchor: String { case start = "", middle = "c", end = "e" }

    struct Span: Equatable {
        var text: String
        var tone: Tone
    }

    enum Shape: Equatable {
        case line([Spot], Role)
        case rectangle(Box, Role)
        case circle(Spot, Double, Role)
        /// Closed outline.
        case polygon([Spot], Role)
        case text([Span], Spot, Anchor)
        /// Text along a line, from a spot on: `along` is the direction, one pixel long.
        case slanted([Span], Spot, along: Spot)

        func moved(down: Double) -> Shape {
            func lower(_ spot: Spot) -> Spot { Spot(spot.x, spot.y + down) }
            switch self {
            case .line(let spots, let role): return .line(spots.map(lower), role)
            case .rectangle(var box, let role):
                box.y += down
                return .rectangle(box, role)
            case .circle(let spot, let radius, let role): return .circle(lower(spot), radius, role)
            case .polygon(let spots, let role): return .polygon(spots.map(lower), role)
            case .text(let spans, let spot, let anchor): return .text(spans, lower(spot), anchor)
            case .slanted(let spans, let spot, let along): return .slanted(spans, lower(spot), along: along)
            }
        }
    }

    struct Spot: Equatable {
        var x: Double
        var y: Double

        init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    struct Box: Equatable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
        }

        func isInside(_ other: Box) -> Bool {
            x >= other.x && y >= other.y && x + width <= other.x + other.width && y + height <= other.y + other.height
        }
    }

    /// Moves everything down and puts lines of text above, the first one strong.
    mutating func head(_ texts: [String]) {
        let lines = texts.enumerated().flatMap { index, text in
            TextWidth.wrap(text, width).map { ($0, index == 0 ? Tone.strong : .quiet) }
        }
        let room = TextWidth.lineHeight * Double(lines.count) + 10
        shapes = shapes.map { $0.moved(down: room) }
        frame?.box.y += room
        for (index, line) in lines.enumerated() {
            text(line.0, 0, 11 + TextWidth.lineHeight * Double(index), .start, line.1)
        }
        height += room
    }

    /// Puts lines of text below.
    mutating func foot(_ texts: [String]) {
        let lines = texts.flatMap { TextWidth.wrap($0, width) }
        guard !lines.isEmpty else { return }
        for (index, line) in lines.enumerated() {
            text(line, 0, height + 18 + TextWidth.lineHeight * Double(index), .start, .quiet)
        }
        height += 18 + TextWidth.lineHeight * Double(lines.count)
    }

    mutating func line(_ points: (Double, Double)..., role: Role) {
        shapes.append(.line(points.map { Spot($0.0, $0.1) }, role))
    }

    mutating func text(_ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ tone: Tone = .plain) {
        shapes.append(.text([Span(text: text, tone: tone)], Spot(x, y), anchor))
    }
}

/// How wide text comes out, without a font at hand: a wide sans at 11.5 px, so that narrower ones only gain room.
enum TextWidth {
    static let perCharacter = 7.0
    static let lineHeight = 14.0

    static func of(_ text: String) -> Double { Double(text.count) * perCharacter }

    /// `text` cut to `width`, with an ellipsis where something is missing.
    static func fit(_ text: String, _ width: Double) -> String {
        let room = max(Int(width / perCharacter), 1)
        return text.count <= room ? text : text.prefix(max(room - 1, 0)) + "…"
    }

    /// `text` cut in its middle, for names that differ at their ends.
    static func fitMiddle(_ text: String, _ width: Double) -> String {
        let room = max(Int(width / perCharacter), 3)
        guard text.count > room else { return text }
        let end = (room - 1) / 2
        return text.prefix(room - 1 - end) + "…" + text.suffix(end)
    }

    /// Lines of `text` broken at blanks; a word that is too long is cut.
    static func wrap(_ text: String, _ width: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, of(last) + of(String(word)) + perCharacter <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(fit(String(word), width))
            }
        }
        return lines
    }
}
