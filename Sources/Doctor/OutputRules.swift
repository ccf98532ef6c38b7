import Model
import Units

extension Doctor {
    @Sendable static func output(_ e: Examination) -> [Entry] {
        let subject = Subject("storage", .output, "room for a bundle")
        guard let live = e.live else { return [subject.omitted("not looked: \(replayed)")] }
        let elsewhere = Mend.command("assay run standard --output DIRECTORY", on: .here)
        switch live.storage {
        case .unknown(let reason): return [subject.disqualifying(.unavailable, reason, elsewhere)]
        case .known(let storage):
            let seen = "\(Figures.bytes(storage.freeBytes)) free"
            if !storage.isWritable {
                return [subject.disqualifying(.unavailable, "no right to write where a bundle would go", elsewhere)]
            }
            if storage.freeBytes < DoctorBounds.storage {
                return [subject.disqualifying(.degraded, "\(seen), a bundle may need more", elsewhere)]
            }
            return [
                storage.freeBytes < DoctorBounds.storageNamed
                    ? subject.degraded(seen, elsewhere) : subject.available(seen)
            ]
        }
    }

    @Sendable static func build(_ e: Examination) -> [Entry] {
        let subject = Subject("build", .tool, "Assay's build")
        let seen =
            "version \(e.tool.version), \(e.tool.compiler), \(e.isOptimized ? "optimised" : "not optimised")"
        var wrong: [String] = []
        if !e.isOptimized { wrong.append("checks and clock readings are slow") }
        if e.tool.modified { wrong.append("built from changes that are in no commit") }
        if e.tool.commit == "unknown" { wrong.append("from no known commit") }
        guard !wrong.isEmpty else { return [subject.available(seen)] }
        let mend: Mend =
            e.tool.modified
            ? .command("git commit -a && make build", on: .here) : .command("make build", on: .here)
        return [subject.degraded("\(seen): \(wrong.joined(separator: "; "))", mend)]
    }
}
