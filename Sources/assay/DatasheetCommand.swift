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
            Rendering is deterministic: the same bundle and the same options give the same bytes. Identifiers (host name, \
            serial numbers, addresses) are left out even where the bundle has them.

            Examples:
              assay datasheet Reports/local/mine
              assay datasheet mine --format md,html,tex,json,csv,pdf --output site
              assay datasheet mine --format html --stdout > mine.html
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String

    @Option(help: "Formats, separated by commas: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: String = Format.usual.map(\.rawValue).joined(separator: ",")

    @Option(name: .shortAndLong, help: "Directory for the files; the bundle's own by default.")
    var output: String?

    @Flag(help: "Print the document instead of writing files; one format, without its pictures.")
    var stdout = false

    @Flag(help: "Keep identifiers that the bundle has: host name, serial numbers, addresses.")
    var includeIdentifiers = false

    func run() throws {
        let formats = try Format.list(format)
        if stdout, formats.count != 1 || formats == [.pdf] {
            throw ValidationError("--stdout prints one document that is text; name it with --format.")
        }
        let recording = try Publisher.read(bundle)
        let additions = additions()
        if stdout {
            let text = formats.first?.text?.render(Datasheet.compose(recording, with: additions)).first
            if let text { Console.write(text.content) }
            return
        }
        let directory = output ?? BundleFiles.directory(of: bundle)
        try Publisher.report(recording, with: additions, formats: formats, to: directory)
        for format in formats { Console.out("\(directory)/datasheet.\(format.rawValue)") }
    }

    private func additions() -> Additions {
        var additions = Additions()
        additions.includesIdentifiers = includeIdentifiers
        return additions
    }
}
