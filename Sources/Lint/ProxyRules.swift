import Model

/// A number that stands for another thing than it measures.
enum ProxyRules {
    static let all = [proxy, projection]

    private static let micro = [
        "peak", "microbenchmark", "micro-benchmark", "stream", "stream triad", "fma", "theoretical", "pointer chase",
        "matmul",
        "matrix multiply", "datasheet peak", "vendor peak", "gemm", "convolution", "embedding lookup", "random rows",
    ]
    private static let application = [
        "application performance", "applications", "real-world performance", "real-world", "inference performance",
        "inference throughput", "training performance", "training throughput", "training speed",
        "end-to-end performance",
        "production performance", "llm performance", "model performance", "workload performance",
        "inferences", "million inferences", "per inference", "inferences/s",
    ]

    private static let proxy = Rule(
        "PRX01", .error, "a microbenchmark or a vendor's peak is presented as the performance of an application",
        mend: "Name the kernel that was measured, or measure the application."
    ) { exhibit in
        guard exhibit.isSheet else { return [] }
        return exhibit.passages.compactMap { passage in
            guard !passage.isDenial, let one = passage.words.first(of: application),
                let other = passage.words.first(of: micro)
            else { return nil }
            return Trace(passage.place, "“\(one)” is said of “\(other)”")
        }
    }

    private static let future = [
        "per training run", "training run", "would take", "would cost", "would reach", "would deliver", "will reach",
        "will deliver", "is expected to reach", "at full scale", "extrapolated", "extrapolates to", "scales to",
    ]

    private static let projection = Rule(
        "PRX02", .error, "a projection is not marked as one",
        mend: "Write “projected” beside the number, with the formula it comes from."
    ) { exhibit in
        var traces: [Trace] = []
        exhibit.objects { path, object in
            for key in ["perTrainingRun", "projection", "extrapolation"] {
                guard let value = object[key], value.members != nil || value.number != nil else { continue }
                if value["projected"]?.bool != true, object["projected"]?.bool != true {
                    traces.append(Trace(exhibit.place("\(path).\(key)"), "no `projected: true` beside it"))
                }
            }
        }
        guard exhibit.isSheet else { return traces }
        for passage in exhibit.passages {
            guard let claim = passage.words.first(of: future), !passage.words.quantities.isEmpty,
                !passage.words.hasAny("projected", "projection", "a projection"),
                !Words(passage.context).hasAny("projected", "projection", "projections"), !passage.isDenial
            else { continue }
            traces.append(Trace(passage.place, "“\(claim)” is a projection and is not called one"))
        }
        return traces
    }
}
