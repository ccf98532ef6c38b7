import Document
import Model

extension Datasheet {
    /// §5: versions in force, and the implementation each library chose.
    static func software(_ reading: Reading) -> Document.Section {
        let software = reading.machine.software
        let heads = [Document.Column(""), Document.Column("Version"), Document.Column("Detail")]
        let unasked = unasked(software)
        var rows: [[Document.Cell]] = (software.compilers.value ?? []).map { compiler in
            [.data(compiler.name), version(compiler.version, unasked), .text(detail(compiler.path, compiler.build))]
        }
        rows += (software.libraries + loadedLibraries(reading)).map { library in
            [.data(library.name), version(library.version, unasked), .text(libraryDetail(library, reading))]
        }
        rows.append([.data("Assay"), .data(reading.bundle.tool.version), .text(toolDetail(reading.bundle.tool))])
        return Document.Section(
            number: Number.software, title: "Software",
            finding: "Libraries are loaded at run time; the implementation each one chose is recorded, not assumed.",
            blocks: [
                .table(.facts("Operating system and what it was started with", systemRows(reading.machine))),
                .table(
                    Document.Table(
                        caption: "Versions in force", columns: heads, rows: rows,
                        notes: softwareNotes(software, unasked))),
            ])
    }

    /// Reasons that hold for many, once.
    private static func softwareNotes(_ software: Software, _ unasked: String?) -> [Prose] {
        let libraries = unasked.map { Prose("Versions and builds of libraries that are missing here: \($0).") }
        let compilers = software.compilers.reason.map { Prose("Compilers: \($0).") }
        return [libraries, compilers].compactMap { $0 }
    }

    private static func version(_ version: Reported<String>, _ unasked: String?) -> Document.Cell {
        version.reason == unasked && unasked != nil ? .data("unknown", .quiet) : reported(version)
    }

    /// Compute libraries that the run itself loaded, as its measurements recorded them.
    private static func loadedLibraries(_ reading: Reading) -> [Library] {
        let known = Set(reading.machine.software.libraries.compactMap(\.path.value))
        return reading.measured.compactMap(\.implementation).compactMap { implementation -> Library? in
            guard let path = implementation.path, !known.contains(path) else { return nil }
            return Library(
                name: implementation.library, version: .known(implementation.version), path: .known(path))
        }.unique
    }

    static func reported(_ text: Reported<String>) -> Document.Cell {
        .data(text.text, text.value == nil ? .quiet : .none)
    }

    private static func libraryDetail(_ library: Library, _ reading: Reading) -> Prose {
        let detail = detail(library.path, library.build)
        let chose = reading.measured.compactMap(\.implementation)
            .filter { $0.path == nil ? $0.library == library.name : $0.path == library.path.value }
            .map(\.reported).filter { !$0.isEmpty }.unique
        guard !chose.isEmpty else { return detail }
        return detail + "; chose " + Prose.joined(chose.map { "\(code: $0)" }, separator: ", ")
    }

    /// The file, and what is known of how it was built.
    private static func detail(_ path: Reported<String>, _ build: Reported<String>) -> Prose {
        let file: Prose
        switch path {
        case .known(let path): file = "\(code: path)"
        case .unknown(let reason): file = Prose(reason)
        }
        return build.value.map { file + "; " + Prose($0) } ?? file
    }

    private static func toolDetail(_ tool: Tool) -> Prose {
        let state = tool.modified ? "with changes that are in no commit" : "unmodified"
        return "commit \(code: String(tool.commit.prefix(12))), \(state); \(tool.compiler)"
    }
}
