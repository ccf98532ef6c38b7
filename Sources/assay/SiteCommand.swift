import ArgumentParser
import Datasheet
import Dispatch
import Document
import Judge
import Model
import Record
import Render
import Units

/// A static site from many bundles.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Make a static site from many bundles.",
        discussion: """
            An index that sorts and filters, a datasheet for each bundle, and a page that puts any two or three side by side. \
            Verdicts stand there for up to \(SiteVerdicts.most) bundles, and are those of assay compare; for more, the page prints \
            the command that gives them. It works from a folder, without a server or a network. The directory is replaced as a whole, and only where \
            assay site made it. A bundle that cannot be read is named in the index and on standard error, and the rest goes on.

            Exit code 0: every bundle is in it. 1: some were left out.

            Examples:
              assay site Reports --output public
              assay site runs/* --output public --title "Our machines"
            """)

    @Argument(help: "Bundles, or directories that hold some, at most four levels deep.")
    var directories: [String]

    @Option(name: .shortAndLong, help: "Directory of the site.")
    var output: String

    @Option(help: "Title of the index.")
    var title = "Hardware datasheets"

    func run() throws {
        let bundles = try directories.flatMap { try BundleSearch.directories($0) }
        guard !bundles.isEmpty else {
            throw RecordError(
                .noSuchInput, path: directories.joined(separator: ", "), problem: "no bundle.json is in there")
        }
        let publication = try Publication(output)
        do {
            try publication.makeFolder("machines")
            try publication.makeFolder("data")
            let work = SiteWork(bundles, publication)
            let catalogue = try work.run(title: title)
            for page in Site.pages(catalogue) { try publication.write(page.content, to: page.name) }
            try publication.publish()
            Console.out("site       \(output)/index.html")
            Console.out("machines   \(catalogue.entries.count)")
            if !catalogue.refused.isEmpty { throw ExitCode(1) }
        } catch {
            publication.discard()
            throw error
        }
    }
}

/// Bundles → pages, on all processing units; what comes out does not depend on which of them is done first.
private final class SiteWork: @unchecked Sendable {
    private let bundles: [String]
    private let identities: [String]
    private let publication: Publication
    private let lock = DispatchSemaphore(value: 1)
    private var entries: [Int: Catalogue.Entry] = [:]
    private var refused: [Int: Catalogue.Refusal] = [:]
    /// What verdicts are made of, where there are few enough bundles.
    private var values: [Int: RunValues] = [:]
    private var failure: RecordError?

    init(_ bundles: [String], _ publication: Publication) {
        self.bundles = bundles
        self.publication = publication
        // Named by their directories: what a bundle says of itself may be anything, and be there twice.
        identities = Catalogue.identities(
            bundles.map { $0.split(separator: "/").last { $0 != "." && $0 != ".." }.map(String.init) ?? "bundle" })
    }

    func run(title: String) throws -> Catalogue {
        DispatchQueue.concurrentPerform(iterations: bundles.count) { index in one(index) }
        DispatchQueue.concurrentPerform(iterations: bundles.count) { index in writeData(index) }
        if let failure { throw failure }
        for index in refused.keys.sorted() {
            if let one = refused[index] {
                Console.note("left out   \(Neutral.text(one.name)): \(Neutral.text(one.reason))")
            }
        }
        let order = entries.sorted { ($1.value.created, $0.key) < ($0.value.created, $1.key) }
        return Catalogue(
            title: title, entries: order.map(\.value), refused: refused.sorted { $0.key < $1.key }.map(\.value))
    }

    private func one(_ index: Int) {
        do throws(RecordError) {
            var recording = try BundleFiles.read(bundles[index])
            recording.findings = try Integrity.findings(bundles[index]) + Recheck.findings(recording)
            let document = Datasheet.compose(recording)
            var entry = Catalogue.Entry(document, id: identities[index])
            entry.marks = SiteVerdicts.marks(recording.bundle)
            write(Site.page(entry, document))
            let values = bundles.count <= SiteVerdicts.most ? SiteVerdicts.values(recording, identities[index]) : nil
            keep {
                $0.entries[index] = entry
                $0.values[index] = values
            }
        } catch {
            let refusal = Catalogue.Refusal(name: identities[index], reason: error.problem)
            keep { $0.refused[index] = refusal }
        }
    }

    /// What the page of comparisons loads of one bundle, with its verdicts against all others where these are known.
    private func writeData(_ index: Int) {
        guard var entry = entries[index] else { return }
        if let new = values[index] {
            let others = values.keys.sorted().filter { $0 != index }
            entry.verdicts = others.compactMap { other in
                values[other].map { SiteVerdicts.against(identities[other], base: $0, new: new) }
            }
        }
        write(Site.data(entry))
    }

    private func write(_ file: RenderedFile) {
        do throws(RecordError) {
            try publication.write(file.content, to: file.name)
        } catch {
            keep { $0.failure = error }
        }
    }

    private func keep(_ change: (SiteWork) -> Void) {
        lock.wait()
        change(self)
        lock.signal()
    }
}
