import Document
import Model
import Units

extension Datasheet {
    /// Which processor it is, and how fast it may run.
    static func processorIdentity(_ processor: Processor) -> [Row] {
        let numbers = [processor.family, processor.modelNumber, processor.stepping]
        let known = numbers.compactMap { $0.value.map(String.init) }
        let identity = numbers.compactMap(\.reason).unique.joined(separator: "; ")
        return [
            Row(
                "Family, model, stepping",
                known.count == 3 ? .known(known.joined(separator: ", ")) : Reported<String>.unknown(identity)),
            Row("Microcode", processor.microcode),
            Row("Nominal frequency", frequency(processor, .nominal, processor.nominalFrequency)),
            Row("Base frequency", frequency(processor, .base, processor.baseFrequency)),
            Row("Maximum frequency", frequency(processor, .maximum, processor.maximumFrequency)),
            Row("Time-stamp counter", counter(processor)),
        ]
    }

    /// What it can do, and what it is kept from.
    static func processorFeatures(_ processor: Processor) -> [Row] {
        var rows = [Row("Instruction sets", instructionSets(processor))]
        rows += (processor.instructionSetDifferences.value ?? []).map { Row("Instruction sets differ", $0) }
        if case .known(let states) = processor.registerStates, !states.isEmpty {
            rows.append(Row("Register states", states.map(stateText).joined(separator: "; ")))
        }
        if let bytes = processor.scalableVectorBytes.value {
            rows.append(Row("SVE register", Figures.bytes(UInt64(clamping: bytes))))
        }
        rows += [
            Row("Cache line", processor.cacheLineBytes.map { Figures.bytes(UInt64(clamping: $0)) }),
            Row("Addresses", processor.addressBits.map { "\($0.physical) bits physical, \($0.virtual) bits virtual" }),
            Row("Threads per core", processor.simultaneousMultithreading.map(threadsText)),
        ]
        return rows + [Row("Hypervisor", processor.hypervisor)]
    }

    /// Each statement with whom it is from; the machine's figure alone where no statement was recorded.
    private static func frequency(
        _ processor: Processor, _ kind: Frequency.Kind, _ figure: Reported<Double>
    ) -> Reported<String> {
        let statements = processor.frequencies.value?.filter { $0.kind == kind } ?? []
        guard !statements.isEmpty else {
            let isBase = kind == .nominal && processor.frequencies.value != nil
            return figure.map { Figures.quantity($0, .hertz) + (isBase ? " (the base frequency)" : "") }
        }
        let sources = statements.map(\.source).unique
        let figures = sources.map { source in
            statements.filter { $0.source == source }.sorted { $0.hertz > $1.hertz }.map { statement in
                Figures.quantity(statement.hertz, .hertz) + (statement.processingUnits.map { " for \($0)" } ?? "")
            }.joined(separator: ", ")
        }
        // Witnesses that agree are named together.
        return .known(
            figures.unique.map { figure in
                let agreeing = zip(figures, sources).filter { $0.0 == figure }.map(\.1)
                return "\(figure) (\(agreeing.joined(separator: ", ")))"
            }.joined(separator: "; "))
    }

    private static func counter(_ processor: Processor) -> Reported<String> {
        processor.timeStampCounter.map { counter in
            let rate = frequency(processor, .timeStampCounter, counter.frequency)
            let invariant = counter.isInvariant.value.map { $0 ? "invariant" : "not invariant" }
            let text = [counter.name, invariant, rate.value ?? "frequency unknown: \(rate.reason ?? "")"]
                .compactMap { $0 }.joined(separator: ", ")
            return text + (counter.clockSource.value.map { "; the kernel tells time by \($0)" } ?? "")
        }
    }

    private static func instructionSets(_ processor: Processor) -> Reported<Prose> {
        processor.instructionSets.map { names in
            let list: Prose =
                names.isEmpty
                ? "none of those the kernels can use"
                : Prose.joined(names.map { "\(code: $0)" }, separator: " ")
            return processor.instructionSetSource.value.map { list + " (by \($0))" } ?? list
        }
    }

    private static func stateText(_ state: RegisterState) -> String {
        guard state.isEnabled else { return "\(state.name) not switched on by the operating system" }
        switch state.isPermitted {
        case .known(true): return "\(state.name) on"
        case .known(false): return "\(state.name) on, and a process must ask for permission"
        case .unknown(let reason): return "\(state.name) on, permission unknown: \(reason)"
        }
    }

    private static func threadsText(_ threads: SimultaneousMultithreading) -> String {
        let counts = threads.threadsPerCore.map(String.init)
        let visible = counts.isEmpty ? "no cores shown" : counts.joined(separator: " or ")
        let control = threads.control.value.map { "SMT control \($0)" }
        let active = threads.isActive.value.map { $0 ? "active" : "not active" }
        return [visible, control, active].compactMap { $0 }.joined(separator: ", ")
    }
}
