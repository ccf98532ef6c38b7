import Document
import Model
import Record
import Render

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// Something that has to be there and is not, with what would bring it.
struct Unavailable: Error, CustomStringConvertible {
    let description: String
}

/// A document on paper, by a program that is installed: pdflatex sets the LaTeX, else a Chromium prints the page.
enum PDFPrinter {
    static let remedy =
        "apt-get install texlive-latex-recommended texlive-pictures lmodern (or: apt-get install chromium)"
    private static let browsers = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]

    /// Writes `name`.pdf into `directory`.
    static func print(_ document: Document, name: String = "datasheet", to directory: String) throws {
        let workshop = try temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: workshop) }
        var tried: [String] = []
        for (title, work) in [("pdflatex", typeset), ("Chromium", browse)] {
            guard let why = work(document, workshop) else {
                return try BundleFiles.copyReport("\(workshop)/sheet.pdf", name: "\(name).pdf", to: directory)
            }
            tried.append("\(title): \(why)")
        }
        throw Unavailable(
            description: "--format pdf needs pdflatex or Chromium; \(tried.joined(separator: "; ")). \(remedy)")
    }

    /// `nil` where the file is there, else why not.
    private static func typeset(_ document: Document, _ workshop: String) -> String? {
        guard let program = ChildProcess.find(["pdflatex"]) else { return "not installed" }
        guard put(LaTeX.render(document), "\(workshop)/sheet.tex") else { return "no room for its input" }
        // TeX may read and write here and in its own tree, and start nothing. Its dates are fixed: the same sheet, the same bytes.
        let environment =
            environment(workshop) + [
                "openin_any=p", "openout_any=p", "shell_escape=f", "SOURCE_DATE_EPOCH=0", "FORCE_SOURCE_DATE=1",
                "TEXMFVAR=\(workshop)/var",
            ]
        let arguments = ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "sheet.tex"]
        for _ in 0..<2 {
            let status = ChildProcess.run(program, arguments, in: workshop, environment: environment, seconds: 300)
            guard status == 0 else { return "failed: \(complaint("\(workshop)/sheet.log"))" }
        }
        return FileManager.default.fileExists(atPath: "\(workshop)/sheet.pdf") ? nil : "wrote nothing"
    }

    /// The first line of TeX’s log that names an error.
    private static func complaint(_ log: String) -> String {
        let text = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("!") }
        return line.map { String($0.prefix(200)) } ?? "it left no reason"
    }

    private static func browse(_ document: Document, _ workshop: String) -> String? {
        guard let program = ChildProcess.find(browsers) else { return "not installed" }
        guard put(HTML.render(document), "\(workshop)/sheet.html") else { return "no room for its input" }
        let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []
        let arguments =
            [
                "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--user-data-dir=\(workshop)/profile",
            ]
            + sandbox + [
                "--no-pdf-header-footer", "--print-to-pdf=\(workshop)/sheet.pdf", "file://\(workshop)/sheet.html",
            ]
        let status = ChildProcess.run(
            program, arguments, in: workshop, environment: environment(workshop), seconds: 120)
        guard status == 0 else { return "failed" }
        return FileManager.default.fileExists(atPath: "\(workshop)/sheet.pdf") ? nil : "wrote nothing"
    }

    private static func environment(_ workshop: String) -> [String] {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return ["PATH=\(path)", "HOME=\(workshop)", "LC_ALL=C.UTF-8", "TZ=UTC"]
    }

    private static func put(_ text: String, _ path: String) -> Bool {
        FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
    }

    private static func temporaryDirectory() throws -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/assay-pdf-\(String(repeating: "X", count: 6))".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw RecordError(.cannotCreate, path: base, problem: String(cString: strerror(errno)))
        }
        return String(cString: made)
    }
}
