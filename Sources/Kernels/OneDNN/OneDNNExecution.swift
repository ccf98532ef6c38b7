import COneDNN

/// A view of memory in some layout.
final class OneDNNMemory {
    let handle: OneDNNHandle
    init(_ handle: consuming OneDNNHandle) { self.handle = handle }
}

/// A primitive with its operands, ready to be executed again and again: with one set of them, or with several in turn.
final class OneDNNExecution {
    private let context: OneDNNContext
    private let primitive: OneDNNHandle
    /// Held for as long as the arguments name them.
    private let memories: [[OneDNNMemory]]
    private let arguments: Buffer<dnnl_exec_arg_t>
    private let count: Int
    private var set = 0
    private(set) var status: Int32 = 0

    /// - Parameter sets: of operands, each in the order of `roles`.
    init(
        _ context: OneDNNContext, _ primitive: consuming OneDNNHandle, _ roles: [Int32], _ sets: [[OneDNNMemory]]
    ) throws(KernelError) {
        count = roles.count
        arguments = try Buffer(count: max(sets.count * roles.count, 1))
        for (index, set) in sets.enumerated() {
            for (place, memory) in set.enumerated() {
                arguments.start[index * count + place] = dnnl_exec_arg_t(arg: roles[place], memory: memory.handle.raw)
            }
        }
        memories = sets
        self.context = context
        self.primitive = primitive
    }

    /// The timed part: executions in order, and one wait for all of them.
    func run(iterations: Int) {
        let execute = context.functions.primitiveExecute
        let (handle, stream, list, count) = (primitive.raw, context.stream, arguments.start, Int32(count))
        let (sets, step) = (memories.count, self.count)
        var current = set
        for _ in 0..<iterations {
            status |= execute(handle, stream, count, list + current * step)
            current = current + 1 == sets ? 0 : current + 1
        }
        set = current
        status |= context.functions.streamWait(stream)
    }

    /// The next run begins with this set.
    func rewind(to set: Int = 0) { self.set = set }

    /// What the library refused, if it did.
    var failure: String? {
        status == 0 ? nil : "oneDNN \(context.library.version) answers status \(status) to an execution"
    }
}
