import Document

/// Where boxes go: neighbours of one sort in columns of one width, as many as there is room for.
enum BoxesLayout {
    static let gap = 8.0
    static let pad = 10.0
    static let head = 26.0
    /// Between cells, which are many.
    static let cellGap = 4.0

    /// Neighbours that are laid out together.
    struct Group {
        enum Sort { case columns, cells, line }
        var sort: Sort
        var boxes: [Document.Box]
    }

    static func groups(_ boxes: [Document.Box]) -> [Group] {
        let hasParents = boxes.contains { !$0.children.isEmpty || $0.style == .cell }
        var groups: [Group] = []
        for box in boxes {
            let sort = sort(box, hasParents: hasParents)
            if sort != .line, let last = groups.last, last.sort == sort, last.boxes[0].isPlaced(with: box) {
                groups[groups.count - 1].boxes.append(box)
            } else {
                groups.append(Group(sort: sort, boxes: [box]))
            }
        }
        return groups
    }

    /// A strip over nothing among boxes with content is a line of its own: memory beside processors.
    private static func sort(_ box: Document.Box, hasParents: Bool) -> Group.Sort {
        switch box.style {
        case .cell: .cells
        case .note, .ellipsis: .line
        case .strip: box.children.isEmpty && hasParents ? .line : .columns
        case .frame, .device: .columns
        }
    }

    // MARK: Widths

    /// The narrowest that still shows most of the text.
    static func least(_ box: Document.Box) -> Double {
        switch box.style {
        case .note: 0
        case .cell: cellWidth([box])
        default:
            max(
                min(own(box), box.style == .device ? 200 : 260),
                content(box.children) + (box.style == .strip ? 0 : 2 * pad))
        }
    }

    /// Cells want to stand four abreast, so that what is under a narrow cache does not become a tower.
    private static func content(_ boxes: [Document.Box]) -> Double {
        let cells = boxes.filter { $0.style == .cell }
        let others = boxes.map(least).max() ?? 0
        guard !cells.isEmpty else { return others }
        let abreast = Double(min(cells.count, 4))
        return max(others, abreast * cellWidth(cells) + (abreast - 1) * cellGap)
    }

    private static func own(_ box: Document.Box) -> Double {
        TextWidth.of(box.label) + (box.detail.isEmpty ? 0 : TextWidth.of(box.detail) + 12) + 2 * pad
    }

    /// One width for all cells of a group, so that they stand in columns.
    static func cellWidth(_ cells: [Document.Box]) -> Double {
        let widest = cells.flatMap { [$0.label] + $0.detail.split(separator: "\n").map(String.init) }.map(\.count).max()
        return max(Double(widest ?? 0) * TextWidth.perCharacter + 8, 24)
    }

    /// How many stand beside each other: as many as fit, spread evenly over the lines that this makes.
    static func columns(_ group: Group, _ width: Double) -> Int {
        let count = group.boxes.count
        let (each, gap) =
            group.sort == .cells
            ? (cellWidth(group.boxes), cellGap) : (group.boxes.map(least).max() ?? width, Self.gap)
        let fitting = min(max(Int((width + gap) / (each + gap)), 1), count)
        let lines = (count + fitting - 1) / fitting
        // Cells fill their lines, so that numbers begin anew at the same place in every group.
        return group.sort == .cells ? even(fitting, count) : (count + lines - 1) / lines
    }

    /// The largest number of columns that divides `count`, unless it wastes more than half of the line.
    private static func even(_ fitting: Int, _ count: Int) -> Int {
        guard count > fitting else { return count }
        return stride(from: fitting, through: (fitting + 1) / 2, by: -1).first { count % $0 == 0 } ?? fitting
    }

    // MARK: Heights

    static func height(_ boxes: [Document.Box], _ width: Double) -> Double {
        let groups = groups(boxes)
        return groups.reduce(0) { $0 + height($1, width) } + gap * Double(max(groups.count - 1, 0))
    }

    static func height(_ group: Group, _ width: Double) -> Double {
        let columns = columns(group, width)
        let gap = group.sort == .cells ? cellGap : Self.gap
        let lines = lines(group, columns)
        let tall = lines.map { line in line.map { height($0, share(group, columns, width)) }.max() ?? 0 }
        return tall.reduce(0, +) + gap * Double(max(lines.count - 1, 0))
    }

    static func lines(_ group: Group, _ columns: Int) -> [ArraySlice<Document.Box>] {
        stride(from: 0, to: group.boxes.count, by: max(columns, 1)).map {
            group.boxes[$0..<min($0 + max(columns, 1), group.boxes.count)]
        }
    }

    /// The width of one column.
    static func share(_ group: Group, _ columns: Int, _ width: Double) -> Double {
        let gap = group.sort == .cells ? cellGap : Self.gap
        return (width - gap * Double(columns - 1)) / Double(max(columns, 1))
    }

    static func height(_ box: Document.Box, _ width: Double) -> Double {
        switch box.style {
        case .note: Double(TextWidth.wrap(box.label, width).count) * TextWidth.lineHeight + 2
        case .cell: 8 + TextWidth.lineHeight * Double(1 + box.detail.split(separator: "\n").count)
        case .frame where !box.children.isEmpty: head + 4 + height(box.children, width - 2 * pad) + pad
        case .device where !box.children.isEmpty: head + height(box.children, width - 2 * pad) + 6
        case .strip where !box.children.isEmpty: head + gap + height(box.children, width)
        default: head
        }
    }
}

extension Document.Box {
    /// Whether both may stand in one line: what is attached stands apart from what is contained.
    fileprivate func isPlaced(with other: Document.Box) -> Bool { (style == .device) == (other.style == .device) }
}
