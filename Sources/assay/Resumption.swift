import Model

/// Whether a run can go on here.
enum Resumption {
    /// A run goes on only on the machine it began on, with what it began with: anything else would be two machines under
    /// one name.
    static func expectSame(_ header: RunHeader, _ now: Machine, _ directory: String) throws(RecordError) {
        guard let differs = difference(header, now) else { return }
        throw RecordError(
            .badInput, path: directory,
            problem: "was begun with another \(differs); a run can only go on as it began")
    }

    private static func difference(_ header: RunHeader, _ now: Machine) -> String? {
        let then = header.machine
        if header.tool.commit != Stamp.commit || header.tool.version != Version.number { return "Assay" }
        if then.processor.model != now.processor.model { return "processor" }
        if then.topology.processingUnits != now.topology.processingUnits { return "number of processing units" }
        if then.software.kernel != now.software.kernel { return "kernel" }
        let changes = now.software.libraryChanges(since: then.software)
        return changes.isEmpty ? nil : "library: \(changes.joined(separator: ", "))"
    }
}

/// Library files that variables of the environment name.
enum LibraryVariables {
    private static let variables = ["onednn": "ASSAY_ONEDNN", "cblas": "ASSAY_CBLAS"]

    /// By the name of the backend.
    static var named: [String: String] {
        variables.compactMapValues { name in Environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    }

    /// What to do where a bundle does not say in which folder a library lies.
    static func advice(_ backend: String, _ plan: Plan) -> String {
        let file = plan.libraries[backend]?.split(separator: "/").last ?? "its library"
        return
            "in which folder \(file) lies is not in the bundle; \(variables[backend] ?? "ASSAY_ONEDNN")=/…/\(file) says it"
    }
}
