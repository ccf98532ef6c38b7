import Document
import Units

/// Pictures made of characters, for formats that have nothing else.
enum TreeLines {
    /// A tree with its branches drawn.
    ///
    /// - Parameter isPlain: indents alone, for fonts without the branches.
    static func lines(_ tree: Document.Tree, isPlain: Bool = false) -> [String] {
        isPlain ? plain(tree, depth: 0) : [text(tree)] + children(tree, indent: "")
    }

    private static func plain(_ tree: Document.Tree, depth: Int) -> [String] {
        [String(repeating: "  ", count: depth) + text(tree)] + tree.children.flatMap { plain($0, depth: depth + 1) }
    }

    private static func text(_ tree: Document.Tree) -> String {
        Neutral.text(tree.detail.isEmpty ? tree.label : "\(tree.label)  \(tree.detail)")
    }

    private static func children(_ tree: Document.Tree, indent: String) -> [String] {
        tree.children.enumerated().flatMap { index, child in
            let isLast = index == tree.children.count - 1
            return ["\(indent)\(isLast ? "└─ " : "├─ ")\(text(child))"]
                + children(child, indent: indent + (isLast ? "   " : "│  "))
        }
    }

    /// The course of a value in eight steps, its peaks kept.
    static func spark(_ spark: Document.Sparkline) -> String {
        let values = spark.values.filter(\.isFinite)
        guard let highest = values.max(), let lowest = values.min() else { return "–" }
        let steps = Array("▁▂▃▄▅▆▇█")
        let top = max(highest, spark.bound ?? highest)
        let bottom = spark.bound == nil ? lowest : min(lowest, 0)
        let range = top > bottom && (top - bottom).isFinite ? top - bottom : 1
        let count = min(values.count, 20)
        return String(
            (0..<count).map { index in
                let stretch = values[
                    (index * values.count / count)..<max(
                        (index + 1) * values.count / count, index * values.count / count + 1)]
                let share = ((stretch.max() ?? bottom) - bottom) / range
                return steps[Int(min(max(share, 0), 1) * 7.999)]
            })
    }
}
