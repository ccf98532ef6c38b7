import Model

/// What a rule says: a finding, or that it did not look.
enum Entry {
    case finding(Diagnosis.Finding)
    case omitted(Diagnosis.Omission)
}

/// Something to be found well or wanting; a rule begins by naming it.
struct Subject {
    var id: String
    var group: Diagnosis.Finding.Group
    var name: String

    init(_ id: String, _ group: Diagnosis.Finding.Group, _ name: String) {
        self.id = id
        self.group = group
        self.name = name
    }

    func available(_ evidence: String) -> Entry { entry(.available, evidence, nil, false) }

    func degraded(_ evidence: String, _ mend: Mend) -> Entry { entry(.degraded, evidence, mend, false) }

    func unavailable(_ evidence: String, _ mend: Mend) -> Entry { entry(.unavailable, evidence, mend, false) }

    /// So bad that a standard run cannot be trusted.
    func disqualifying(_ status: Diagnosis.Finding.Status, _ evidence: String, _ mend: Mend) -> Entry {
        entry(status, evidence, mend, true)
    }

    func omitted(_ reason: String) -> Entry { .omitted(Diagnosis.Omission(subject: name, reason: reason)) }

    private func entry(
        _ status: Diagnosis.Finding.Status, _ evidence: String, _ mend: Mend?, _ isDisqualifying: Bool
    ) -> Entry {
        .finding(
            Diagnosis.Finding(
                id: id, group: group, subject: name, status: status, isDisqualifying: isDisqualifying,
                evidence: evidence, mend: mend))
    }
}
