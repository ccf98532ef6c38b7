import Model

extension Doctor {
    @Sendable static func instructionSets(_ e: Examination) -> [Entry] {
        let subject = Subject("instructionSets", .compute, "instruction sets")
        let listed = Set(e.machine.processor.instructionSets.value ?? [])
        let portable = "portable"
        let runs = e.variants.filter { $0.isSupported ?? (listed.contains($0.name) || $0.name == portable) }.map(\.name)
        let rest = e.variants.map(\.name).filter { !runs.contains($0) }
        let seen =
            "kernels run as \(runs.joined(separator: ", "))"
            + (rest.isEmpty ? "" : "; not as \(rest.joined(separator: ", "))")
        guard runs.contains(where: { $0 != portable }) else {
            return [
                subject.degraded(
                    seen, .nothing("the processor shows no instruction set that a kernel has a variant for"))
            ]
        }
        return [subject.available(seen)]
    }

    @Sendable static func libraries(_ e: Examination) -> [Entry] {
        let onednn = Subject("onednn", .compute, "oneDNN")
        let cblas = Subject("cblas", .compute, "CBLAS")
        guard let backends = e.live?.backends else {
            return [onednn, cblas].map { $0.omitted("not loaded: \(replayed)") }
        }
        func entry(_ subject: Subject, _ backend: Backend, _ mend: Mend) -> Entry? {
            guard let state = backends.first(where: { $0.backend == backend }) else { return nil }
            return state.isAvailable
                ? subject.available("loaded: \(state.detail)") : subject.unavailable(state.detail, mend)
        }
        return [
            entry(
                onednn, .onednn,
                e.install(debian: "libdnnl-dev", fedora: "onednn", arch: "onednn", variable: "ASSAY_ONEDNN")),
            entry(
                cblas, .cblas,
                e.install(
                    debian: "libopenblas0-pthread", fedora: "openblas-threads", arch: "openblas",
                    variable: "ASSAY_CBLAS")),
        ].compactMap { $0 }
    }
}
