import Document
import Model

extension Datasheet {
    /// Operating system, compilers and libraries as a tree.
    static func softwareTree(_ machine: Machine) -> Document.Tree {
        let software = machine.software
        var tree = branch("Software", systemRows(machine))
        if let compilers = software.compilers.value {
            let rows = compilers.map { Document.Tree($0.name, pieces($0.version, $0.path, $0.build)) }
            tree.children.append(
                Document.Tree("Compilers", compilers.isEmpty ? "none on the path" : "", children: rows))
        } else {
            tree.children.append(Document.Tree("Compilers", software.compilers.text { _ in "" }))
        }
        let unasked = unasked(software)
        let libraries = software.libraries.map { library in
            Document.Tree(library.name, pieces(library.version, library.path, library.build, without: unasked))
        }
        let detail = unasked.map { "build and missing versions unknown: \($0)" } ?? ""
        tree.children.append(Document.Tree("Libraries", detail, children: libraries))
        return tree
    }

    /// What a whole system is called by.
    static func systemRows(_ machine: Machine) -> [(String, Prose)] {
        let software = machine.software
        return [
            ("Firmware", Prose(machine.firmware.text(\.title))),
            ("Operating system", Prose(software.operatingSystem.text)), ("Kernel", Prose(software.kernel.text)),
            ("Kernel version", Prose(software.kernelVersion.text)),
            ("Kernel command line", Prose(software.kernelCommandLine.text(commandLine))),
            ("C library", Prose(software.cLibrary.text)), ("Container", Prose(software.container.text(container))),
        ]
    }

    private static func commandLine(_ line: KernelCommandLine) -> String {
        let words = line.words.isEmpty ? "no word that moves results" : line.words.joined(separator: " ")
        guard line.omitted > 0 else { return words }
        return "\(words) (\(Words.count(line.omitted, "other word")) left out: they may name disks, hosts, addresses)"
    }

    private static func container(_ container: Container) -> String {
        guard !container.isNone else { return "none (\(container.evidence))" }
        let image = container.image.value.map { ", image \($0)" } ?? ", image \(container.image.text)"
        let digest = container.imageDigest.value.map { ", \($0)" } ?? ""
        return "\(container.runtime) (by \(container.evidence))\(image)\(digest)"
    }

    /// The reason that most libraries share for not having been asked.
    static func unasked(_ software: Software) -> String? {
        let reasons = software.libraries.compactMap(\.build.reason)
        return reasons.unique.first { reason in reasons.count { $0 == reason } > 1 }
    }

    /// What is known of version, file and build. A reason that stands elsewhere is not repeated.
    private static func pieces(
        _ version: Reported<String>, _ path: Reported<String>, _ build: Reported<String>, without shared: String? = nil
    ) -> String {
        let first = version.reason == shared && shared != nil ? "version unknown" : version.text
        let place = path.reason == shared && shared != nil ? nil : path.value ?? path.reason
        return [first, place, build.value].compactMap { $0 }.unique.joined(separator: ", ")
    }
}
