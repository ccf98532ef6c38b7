/// Coded by hand: what has its usual value is left out, so that records from before there was a choice are read as what they
/// were, and a plain shape is written as it always was.
extension MatmulShape: Codable {
    private enum Key: String, CodingKey { case m, n, k, batch, transposeA, transposeB, sourceType, resultType }

    public init(from decoder: any Decoder) throws {
        let sizes = try decoder.container(keyedBy: Key.self)
        self.init(
            m: try sizes.decode(Int.self, forKey: .m), n: try sizes.decode(Int.self, forKey: .n),
            k: try sizes.decode(Int.self, forKey: .k), batch: try sizes.decodeIfPresent(Int.self, forKey: .batch) ?? 1,
            transposeA: try sizes.decodeIfPresent(Bool.self, forKey: .transposeA) ?? false,
            transposeB: try sizes.decodeIfPresent(Bool.self, forKey: .transposeB) ?? false,
            sourceType: try sizes.decodeIfPresent(ElementType.self, forKey: .sourceType),
            resultType: try sizes.decodeIfPresent(ElementType.self, forKey: .resultType))
    }

    public func encode(to encoder: any Encoder) throws {
        var sizes = encoder.container(keyedBy: Key.self)
        try sizes.encode(m, forKey: .m)
        try sizes.encode(n, forKey: .n)
        try sizes.encode(k, forKey: .k)
        if batch != 1 { try sizes.encode(batch, forKey: .batch) }
        if transposeA { try sizes.encode(transposeA, forKey: .transposeA) }
        if transposeB { try sizes.encode(transposeB, forKey: .transposeB) }
        try sizes.encodeIfPresent(sourceType, forKey: .sourceType)
        try sizes.encodeIfPresent(resultType, forKey: .resultType)
    }
}

extension ConvolutionShape: Codable {
    private enum Key: String, CodingKey {
        case batch, channels, height, width, filters, filterHeight, filterWidth, stride, padding
        case direction, sourceType, resultType
    }

    public init(from decoder: any Decoder) throws {
        let sizes = try decoder.container(keyedBy: Key.self)
        func size(_ key: Key) throws -> Int { try sizes.decode(Int.self, forKey: key) }
        self.init(
            batch: try size(.batch), channels: try size(.channels), height: try size(.height), width: try size(.width),
            filters: try size(.filters), filterHeight: try size(.filterHeight), filterWidth: try size(.filterWidth),
            stride: try size(.stride), padding: try size(.padding),
            direction: try sizes.decodeIfPresent(Direction.self, forKey: .direction) ?? .forward,
            sourceType: try sizes.decodeIfPresent(ElementType.self, forKey: .sourceType),
            resultType: try sizes.decodeIfPresent(ElementType.self, forKey: .resultType))
    }

    public func encode(to encoder: any Encoder) throws {
        var sizes = encoder.container(keyedBy: Key.self)
        let all: [(Key, Int)] = [
            (.batch, batch), (.channels, channels), (.height, height), (.width, width), (.filters, filters),
            (.filterHeight, filterHeight), (.filterWidth, filterWidth), (.stride, stride), (.padding, padding),
        ]
        for (key, value) in all { try sizes.encode(value, forKey: key) }
        if direction != .forward { try sizes.encode(direction, forKey: .direction) }
        try sizes.encodeIfPresent(sourceType, forKey: .sourceType)
        try sizes.encodeIfPresent(resultType, forKey: .resultType)
    }
}
