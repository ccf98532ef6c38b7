import Model

/// YAML → workload.
enum WorkloadReader {
    static func workload(_ value: YAMLValue, allowsNull: Bool) throws(PlanError) -> Workload {
        let parts = try value.mapping(["name", "title", "kernel", "shape", "dataType", "source"])
        guard let name = try parts["name"]?.string() else { throw value.problem("has no name") }
        guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }) else {
            throw value.problem("the name \(name) has other characters than letters, digits, - _ .")
        }
        guard let kernel = try parts["kernel"]?.choice(Kernel.self) else { throw value.problem("names no kernel") }
        guard allowsNull || kernel != .null else {
            throw value.problem("the null kernel computes nothing; it is for tests of Assay itself")
        }
        let size = try size(kernel, parts["shape"], at: value)
        return Workload(
            name: name, title: try parts["title"]?.string() ?? name, kernel: kernel, size: size,
            dataType: try parts["dataType"]?.choice(DataType.self) ?? kernel.usualDataType,
            source: try parts["source"]?.string() ?? "")
    }

    private static func size(_ kernel: Kernel, _ shape: YAMLValue?, at value: YAMLValue) throws(PlanError)
        -> Workload.Size
    {
        if kernel == .peakCompute { return try CeilingReader.peak(shape) }
        guard let shape else { throw value.problem("has no shape") }
        let size: Workload.Size
        switch kernel {
        case .streamCopy, .streamScale, .streamAdd, .streamTriad, .pointerChase:
            return try CeilingReader.buffer(kernel, shape)
        case .cacheRead: return try CeilingReader.cache(shape)
        case .embedding, .rowGather: size = try EmbeddingReader.size(kernel, shape)
        case .matmul, .convolution, .peakCompute, .null: size = .fixed(try fixed(kernel, shape))
        }
        switch size {
        case .fixed(let result), .memoryShare(let result, _): try check(result, at: shape)
        case .lastLevelCaches, .cacheLevel: break
        }
        return size
    }

    /// In the widest type: what does not overflow there does so in none.
    static func check(_ shape: Shape, at place: YAMLValue) throws(PlanError) {
        do {
            _ = try shape.withUsualTypes.work(.f64)
        } catch {
            let problem: ShapeError = error
            throw place.problem("\(problem)")
        }
    }

    private static func fixed(_ kernel: Kernel, _ shape: YAMLValue) throws(PlanError) -> Shape {
        switch kernel {
        case .matmul:
            let read = try Sizes(
                shape, ["m", "n", "k", "batch", "transposeA", "transposeB", "sourceType", "resultType"])
            return .matmul(
                MatmulShape(
                    m: try read["m"], n: try read["n"], k: try read["k"],
                    batch: try read.parts["batch"]?.count() ?? 1,
                    transposeA: try read.parts["transposeA"]?.flag() ?? false,
                    transposeB: try read.parts["transposeB"]?.flag() ?? false,
                    sourceType: try read.type("sourceType", .source),
                    resultType: try read.type("resultType", .result)))
        case .convolution:
            let read = try Sizes(
                shape,
                [
                    "batch", "channels", "height", "width", "filters", "filterHeight", "filterWidth", "stride",
                    "padding", "direction", "sourceType", "resultType",
                ])
            return .convolution(
                ConvolutionShape(
                    batch: try read["batch"], channels: try read["channels"], height: try read["height"],
                    width: try read["width"], filters: try read["filters"], filterHeight: try read["filterHeight"],
                    filterWidth: try read["filterWidth"], stride: try read["stride"],
                    padding: try read.whole("padding"),
                    direction: try read.parts["direction"]?.choice(ConvolutionShape.Direction.self) ?? .forward,
                    sourceType: try read.type("sourceType", .source),
                    resultType: try read.type("resultType", .result)))
        case .null:
            let read = try Sizes(shape, ["nanoseconds", "fault"])
            return .null(
                NullShape(
                    nanoseconds: try read["nanoseconds"],
                    fault: try read.value("fault").choice(NullShape.Fault.self)))
        default:
            throw shape.problem("has no fixed shape")
        }
    }
}

/// The sizes of a shape, each needed.
struct Sizes {
    let shape: YAMLValue
    let parts: [String: YAMLValue]

    init(_ shape: YAMLValue, _ keys: [String]) throws(PlanError) {
        self.shape = shape
        parts = try shape.mapping(keys)
    }

    func value(_ key: String) throws(PlanError) -> YAMLValue {
        guard let value = parts[key] else { throw shape.problem("\(key) is missing") }
        return value
    }

    subscript(key: String) -> Int {
        get throws(PlanError) { try value(key).count() }
    }

    func whole(_ key: String) throws(PlanError) -> Int { try value(key).whole() }

    /// Where a type stands decides which ones make sense there.
    enum Role { case source, result }

    /// A type that may be left out.
    func type(_ key: String, _ role: Role) throws(PlanError) -> ElementType? {
        guard let value = parts[key] else { return nil }
        let type = try value.choice(ElementType.self)
        guard role == .result || type == .u8 || type == .s8 else {
            throw value.problem("\(type.rawValue) is no source of int8, the one type with a choice: u8 or s8 is needed")
        }
        return type
    }
}
