import ArgumentParser
import Datasheet
import Document
import Model
import Plan
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
              assay datasheet mine --cards --vendor-figures vendor.yaml --run-by "Example Lab"
              assay datasheet mine --price 0.094 --currency USD --billing on-demand --region eu-central-1 \\
                --price-date 2026-11-24
              assay datasheet mine --training-parameters 7e9 --training-tokens 140e9 --training-name "7B"
              assay datasheet mine --versus theirs older --acknowledge library
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String

    @Option(help: "Formats, separated by commas: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: String = Format.usual.map(\.rawValue).joined(separator: ",")

    @Option(name: .shortAndLong, help: "Directory for the files; the bundle's own by default.")
    var output: String?

    @OptionGroup var versus: VersusOption

    @Flag(help: "Print the document instead of writing files; one format, without its pictures.")
    var stdout = false

    @Flag(help: "Keep identifiers that the bundle has: host name, serial numbers, addresses.")
    var includeIdentifiers = false

    @Flag(help: "Also write a card for each kernel and one for the inputs, in Markdown, under cards/.")
    var cards = false

    @Flag(help: "Begin the Markdown with front matter (title, description), as site generators read it.")
    var frontMatter = false

    @Option(help: "Revision of the sheet: 2 for the first correction.")
    var revision = 1

    @Option(help: ArgumentHelp("YAML file with figures of the vendor, each with its source.", valueName: "file"))
    var vendorFigures: String?

    @OptionGroup(title: "Price") var price: PriceOption

    @OptionGroup(title: "Training run") var training: TrainingOption

    @OptionGroup(title: "Statement") var statement: StatementOption

    func validate() throws {
        guard (1...1000).contains(revision) else { throw ValidationError("--revision \(revision): 1 to 1000.") }
    }

    func run() throws {
        let formats = try Format.list(format)
        if stdout, formats.count != 1 || formats == [.pdf] {
            throw ValidationError("--stdout prints one document that is text; name it with --format.")
        }
        let recording = try Publisher.read(bundle)
        let additions = try additions(recording)
        if stdout {
            var text = formats.first?.text
            if frontMatter, text == .md { text = .mdx }
            let file = text?.render(Datasheet.compose(recording, with: additions)).first
            if let file { Console.write(file.content) }
            return
        }
        let directory = output ?? BundleFiles.directory(of: bundle)
        try Publisher.report(
            recording, with: additions, formats: formats, hasFrontMatter: frontMatter, to: directory)
        for format in formats { Console.out("\(directory)/datasheet.\(format.rawValue)") }
        if cards {
            for path in try Publisher.cards(recording, with: additions, to: directory) { Console.out(path) }
        }
    }

    private func additions(_ recording: Recording) throws -> Additions {
        var additions = Additions()
        additions.versus = try versus.read(against: recording)
        additions.training = training.training
        additions.includesIdentifiers = includeIdentifiers
        additions.revision = revision
        additions.statement = statement.statement
        (additions.price, additions.noPrice) = try price.resolve(recording.bundle.machine)
        additions.billing = try price.billingModel()
        if let noPrice = additions.noPrice { Console.note("no price   \(noPrice)") }
        if let vendorFigures {
            additions.vendorFigures = try VendorFigures.read(
                yaml: try InputText.text(vendorFigures), file: InputText.name(vendorFigures))
        }
        return additions
    }
}
