import Model
import Units

/// What differs between runs as a whole: the machine, the rules, Assay.
enum RunDifferences {
    /// Against the newest run of the base; where the others differ from that one, the warnings say so.
    static func between(_ base: [RunValues], _ new: RunValues) -> [Difference] {
        guard let last = base.max(by: { $0.reference.created < $1.reference.created }) else { return [] }
        return Fingerprint.differences(last.machine, new.machine) + rules(last, new)
            + tools(last.reference.tool, new.reference.tool)
    }

    /// Two machines where the processor or how much there is of it differs; else one machine, whatever else changed.
    static func relation(_ differences: [Difference]) -> Comparison.Relation {
        let hardware: Set<Subject> = [.processor, .topology, .memory, .accelerator]
        let isOther = differences.contains {
            hardware.contains($0.subject) || ($0.subject == .cloud && $0.name == "instance type")
        }
        return isOther ? .machines : .runs
    }

    private static func rules(_ base: RunValues, _ new: RunValues) -> [Difference] {
        var found: [Difference] = []
        func note(_ name: String, _ before: String, _ after: String) {
            if before != after { found.append(Difference(.rules, name, before: before, after: after)) }
        }
        note("suite", base.reference.suite, new.reference.suite)
        note("processes per case", "\(base.rules.processes)", "\(new.rules.processes)")
        note("time per process", seconds(base.rules.processSeconds), seconds(new.rules.processSeconds))
        note("time per sample", seconds(base.rules.sampleSeconds), seconds(new.rules.sampleSeconds))
        note("instruction set allowed", base.instructionSet ?? "best", new.instructionSet ?? "best")
        return found
    }

    private static func seconds(_ value: Double) -> String { Figures.quantity(value, .seconds) }

    private static func tools(_ base: Tool, _ new: Tool) -> [Difference] {
        func text(_ tool: Tool) -> String {
            "\(tool.version) (\(tool.commit.prefix(12))\(tool.modified ? ", with changes" : ""))"
        }
        var found: [Difference] = []
        if text(base) != text(new) { found.append(Difference(.tool, "Assay", before: text(base), after: text(new))) }
        if base.compiler != new.compiler {
            found.append(Difference(.tool, "compiler", before: base.compiler, after: new.compiler))
        }
        return found
    }
}

/// What a reader should know of a comparison as a whole.
enum Warnings {
    static func all(
        base: [RunValues], new: RunValues, drafts: [Draft], floor: NoiseFloor?, options: Judge.Options, tests: Int
    ) -> [String] {
        var found = base.compactMap { SameRun.warning($0, new) }
        let fewest = drafts.compactMap { $0.decision.map { min($0.new.count, $0.base.reduce(0) { $0 + $1.count }) } }
            .min()
        let needed = Decision.fewestProcesses(alpha: options.falseDiscoveryRate / Double(max(tests, 1)))
        if let fewest, fewest < needed {
            found.append(
                "\(fewest) processes a side are too few to call a single change among \(tests) metrics; \(needed) are needed"
            )
        }
        found += statuses(drafts)
        if floor == nil, !options.isInterleaved, base.count < 2, tests > 0 {
            found.append(
                "nobody measured how much runs differ here (assay noise): "
                    + "they are taken to differ by as much as processes do, so only large changes can be called")
        }
        if Set(base.map(\.reference.id)).count < base.count { found.append("a baseline is named twice") }
        if let last = base.last {
            for run in base.dropLast() {
                let among = Fingerprint.differences(run.machine, last.machine)
                if let first = among.first {
                    found.append(
                        "baselines differ among themselves: \(first.text)"
                            + (among.count > 1 ? " and \(among.count - 1) more" : ""))
                    break
                }
            }
        }
        return found
    }

    /// Values of a measurement that is not valid are compared like any other, and that is said.
    private static func statuses(_ drafts: [Draft]) -> [String] {
        [
            ("base", drafts.compactMap { $0.pair.change == nil ? nil : $0.pair.base?.status }),
            ("new run", drafts.compactMap { $0.pair.change == nil ? nil : $0.pair.new?.status }),
        ].compactMap { side, statuses -> String? in
            let doubtful = statuses.filter { $0 != .valid }
            guard !doubtful.isEmpty else { return nil }
            let kinds = Status.allCases.compactMap { status -> String? in
                let count = doubtful.count { $0 == status }
                return count > 0 ? "\(count) \(status.rawValue)" : nil
            }
            return
                "\(doubtful.count) of \(statuses.count) metrics of the \(side) rest on measurements that are not valid "
                + "(\(kinds.joined(separator: ", "))): what is said of them is less sure than it looks"
        }
    }
}
