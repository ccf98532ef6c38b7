import ArgumentParser
import Export
import Model
import Record

/// A bundle in other tools' formats.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a bundle in another tool's format.",
        discussion: """
            One file is printed, or written to the file that --output names; a format of several files needs a \
            directory. What an export leaves out is in the bundle.

            Examples:
              assay export --list
              assay export mine --to benchstat > new.txt
              assay export mine --to openmetrics --output /var/lib/node_exporter/assay.prom
              assay export mine --to mlperf-log --output logs
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String?

    @Option(help: "Format: \(Exporters.known.map(\.name).joined(separator: ", ")).")
    var to: String?

    @Option(name: .shortAndLong, help: "File to write; a directory for a format of several files.")
    var output: String?

    @Flag(help: "List the formats.")
    var list = false

    func validate() throws {
        if list { return }
        guard bundle != nil else { throw ValidationError("a bundle is needed; --list lists the formats.") }
        guard let to else { throw ValidationError("--to FORMAT is needed; --list lists the formats.") }
        guard Exporters.find(to) != nil else {
            let known = Exporters.known.map(\.name).joined(separator: ", ")
            throw ValidationError("--to \(to): no such format; there is \(known).")
        }
    }

    func run() throws {
        if list { return show() }
        guard let bundle, let exporter = to.flatMap(Exporters.find) else { return }
        let files: [ExportedFile]
        do {
            let recording = try Publisher.read(bundle)
            files = try exporter.export(recording, figures: ExportFigures.of(recording))
        } catch let refusal as ExportRefusal {
            throw RecordError(.badInput, path: bundle, problem: "--to \(exporter.name): \(refusal.reason)")
        }
        if files.count == 1, let file = files.first { return try write(file) }
        guard let output else {
            let names = files.map(\.name).joined(separator: ", ")
            throw ValidationError(
                "--to \(exporter.name) is \(files.count) files (\(names)); name a directory with --output.")
        }
        for file in files {
            let directory = ([output] + [file.folder].compactMap { $0 }).joined(separator: "/")
            try BundleFiles.writeReport(file.content, name: file.name, to: directory)
            Console.out("\(directory)/\(file.name)")
        }
    }

    private func write(_ file: ExportedFile) throws {
        guard let output else {
            // Text ends with its line feed already.
            return Console.out(file.content.hasSuffix("\n") ? String(file.content.dropLast()) : file.content)
        }
        let parts = output.split(separator: "/", omittingEmptySubsequences: false)
        let directory = parts.dropLast().joined(separator: "/")
        guard let name = parts.last, !name.isEmpty, name != ".", name != ".." else {
            throw ValidationError("--output \(output): the name of a file is needed.")
        }
        let place = parts.count == 1 ? "." : directory.isEmpty ? "/" : directory
        try BundleFiles.writeReport(file.content, name: String(name), to: place)
        Console.out(output)
    }

    private func show() {
        let width = Exporters.known.map(\.name.count).max() ?? 0
        for exporter in Exporters.known {
            Console.out(exporter.name + String(repeating: " ", count: width - exporter.name.count + 2) + exporter.about)
        }
    }
}
