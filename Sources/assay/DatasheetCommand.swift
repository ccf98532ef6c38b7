import ArgumentParser
import Datasheet
import Document
import Model
import Record
import Render

/// Render a bundle.
struct DatasheetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datasheet", abstract: "Render the datasheet of a bundle.",
        discussion: """
            The bundle is the only input, and rendering is deterministic: the same bundle gives the same bytes.

            Examples:
              assay datasheet Reports/local/mine
              assay datasheet mine --format md --output site
              assay datasheet mine --format html --stdout > mine.html
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String

    @Option(help: "Formats, separated by commas: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: String = Format.allCases.map(\.rawValue).joined(separator: ",")

    @Option(name: .shortAndLong, help: "Directory for the files; the bundle's own by default.")
    var output: String?

    @Flag(help: "Print the document instead of writing files; one format, without its pictures.")
    var stdout = false

    func run() throws {
        let formats = try format.split(separator: ",").map { name in
            guard let format = Format(rawValue: String(name)) else {
                let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--format \(name): unknown; there is \(known).")
            }
            return format
        }
        guard !formats.isEmpty else { throw ValidationError("--format is empty.") }
        let recording = try Publisher.read(bundle)
        if stdout {
            guard formats.count == 1, let format = formats.first else {
                throw ValidationError("--stdout prints one document; name it with --format.")
            }
            if let file = format.render(Datasheet.compose(recording)).first { Console.out(file.content) }
            return
        }
        let directory = output ?? BundleFiles.directory(of: bundle)
        try Publisher.report(recording, formats: formats, to: directory)
        for format in formats { Console.out("\(directory)/datasheet.\(format.rawValue)") }
    }
}

/// What a document can be rendered to.
enum Format: String, CaseIterable {
    case md, html

    /// The document first, then the pictures it refers to.
    func render(_ document: Document) -> [RenderedFile] {
        switch self {
        case .md: Markdown.render(document, name: "datasheet")
        case .html: [RenderedFile(name: "datasheet.html", content: HTML.render(document))]
        }
    }
}
