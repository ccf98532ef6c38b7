import Document
import Model
import Units

extension Datasheet {
    /// Accelerators, one branch a device; that there is none is one line.
    static func acceleratorTree(_ machine: Machine) -> Document.Tree {
        var tree = Document.Tree("Accelerators", machine.acceleratorsNote.text)
        tree.children = machine.accelerators.map { accelerator in
            Document.Tree(
                accelerator.busId ?? acceleratorKind(accelerator), accelerator.title,
                children: told([accelerator]).map { Document.Tree($0.0, $0.1.text) })
        }
        return tree
    }

    /// §4: one table for all devices of a model; where they differ, each value is given once.
    static func accelerators(_ machine: Machine) -> [Document.Block] {
        guard !machine.accelerators.isEmpty else {
            return [.paragraph(Prose("Accelerators: \(machine.acceleratorsNote.text)."))]
        }
        let titles = machine.accelerators.map(\.title).unique
        return titles.map { title in
            let alike = machine.accelerators.filter { $0.title == title }
            let places = alike.compactMap(\.busId).joined(separator: ", ")
            let rows = [("Bus", Prose(places.isEmpty ? "none" : places))] + told(alike)
            return .table(.facts(alike.count == 1 ? title : "\(alike.count) × \(title)", rows))
        }
    }

    static func acceleratorKind(_ accelerator: Accelerator) -> String {
        switch accelerator.kind {
        case .gpu: "GPU"
        case .neuralProcessor: "neural processor"
        case .other: "accelerator"
        }
    }

    /// What is known, and then what is not, with each reason said once.
    private static func told(_ devices: [Accelerator]) -> [(String, Prose)] {
        let all = devices.map(\.facts)
        let names = all.flatMap { $0.map(\.name) }.unique
        var known: [(String, Prose)] = []
        var unknown: [(reason: String, names: [String])] = []
        for name in names {
            let facts = all.compactMap { $0.first { $0.name == name }?.value }
            let values = facts.compactMap(\.value).unique
            if !values.isEmpty { known.append((name, Prose(values.joined(separator: "; ")))) }
            for reason in facts.compactMap(\.reason).unique {
                if let place = unknown.firstIndex(where: { $0.reason == reason }) {
                    unknown[place].names.append(name)
                } else {
                    unknown.append((reason, [name]))
                }
            }
        }
        return known
            + unknown.map { ("Unknown", Prose("\($0.names.map(Words.lowered).joined(separator: ", ")): \($0.reason)")) }
    }
}
