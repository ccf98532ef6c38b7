import Model

/// Which case of one run is which of the other, and in what a pair differs that forbids comparing it.
struct Matching {
    var base: RunValues.Result?
    var new: RunValues.Result?
    var differences: [Difference]

    /// By identity; what is left, by everything but what the user acknowledged, or but the one thing that differs. In the order
    /// of the base, then what only the new run has.
    static func pairs(_ base: [RunValues.Result], _ new: [RunValues.Result], acknowledged: Set<Subject>) -> [Matching] {
        let byIdentity = Dictionary(new.map { ($0.case.id, $0) }) { first, _ in first }
        let known = Set(base.map(\.case.id))
        var matched: [Matching?] = base.map { old in byIdentity[old.case.id].map { Matching(old, $0) } }
        var free = new.filter { !known.contains($0.case.id) }
        let loose: [Set<Subject>] =
            [acknowledged.intersection(declared)] + declared.map { [$0] }.filter { !$0.isSubset(of: acknowledged) }
        guard free.count <= mostGuesses, matched.count(where: { $0 == nil }) <= mostGuesses else {
            return zip(base, matched).map { $1 ?? Matching($0, nil) } + free.map { Matching(nil, $0) }
        }
        for (index, old) in base.enumerated() where matched[index] == nil {
            for ignoring in loose where !ignoring.isEmpty {
                let alike = free.indices.filter { isAlike(old.case, free[$0].case, ignoring) }
                // Two candidates would be a guess.
                guard alike.count == 1 else { continue }
                matched[index] = Matching(old, free.remove(at: alike[0]))
                break
            }
        }
        return zip(base, matched).map { $1 ?? Matching($0, nil) } + free.map { Matching(nil, $0) }
    }

    /// Every unmatched case is held against every other: no more than so many.
    private static let mostGuesses = 256

    private static let declared: [Subject] = [
        .backend, .dataType, .scenario, .threads, .placement, .cache, .shape,
    ]

    private static func isAlike(_ one: Case, _ other: Case, _ ignoring: Set<Subject>) -> Bool {
        one.kernel == other.kernel && differences(one, other).allSatisfy { ignoring.contains($0.subject) }
    }

    private init(_ base: RunValues.Result?, _ new: RunValues.Result?) {
        self.base = base
        self.new = new
        guard let base, let new else {
            differences = []
            return
        }
        differences = Self.differences(base.case, new.case) + Self.differences(base.implementation, new.implementation)
    }

    /// What was measured. The processing units count too: the same case on other cores is another placement.
    static func differences(_ one: Case, _ other: Case) -> [Difference] {
        var found: [Difference] = []
        func note(_ subject: Subject, _ name: String, _ before: String, _ after: String) {
            if before != after { found.append(Difference(subject, name, before: before, after: after)) }
        }
        if one.shape != other.shape { note(.shape, "shape", sizes(one), sizes(other)) }
        note(.dataType, "data type", one.dataType.rawValue, other.dataType.rawValue)
        note(.backend, "backend", one.backend.rawValue, other.backend.rawValue)
        note(.scenario, "scenario", one.scenario.rawValue, other.scenario.rawValue)
        note(.threads, "threads", "\(one.threads)", "\(other.threads)")
        note(.cache, "caches", one.cache.rawValue, other.cache.rawValue)
        note(.placement, "memory policy", one.placement.memory.rawValue, other.placement.memory.rawValue)
        note(.placement, "node", node(one), node(other))
        if one.threads == other.threads {
            note(.placement, "processing units", units(one), units(other))
        }
        return found
    }

    private static func sizes(_ planned: Case) -> String {
        let sizes = planned.shape.sizes.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return sizes.isEmpty ? planned.workload : sizes
    }

    private static func node(_ planned: Case) -> String { planned.placement.node.map { "\($0)" } ?? "any" }

    private static func units(_ planned: Case) -> String {
        planned.placement.processingUnits.map { "\($0)" }.joined(separator: ",")
    }

    /// Who computed, in which version, with which instructions.
    static func differences(_ one: Implementation?, _ other: Implementation?) -> [Difference] {
        guard let one, let other else { return [] }
        var found: [Difference] = []
        if one.library != other.library {
            found.append(
                Difference(
                    .library, "library", before: "\(one.library) \(one.version)",
                    after: "\(other.library) \(other.version)"))
        } else if one.version != other.version {
            found.append(Difference(.library, one.library, before: one.version, after: other.version))
        }
        if instructions(one) != instructions(other) {
            found.append(Difference(.isa, "ISA", before: instructions(one), after: instructions(other)))
        }
        return found
    }

    /// Everything that `differences` looks at in a case; equal exactly where there is none.
    static func marks(_ planned: Case) -> [String] {
        let placement = planned.placement
        return [
            "\(planned.shape)", planned.kernel.rawValue, planned.dataType.rawValue,
            planned.backend.rawValue, planned.scenario.rawValue, "\(planned.threads)", planned.cache.rawValue,
            placement.memory.rawValue, node(planned), units(planned),
        ]
    }

    /// The same of an implementation.
    static func marks(_ implementation: Implementation) -> [String] {
        [implementation.library, implementation.version, instructions(implementation)]
    }

    /// `avx512_core` of `brg:avx512_core`: which algorithm a library chose is its own affair, the instruction set is not.
    private static func instructions(_ implementation: Implementation) -> String {
        implementation.reported.split(separator: ":").last.map(String.init) ?? implementation.reported
    }
}
