public import Model

/// A named list of what to run, as written: nothing in it depends on a machine yet.
public struct Suite: Sendable, Equatable {
    public var name: String
    public var about: String
    public var rules: Rules
    public var entries: [Entry]

    /// A workload of a suite; it stands for data types × backends × placements × states of the caches.
    public struct Entry: Sendable, Equatable {
        public var workload: Workload
        public var dataTypes: [DataType]
        public var backends: [Backend]
        public var threads: [ThreadCount]
        public var orders: [ThreadOrder] = [.compact]
        public var memory: [Placement.MemoryPolicy] = [.local]
        public var caches: [CacheState]
        public var nodes: NodeChoice = .whole
        /// The line is for machines of this architecture only (`x86_64`, `aarch64`); `nil`: for all.
        public var architecture: String? = nil
        /// How work arrives; `nil`: iterations are sampled in batches.
        public var scenarios: [ScenarioChoice?] = [nil]
    }
}

/// How many threads: a number, or what the machine at hand has.
public enum ThreadCount: Sendable, Hashable {
    /// So many, one a core.
    case exactly(Int)
    /// One on each core.
    case all
    /// So many, more than there are cores: one on each core, then SMT siblings. What a sweep comes to.
    case firstUnits(Int)
    /// One on each processing unit, SMT siblings included.
    case units
    /// 1, 2, 4, … up to all cores, and on to all processing units where there are more of these.
    case sweep
}

/// Which cores threads take first.
public enum ThreadOrder: String, Sendable, Hashable, CaseIterable {
    /// Those of one NUMA node, then those of the next.
    case compact
    /// One of each NUMA node in turn.
    case spread
}

/// Which NUMA nodes a line is for.
public enum NodeChoice: String, Sendable, Hashable, CaseIterable {
    /// The machine as a whole; memory is local.
    case whole
    /// Every pair: the cores of one node with the memory of another, or of the same.
    case matrix
}

/// What is computed, by name: sizes and where they come from.
public struct Workload: Sendable, Equatable {
    /// Name for files and flags: `matmul-1024`.
    public var name: String
    /// Name for people: `matmul 1024³`.
    public var title: String
    public var kernel: Kernel
    public var size: Size
    /// What it is computed in where a suite does not say.
    public var dataType: DataType
    /// Where the sizes come from.
    public var source: String

    /// A shape, or a size that is measured by the machine, so that it fits every one.
    public enum Size: Sendable, Equatable {
        case fixed(Shape)
        case lastLevelCaches(Int, atLeast: Int, pages: BufferShape.Pages?)
        /// A share of each thread's part of the caches of a level.
        case cacheLevel(Int, share: Double)
        /// Tables cut so that they take at most this share of the machine's memory.
        case memoryShare(Shape, Double)
    }
}

/// Everything that can be named: the shipped workloads and suites, and those of a user's files.
public struct Catalogue: Sendable {
    public internal(set) var workloads: [Workload] = []
    public internal(set) var suites: [Suite] = []

    /// Null workloads crash, hang and take all memory when told to: for tests of Assay itself.
    private let allowsNull: Bool

    public init(allowsNull: Bool = false) { self.allowsNull = allowsNull }

    /// Adds what a file holds: `workloads:`, or a suite (`suite:`, `rules:`, `include:`, `cases:`), or both.
    ///
    /// - Throws: `PlanError` naming file, line and key.
    /// - Returns: the suite in it, if there is one.
    @discardableResult
    public mutating func read(_ text: String, file: String) throws(PlanError) -> Suite? {
        let document = try YAMLDocument(text, file: file)
        let parts = try document.value.mapping(["suite", "about", "rules", "include", "cases", "workloads"])
        if let list = parts["workloads"] {
            for entry in try list.list() {
                try add(try WorkloadReader.workload(entry, allowsNull: allowsNull), at: entry)
            }
        }
        if parts["cases"] != nil || parts["include"] != nil {
            let suite = try SuiteReader.suite(parts, at: document.value, file: file, workloads, suites)
            suites.removeAll { $0.name == suite.name }
            suites.append(suite)
            return suite
        }
        guard parts["workloads"] != nil else {
            throw document.value.problem("has neither `cases:` nor `include:` nor `workloads:`")
        }
        return nil
    }

    /// The suite of that name.
    public func suite(_ name: String) throws(PlanError) -> Suite {
        guard let suite = suites.first(where: { $0.name == name }) else {
            throw PlanError(
                .noSuchInput, file: name,
                problem: "no such suite, and no such file" + Nearest.hint(for: name, among: suites.map(\.name)))
        }
        return suite
    }

    private mutating func add(_ workload: Workload, at value: YAMLValue) throws(PlanError) {
        guard !workloads.contains(where: { $0.name == workload.name }) else {
            throw value.problem("there is a workload named \(workload.name) already")
        }
        workloads.append(workload)
    }
}
