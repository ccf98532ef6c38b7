public import Model

/// Figures of a vendor from a YAML file: `figures:`, each with `name`, `value`, `unit`, `source`.
public enum VendorFigures {
    public static func read(yaml text: String, file: String) throws(PlanError) -> [VendorFigure] {
        let document = try YAMLDocument(text, file: file, what: "file of vendor figures")
        let top = try document.value.mapping(["source", "figures"])
        guard let list = top["figures"] else { throw document.value.problem("has no `figures:`") }
        var figures: [VendorFigure] = []
        for entry in try list.list() {
            let parts = try entry.mapping(["name", "value", "unit", "source", "note"])
            guard let name = parts["name"], let value = parts["value"], let unit = parts["unit"],
                let source = parts["source"] ?? top["source"]
            else {
                let missing =
                    ["name", "value", "unit"].filter { parts[$0] == nil }
                    + (parts["source"] == nil && top["source"] == nil ? ["source"] : [])
                throw entry.problem("lacks \(missing.joined(separator: ", "))")
            }
            figures.append(
                VendorFigure(
                    name: try name.string(), value: try value.string(), unit: try unit.string(),
                    source: try source.string(), note: try parts["note"]?.string()))
        }
        guard !figures.isEmpty, figures.count <= 200 else {
            throw list.problem("has \(figures.count) entries; 1 to 200")
        }
        return figures
    }
}
