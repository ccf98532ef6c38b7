import Model
import Record

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Names that a run gets: its identity, its directory.
enum RunNames {
    /// `20261123-7e09a1`: the day, and the start of a hash over plan and moment.
    static func identity(plan: Plan, created: Date) -> String {
        let day = created.formatted(.iso8601.year().month().day().dateSeparator(.omitted))
        let text = "\(created.timeIntervalSince1970)|\(plan.seed)|\(plan.cases.map(\.id).joined(separator: ","))"
        return day + "-" + Digest.identity(of: text, digits: 6)
    }

    /// `amd-epyc-2c`: short, lower case, safe as a file name.
    static func slug(_ machine: Machine) -> String {
        let model = machine.processor.model.value ?? machine.processor.architecture
        let words = model.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let dull: Set<Substring> = ["r", "tm", "cpu", "processor", "core", "with"]
        let name = words.filter { !dull.contains($0) }.prefix(4).joined(separator: "-")
        return String((name.isEmpty ? "machine" : name).prefix(40)) + "-\(machine.topology.cores)c"
    }

    static var compiler: String {
        #if compiler(>=6.4)
            "Swift 6.4 or newer"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #else
            "Swift 6.2"
        #endif
    }

    /// The directory under `parent` whose journal was written last.
    static func newestUnfinished(in parent: String) throws(RecordError) -> String {
        let manager = FileManager.default
        var newest: (path: String, time: Date)?
        for name in (try? manager.contentsOfDirectory(atPath: parent)) ?? [] {
            let path = "\(parent)/\(name)"
            if Journal.isBeingWritten(in: path) { continue }
            guard let attributes = try? manager.attributesOfItem(atPath: "\(path)/\(Journal.fileName)"),
                let time = attributes[.modificationDate] as? Date
            else { continue }
            if newest.map({ $0.time < time }) ?? true { newest = (path, time) }
        }
        guard let newest else {
            throw RecordError(
                .noSuchInput, path: parent, problem: "holds no unfinished run; name one with --output DIRECTORY")
        }
        return newest.path
    }
}
