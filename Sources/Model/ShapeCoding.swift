extension Shape {
    /// The kernel this shape belongs to.
    public var kernel: Kernel {
        switch self {
        case .matmul: .matmul
        case .convolution: .convolution
        case .embedding: .embedding
        case .rowGather: .rowGather
        case .streamCopy: .streamCopy
        case .streamScale: .streamScale
        case .streamAdd: .streamAdd
        case .streamTriad: .streamTriad
        case .cacheRead: .cacheRead
        case .pointerChase: .pointerChase
        case .peak: .peakCompute
        case .null: .null
        }
    }
}

extension Shape {
    /// Decodes the sizes that `kernel` has.
    public init(kernel: Kernel, from decoder: any Decoder) throws {
        self =
            switch kernel {
            case .matmul: .matmul(try MatmulShape(from: decoder))
            case .convolution: .convolution(try ConvolutionShape(from: decoder))
            case .embedding: .embedding(try EmbeddingShape(from: decoder))
            case .rowGather: .rowGather(try EmbeddingShape(from: decoder))
            case .streamCopy: .streamCopy(try BufferShape(from: decoder))
            case .streamScale: .streamScale(try BufferShape(from: decoder))
            case .streamAdd: .streamAdd(try BufferShape(from: decoder))
            case .streamTriad: .streamTriad(try BufferShape(from: decoder))
            case .cacheRead: .cacheRead(try CacheShape(from: decoder))
            case .pointerChase: .pointerChase(try BufferShape(from: decoder))
            case .peakCompute: .peak(try PeakShape(from: decoder))
            case .null: .null(try NullShape(from: decoder))
            }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .matmul(let sizes): try sizes.encode(to: encoder)
        case .convolution(let sizes): try sizes.encode(to: encoder)
        case .embedding(let sizes), .rowGather(let sizes): try sizes.encode(to: encoder)
        case .streamCopy(let sizes), .streamScale(let sizes), .streamAdd(let sizes), .streamTriad(let sizes),
            .pointerChase(let sizes):
            try sizes.encode(to: encoder)
        case .cacheRead(let sizes): try sizes.encode(to: encoder)
        case .peak(let sizes): try sizes.encode(to: encoder)
        case .null(let sizes): try sizes.encode(to: encoder)
        }
    }
}

/// `Case` is coded by hand for one reason: the sizes in `shape` can only be read once `kernel` is known.
extension Case {
    private enum Key: String, CodingKey {
        case id, workload, kernel, shape, dataType, backend, scenario, threads, placement, cache, rotatedBytes
        case scenarioSettings
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let kernel = try container.decode(Kernel.self, forKey: .kernel)
        self.init(
            id: try container.decode(String.self, forKey: .id),
            workload: try container.decode(String.self, forKey: .workload),
            kernel: kernel,
            shape: try Shape(kernel: kernel, from: container.superDecoder(forKey: .shape)),
            dataType: try container.decode(DataType.self, forKey: .dataType),
            backend: try container.decode(Backend.self, forKey: .backend),
            scenario: try container.decode(Scenario.self, forKey: .scenario),
            threads: try container.decode(Int.self, forKey: .threads),
            placement: try container.decode(Placement.self, forKey: .placement),
            // Records from before there was a choice are of warm caches.
            cache: try container.decodeIfPresent(CacheState.self, forKey: .cache) ?? .warm,
            rotatedBytes: try container.decodeIfPresent(Int.self, forKey: .rotatedBytes),
            scenarioSettings: try container.decodeIfPresent(ScenarioSettings.self, forKey: .scenarioSettings))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(workload, forKey: .workload)
        try container.encode(kernel, forKey: .kernel)
        try shape.encode(to: container.superEncoder(forKey: .shape))
        try container.encode(dataType, forKey: .dataType)
        try container.encode(backend, forKey: .backend)
        try container.encode(scenario, forKey: .scenario)
        try container.encode(threads, forKey: .threads)
        try container.encode(placement, forKey: .placement)
        try container.encode(cache, forKey: .cache)
        try container.encodeIfPresent(rotatedBytes, forKey: .rotatedBytes)
        try container.encodeIfPresent(scenarioSettings, forKey: .scenarioSettings)
    }
}
