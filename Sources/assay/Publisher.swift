import Datasheet
import Judge
import Model
import Record
import Render
import Units

/// Journal → bundle → datasheet.
enum Publisher {
    /// Makes the bundle from the journal in `directory`, and the datasheet from the bundle.
    static func publish(_ directory: String) throws -> Recording {
        try publish(try JournalContent(directory: directory), to: directory)
    }

    static func publish(_ content: JournalContent, to directory: String) throws -> Recording {
        let header = content.header
        let cut = content.ended.map(\.interrupted) ?? "cut off"
        let units = header.machine.topology.processingUnits
        let records = Exclusions.applied(to: content.records, processingUnits: units)
        let power = PowerEvidence(content.powerReport, content.power)
        let measurements = Summary.measurements(
            plan: header.plan, records: records, samples: content.samples, processingUnits: units, cut: cut,
            power: power, changes: content.tunablesChanged)
        var bundle = Bundle(
            id: header.id, created: header.created, duration: content.elapsed, tool: header.tool,
            machine: header.machine, tunablesChanged: content.tunablesChanged, plan: header.plan.published,
            clock: header.clock, quiet: header.quiet, watch: WatchReport(content.watch),
            sizing: content.sizing.isEmpty ? nil : content.sizing,
            noiseFloor: noiseFloor(content, records, measurements, power), interrupted: cut,
            resumed: content.resumed, measurements: measurements, processes: records)
        bundle.power = content.powerReport
        bundle.price = header.price
        bundle.statement = header.statement
        var recording = Recording(
            bundle: bundle, samples: content.samples, environment: content.environment, files: [])
        recording.power = content.power
        recording.files = try BundleFiles.write(recording, to: directory)
        var additions = Additions()
        // They are in the bundle only where this run was asked for them. Where it was not, the sheet is the one that
        // `assay datasheet` makes, byte for byte.
        additions.includesIdentifiers = Datasheet.hasIdentifiers(bundle.machine)
        try report(recording, with: additions, formats: Format.usual, to: directory)
        // An unfinished run keeps its journal: it is what --resume goes on from.
        if cut == nil { BundleFiles.removeJournal(in: directory) }
        return recording
    }

    /// The run's own where it measured one, else the machine's.
    private static func noiseFloor(
        _ content: JournalContent, _ records: [ProcessRecord], _ measurements: [Measurement], _ power: PowerEvidence?
    ) -> Reported<NoiseFloor> {
        let plan = content.header.plan
        guard plan.rules.noisePairs != nil else {
            return Reported(content.header.noiseFloor, else: "not measured")
        }
        return Reported(
            NoiseRule.floor(
                plan: plan, records: records, samples: content.samples, measurements: measurements, power: power),
            else: "not measured: no pair of repetitions was whole")
    }

    /// A bundle with what does not hold of it, so that no sheet made from it can hide that.
    static func read(_ path: String) throws -> Recording {
        var recording = try BundleFiles.read(path)
        recording.findings = try Integrity.findings(path) + Recheck.findings(recording)
        for finding in recording.findings { Console.note("finding    \(finding)") }
        return recording
    }

    /// A bundle on which something is to be decided: refused where it does not verify, unless that was asked for.
    static func judged(_ path: String, unverified: Bool) throws -> Recording {
        let recording = try read(path)
        guard let first = recording.findings.first, !unverified else { return recording }
        let parts = first.split(separator: ": ", maxSplits: 1).map(String.init)
        let count = recording.findings.count - 1
        let more = count > 0 ? " (and \(count) more: assay verify)" : ""
        throw RecordError(
            .badInput, path: BundleFiles.directory(of: path) + "/" + (parts.first ?? ""),
            problem: "\(Neutral.text(parts.last ?? ""))\(more); --unverified judges it all the same")
    }

    /// What the output says of a bundle that was judged although it does not verify.
    static func doubt(_ recording: Recording, _ name: String) -> [String] {
        guard let first = recording.findings.first else { return [] }
        let count = recording.findings.count
        return [
            "\(name) is not verified: \(Neutral.text(first))" + (count > 1 ? " (and \(count - 1) more)" : "")
        ]
    }

    /// Renders the datasheet into `directory`.
    static func report(
        _ recording: Recording, with additions: Additions, formats: [Format], hasFrontMatter: Bool = false,
        to directory: String
    ) throws {
        let document = Stopwatch.time("compose") { Datasheet.compose(recording, with: additions) }
        for format in formats {
            let text = hasFrontMatter && format == .md ? .mdx : format.text
            for file in Stopwatch.time(format.rawValue, { text?.render(document) ?? [] }) {
                try BundleFiles.writeReport(file.content, name: file.name, to: directory)
            }
            if format == .pdf { try PDFPrinter.print(document, to: directory) }
        }
    }

    /// Writes the cards into `cards` under `directory`; returns their paths.
    static func cards(_ recording: Recording, with additions: Additions, to directory: String) throws -> [String] {
        try Datasheet.cards(recording, with: additions).map { card in
            let file = CardMarkdown.render(card)
            try BundleFiles.writeReport(file.content, name: file.name, to: "\(directory)/cards")
            return "\(directory)/cards/\(file.name)"
        }
    }

    /// The table a person sees when the run is over.
    static func show(_ recording: Recording, directory: String, json: Bool, colours: Bool) throws {
        if json {
            try Console.json(recording.bundle)
        } else {
            let colour = Console.colours(colours, terminal: Console.outIsTerminal)
            let terminal = Terminal(width: Console.width(), isColoured: colour)
            Console.out(terminal.render(Datasheet.resultsTable(recording.bundle)))
        }
        let tell = json ? Console.note : Console.out
        tell("datasheet  \(directory)/datasheet.html")
        if recording.bundle.interrupted != nil { tell("next       assay run --resume --output \(directory)") }
        tell("next       assay verify \(directory)")
    }
}
