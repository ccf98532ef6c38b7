import Document
import Model
import Units

extension Datasheet {
    /// `2-core AMD EPYC 9R14 virtual machine`: what a reader calls this machine, without praise.
    static func title(_ machine: Machine) -> String {
        let cores = machine.topology.cores
        let what = machine.isVirtual ? "virtual machine" : "machine"
        let count = cores > 0 ? "\(cores)-core " : ""
        return "\(count)\(processorName(machine.processor)) \(what)\(generationClause(machine.processor))"
    }

    /// What the machine does not state itself, with what it was derived from; on Arm the name before it is derived already.
    private static func generationClause(_ processor: Processor) -> String {
        guard let generation = ProcessorGeneration(processor) else { return "" }
        let plain = generation.name.replacing(" ", with: "-")
        let isNamed = processor.model.value.map { !$0.isEmpty && plain.hasPrefix($0) } ?? false
        return isNamed ? ", named by \(generation.basis)" : ", \(generation.name) by \(generation.basis)"
    }

    /// `Zen 4 (Genoa), derived from family 25, model 17`; nothing for what is in no list.
    static func generationRow(_ processor: Processor) -> [Row] {
        guard let generation = ProcessorGeneration(processor), let number = processor.modelNumber.value else {
            return []
        }
        let source =
            switch generation.evidence {
            case .familyAndModel: "family \(processor.family.value ?? 0), model \(number)"
            case .implementerAndPart: "implementer \(processor.vendor.text), part 0x\(String(number, radix: 16))"
            }
        return [Row("Generation", "\(generation.name), derived from \(source); the machine does not state it")]
    }

    /// The model as the processor names itself, without marks, clock and the count that stands before it anyway.
    static func processorName(_ processor: Processor) -> String {
        guard let model = processor.model.value else {
            return processor.vendor.value.map { "\($0) \(processor.architecture)" } ?? processor.architecture
        }
        let fillers: Set<String> = ["CPU", "Processor"]
        let words = model.replacing("(R)", with: "").replacing("(TM)", with: "").split(separator: " ")
            .prefix { $0 != "@" && $0 != "w/" }
            .filter { !fillers.contains(String($0)) && !$0.hasSuffix("-Core") }
        return words.isEmpty ? processor.architecture : words.joined(separator: " ")
    }

    static func identityLine(_ bundle: Bundle) -> Prose {
        let machine = bundle.machine
        var parts: [Prose] = [Prose(coresAndThreads(machine.topology))]
        if let bytes = machine.memory.kernelBytes.value { parts.append(Prose(Figures.bytes(bytes))) }
        if let hypervisor = machine.processor.hypervisor.value {
            parts.append(Prose(hypervisor == "none" ? "bare metal" : "\(hypervisor) guest"))
        }
        if let cloud = machine.cloud.value, let type = cloud.instanceType.value {
            parts.append(Prose("\(type) of \(cloud.provider)"))
        }
        let system = [machine.software.operatingSystem.value, machine.software.kernel.value.map { "Linux \($0)" }]
        parts.append(Prose(system.compactMap { $0 }.joined(separator: ", ")))
        parts.append("suite \(code: bundle.plan.suite), seed \(String(bundle.plan.seed))")
        return Prose.joined(parts.filter { !$0.text.isEmpty }, separator: " · ")
    }

    /// `2 cores, 1 thread each`.
    static func coresAndThreads(_ topology: Topology) -> String {
        let cores = Words.count(topology.cores, "core")
        guard topology.cores > 0, topology.processingUnits % topology.cores == 0 else {
            return "\(cores), \(Words.count(topology.processingUnits, "processing unit"))"
        }
        let each = topology.processingUnits / topology.cores
        return "\(cores), \(Words.count(each, "thread"))" + (topology.cores == 1 ? "" : " each")
    }

    /// The sentence under the title: how close dense kernels come to the peak, and what more threads bring to memory.
    static func overallFinding(_ reading: Reading) -> Prose? {
        var sentences: [String] = []
        if let sentence = shareSentence(reading) { sentences.append(sentence) }
        if let sentence = bandwidthSentence(reading) { sentences.append(sentence) }
        return sentences.isEmpty ? nil : Prose(sentences.joined(separator: " "))
    }

    /// Shares of the peak, all threads, sound cases only, with the peak itself.
    static func shareSentence(_ reading: Reading) -> String? {
        let dense = reading.kernels.filter {
            guard let ceiling = reading.ceiling(of: $0) else { return false }
            return $0.isSound && ceiling.isSound && $0.case.threads == reading.mostThreads
                && ceiling.case.kernel == .peakCompute
        }
        guard let first = dense.first, let peak = reading.ceiling(of: first), let metric = peak.metrics.first,
            dense.allSatisfy({ $0.share?.of == first.share?.of })
        else { return nil }
        let shares = dense.compactMap { $0.share?.value }
        let kernels = Kernel.allCases.filter { kernel in dense.contains { $0.case.kernel == kernel } }
        return "With \(Words.threads(reading.mostThreads)), \(Words.list(kernels.map { $0.title.lowercased() })) "
            + "\(kernels.count == 1 ? "reaches" : "reach") \(Words.range(percent: shares)) of the measured "
            + "\(peak.case.dataType.rawValue) peak, \(NumberColumn.text(metric))."
    }

    /// What more threads do to the bandwidth of memory, with both values; nothing where either is not fit to rest on.
    static func bandwidthSentence(_ reading: Reading) -> String? {
        guard let pair = reading.scaling.first(where: { $0.one.case.kernel == .streamTriad }),
            pair.one.isSound, pair.all.isSound, let one = pair.one.metrics.first,
            let all = pair.all.metrics.first, one.value > 0
        else { return nil }
        let ratio = Figures.fixed(all.value / one.value, decimals: 2)
        return
            "From one thread to \(Words.number(pair.all.case.threads)), memory bandwidth goes from \(NumberColumn.text(from: one, to: all)) "
            + "(× \(ratio))."
    }
}

extension Machine {
    /// Run by a hypervisor, as far as the processor tells.
    var isVirtual: Bool {
        guard let hypervisor = processor.hypervisor.value else { return false }
        return hypervisor != "none"
    }
}
