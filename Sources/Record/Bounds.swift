import Model

/// Bounds of what is read, as errors that name the file.
enum Bounds {
    static func hold(_ path: String, line: Int? = nil, _ check: () throws(BoundsProblem) -> Void) throws(RecordError) {
        do {
            try check()
        } catch {
            throw RecordError(.badInput, path: path, problem: (line.map { "line \($0): " } ?? "") + "\(error)")
        }
    }
}

extension JournalEntry {
    func checkBounds() throws(BoundsProblem) {
        switch self {
        case .began(let header): try header.plan.checkBounds()
        case .samples(let lines): for sample in lines { try sample.checkBounds("sample") }
        case .process(let record): try record.checkBounds()
        case .sized(let sizing): try sizing.checkBounds("sizing")
        case .power(let report, _): try report.checkBounds()
        case .powerReadings(let lines): for line in lines { try line.checkBounds("reading") }
        case .environment, .settings, .watched, .resumed, .ended: break
        }
    }
}
