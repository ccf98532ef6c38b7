import Document

/// Boxes in boxes: frames around their content, strips above it, neighbours side by side while there is room.
enum BoxesDrawing {
    private static let gap = 8.0
    private static let pad = 10.0
    private static let head = 26.0

    static func draw(_ boxes: [Document.Box], width: Double) -> Drawing {
        let inner = width - 1
        var drawing = Drawing(width: width, height: height(boxes, inner) + 1)
        place(boxes, x: 0.5, y: 0.5, width: inner, in: &drawing)
        return drawing
    }

    /// As narrow as a phone where that stays on one screen, else wide enough for neighbours to stand side by side.
    static func width(_ boxes: [Document.Box]) -> Double {
        let least = max(340, boxes.map(least).max() ?? 0)
        return height(boxes, least) <= 640 ? least : max(least, 720)
    }

    private static func least(_ box: Document.Box) -> Double {
        let own = TextWidth.of(box.label) + (box.detail.isEmpty ? 0 : TextWidth.of(box.detail) + 12) + 2 * pad
        let content = box.children.map(least).max() ?? 0
        return max(min(own, 260), content + (box.style == .frame ? 2 * pad : 0))
    }

    /// How many of `boxes` stand in one line; strips with nothing under them keep a line of their own beside others.
    private static func lines(_ boxes: [Document.Box], _ width: Double) -> [[Document.Box]] {
        var result: [[Document.Box]] = []
        var line: [Document.Box] = []
        for box in boxes {
            let standsAlone =
                box.style == .strip && box.children.isEmpty && box.detail != ""
                && boxes.contains { $0.style != box.style }
            let widest = (line + [box]).map(least).max() ?? 0
            let fits = widest * Double(line.count + 1) + gap * Double(line.count) <= width
            if !line.isEmpty, !fits || standsAlone {
                result.append(line)
                line = []
            }
            line.append(box)
            if standsAlone {
                result.append(line)
                line = []
            }
        }
        return line.isEmpty ? result : result + [line]
    }

    private static func height(_ boxes: [Document.Box], _ width: Double) -> Double {
        let all = lines(boxes, width)
        return all.reduce(0) { $0 + lineHeight($1, width) } + gap * Double(max(all.count - 1, 0))
    }

    private static func lineHeight(_ line: [Document.Box], _ width: Double) -> Double {
        let each = share(line, width)
        return line.map { height($0, each) }.max() ?? 0
    }

    private static func share(_ line: [Document.Box], _ width: Double) -> Double {
        (width - gap * Double(line.count - 1)) / Double(max(line.count, 1))
    }

    private static func height(_ box: Document.Box, _ width: Double) -> Double {
        switch box.style {
        case .frame where !box.children.isEmpty: head + 4 + height(box.children, width - 2 * pad) + pad
        case .strip where !box.children.isEmpty: head + gap + height(box.children, width)
        default: head
        }
    }

    private static func place(
        _ boxes: [Document.Box], x: Double, y: Double, width: Double, in drawing: inout Drawing
    ) {
        var top = y
        for line in lines(boxes, width) {
            let each = share(line, width)
            let tall = lineHeight(line, width)
            for (index, box) in line.enumerated() {
                draw(
                    box, Drawing.Box(x: x + Double(index) * (each + gap), y: top, width: each, height: tall),
                    in: &drawing)
            }
            top += tall + gap
        }
    }

    private static func draw(_ box: Document.Box, _ area: Drawing.Box, in drawing: inout Drawing) {
        var frame = area
        if box.style != .frame { frame.height = head }
        let role: Drawing.Role = box.style == .frame ? .frame : box.style == .strip ? .strip : .ellipsis
        drawing.shapes.append(.rectangle(frame, role))
        title(box, frame, in: &drawing)
        guard !box.children.isEmpty else { return }
        switch box.style {
        case .frame:
            place(box.children, x: area.x + pad, y: area.y + head + 4, width: area.width - 2 * pad, in: &drawing)
        case .strip, .ellipsis:
            place(box.children, x: area.x, y: area.y + head + gap, width: area.width, in: &drawing)
        }
    }

    /// Label at the left, detail at the right; both cut to what fits, the detail first.
    private static func title(_ box: Document.Box, _ frame: Drawing.Box, in drawing: inout Drawing) {
        let room = frame.width - 2 * pad
        let label = TextWidth.fit(box.label, room)
        drawing.text(label, frame.x + pad, frame.y + 18, .start, box.style == .frame ? .strong : .plain)
        let rest = room - TextWidth.of(label) - 10
        guard !box.detail.isEmpty, rest > TextWidth.perCharacter * 3 else { return }
        drawing.text(TextWidth.fit(box.detail, rest), frame.x + frame.width - pad, frame.y + 18, .end, .quiet)
    }
}
