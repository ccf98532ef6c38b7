import Document

/// Boxes in boxes: frames around their content, strips above it, neighbours side by side while there is room.
enum BoxesDrawing {
    static func draw(_ boxes: [Document.Box], width: Double) -> Drawing {
        let inner = width - 1
        var drawing = Drawing(width: width, height: BoxesLayout.height(boxes, inner) + 1)
        place(boxes, x: 0.5, y: 0.5, width: inner, in: &drawing)
        return drawing
    }

    /// As narrow as a phone where that stays on one screen, else as wide as it takes, up to the width of a page.
    static func width(_ boxes: [Document.Box]) -> Double {
        let least = min(max(340, boxes.map(BoxesLayout.least).max() ?? 0), widest)
        let widths = [least, 440, 560, 720].filter { $0 >= least }
        return widths.first { BoxesLayout.height(boxes, $0) <= 640 } ?? widest
    }

    private static let widest = 920.0

    private static func place(
        _ boxes: [Document.Box], x: Double, y: Double, width: Double, in drawing: inout Drawing
    ) {
        var top = y
        for group in BoxesLayout.groups(boxes) {
            let columns = BoxesLayout.columns(group, width)
            let each = BoxesLayout.share(group, columns, width)
            let gap = group.sort == .cells ? BoxesLayout.cellGap : BoxesLayout.gap
            for line in BoxesLayout.lines(group, columns) {
                let tall = line.map { BoxesLayout.height($0, each) }.max() ?? 0
                for (index, box) in line.enumerated() {
                    let left = x + Double(index) * (each + gap)
                    draw(box, Drawing.Box(x: left, y: top, width: each, height: tall), in: &drawing)
                }
                top += tall + gap
            }
            top += BoxesLayout.gap - gap
        }
    }

    private static func draw(_ box: Document.Box, _ area: Drawing.Box, in drawing: inout Drawing) {
        switch box.style {
        case .note: note(box, area, in: &drawing)
        case .cell: cell(box, area, in: &drawing)
        case .frame, .device: frame(box, area, in: &drawing)
        case .strip, .ellipsis: strip(box, area, in: &drawing)
        }
    }

    private static func frame(_ box: Document.Box, _ area: Drawing.Box, in drawing: inout Drawing) {
        drawing.shapes.append(.rectangle(area, box.style == .device ? .device : .frame))
        title(box, area, in: &drawing)
        let pad = BoxesLayout.pad
        let head = BoxesLayout.head + (box.style == .frame ? 4 : 0)
        place(box.children, x: area.x + pad, y: area.y + head, width: area.width - 2 * pad, in: &drawing)
    }

    private static func strip(_ box: Document.Box, _ area: Drawing.Box, in drawing: inout Drawing) {
        let head = Drawing.Box(x: area.x, y: area.y, width: area.width, height: BoxesLayout.head)
        drawing.shapes.append(.rectangle(head, box.style == .strip ? .strip : .ellipsis))
        title(box, head, in: &drawing)
        let below = area.y + BoxesLayout.head + BoxesLayout.gap
        place(box.children, x: area.x, y: below, width: area.width, in: &drawing)
    }

    private static func cell(_ box: Document.Box, _ area: Drawing.Box, in drawing: inout Drawing) {
        drawing.shapes.append(.rectangle(area, .strip))
        let middle = area.x + area.width / 2
        let lines = box.detail.split(separator: "\n").map(String.init)
        drawing.text(box.label, middle, area.y + 15, .middle)
        for (index, line) in lines.enumerated() {
            drawing.text(line, middle, area.y + 15 + TextWidth.lineHeight * Double(index + 1), .middle, .quiet)
        }
    }

    private static func note(_ box: Document.Box, _ area: Drawing.Box, in drawing: inout Drawing) {
        for (index, line) in TextWidth.wrap(box.label, area.width).enumerated() {
            drawing.text(line, area.x, area.y + 10 + TextWidth.lineHeight * Double(index), .start, .quiet)
        }
    }

    /// Label at the left, detail at the right. Where they do not fit, a long detail is cut, or the label beside a short one.
    private static func title(_ box: Document.Box, _ frame: Drawing.Box, in drawing: inout Drawing) {
        let pad = BoxesLayout.pad
        let room = frame.width - 2 * pad
        let wanted = box.detail.isEmpty ? 0 : TextWidth.of(box.detail) + 10
        let label = TextWidth.fit(box.label, wanted < room * 0.45 ? room - wanted : room)
        drawing.text(label, frame.x + pad, frame.y + 18, .start, box.style == .frame ? .strong : .plain)
        let rest = room - TextWidth.of(label) - 10
        guard !box.detail.isEmpty, rest > TextWidth.perCharacter * 3 else { return }
        drawing.text(TextWidth.fit(box.detail, rest), frame.x + frame.width - pad, frame.y + 18, .end, .quiet)
    }
}
