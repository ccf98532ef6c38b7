import Document

extension Drawing {
    /// One point: told apart from others by its shape, and hollow where it is not fit to rest on.
    mutating func mark(_ mark: Document.Roofline.Point.Mark, _ spot: Spot, isHollow: Bool) {
        let role: Role = isHollow ? .hollow : .point
        switch mark {
        case .circle: shapes.append(.circle(spot, 4.5, role))
        case .square:
            shapes.append(.rectangle(Box(x: spot.x - 4.2, y: spot.y - 4.2, width: 8.4, height: 8.4), role))
        case .diamond:
            let corners = [(0.0, -5.6), (5.6, 0), (0, 5.6), (-5.6, 0)].map { Spot(spot.x + $0.0, spot.y + $0.1) }
            shapes.append(.polygon(corners, role))
        }
    }
}

extension LogAxis {
    var scale: Frame.Scale {
        Frame.Scale(from: Mathematics.power2(lowest), to: Mathematics.power2(highest), isLogarithmic: true)
    }
}
