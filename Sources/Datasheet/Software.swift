import Document
import Model

extension Datasheet {
    /// §5: versions in force, and the implementation each library chose.
    static func software(_ reading: Reading) -> Document.Section {
        let software = reading.machine.software
        let heads = [Document.Column(""), Document.Column("Version"), Document.Column("Detail")]
        var rows: [[Document.Cell]] = [
            [.data("Operating system"), reported(software.operatingSystem), .notApplicable],
            [.data("Kernel"), reported(software.kernel), .notApplicable],
            [.data("C library"), reported(software.cLibrary), .notApplicable],
        ]
        rows += (software.libraries + loadedLibraries(reading)).map { library in
            [.data(library.name), reported(library.version), .text(libraryDetail(library, reading))]
        }
        rows.append([.data("Assay"), .data(reading.bundle.tool.version), .text(toolDetail(reading.bundle.tool))])
        return Document.Section(
            number: Number.software, title: "Software",
            finding: "Libraries are loaded at run time; the implementation each one chose is recorded, not assumed.",
            blocks: [.table(Document.Table(caption: "Versions in force", columns: heads, rows: rows))])
    }

    /// Compute libraries that the run itself loaded, as its measurements recorded them.
    private static func loadedLibraries(_ reading: Reading) -> [Library] {
        let known = Set(reading.machine.software.libraries.map(\.name))
        return reading.measured.compactMap(\.implementation).compactMap { implementation -> Library? in
            guard let path = implementation.path, !known.contains(implementation.library) else { return nil }
            return Library(
                name: implementation.library, version: .known(implementation.version), path: .known(path))
        }.unique
    }

    static func reported(_ text: Reported<String>) -> Document.Cell {
        .data(text.text, text.value == nil ? .quiet : .none)
    }

    private static func libraryDetail(_ library: Library, _ reading: Reading) -> Prose {
        var detail: Prose
        switch library.path {
        case .known(let path): detail = "\(code: path)"
        case .unknown(let reason): detail = Prose(reason)
        }
        let chose = reading.measured.compactMap(\.implementation)
            .filter { $0.library == library.name && ($0.path == nil || $0.path == library.path.value) }
            .map(\.reported).filter { !$0.isEmpty }.unique
        guard !chose.isEmpty else { return detail }
        return detail + "; chose " + Prose.joined(chose.map { "\(code: $0)" }, separator: ", ")
    }

    private static func toolDetail(_ tool: Tool) -> Prose {
        let state = tool.modified ? "with changes that are in no commit" : "unmodified"
        return "commit \(code: String(tool.commit.prefix(12))), \(state); \(tool.compiler)"
    }
}
