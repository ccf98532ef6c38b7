#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An optional library, loaded when it is needed.
///
/// It is never unloaded: compute libraries leave threads and thread-local data behind that do not survive it. So this is
/// a plain value, free to copy, and the functions found in it stay valid for ever.
public struct DynamicLibrary: @unchecked Sendable {
    /// The candidate that was opened.
    public let name: String
    /// From `dlopen`; the loader allows its use from any thread.
    private let handle: UnsafeMutableRawPointer

    /// Opens the first candidate that the loader accepts, all symbols resolved at once (so that nothing is looked up in
    /// timed code), its symbols kept to itself (so that two versions can be loaded side by side).
    public init(_ candidates: Candidates) throws(LibraryError) {
        var attempts: [LibraryError.Attempt] = []
        for name in candidates.names {
            if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) {
                self.name = name
                self.handle = handle
                return
            }
            attempts.append(.init(name: name, problem: lastLoaderError()))
        }
        throw .absent(attempts: attempts)
    }

    /// Address of `symbol` in this library or in one that it was linked with.
    public func address(of symbol: String) throws(LibraryError) -> UnsafeMutableRawPointer {
        guard let address = dlsym(handle, symbol) else {
            throw .symbolAbsent(symbol: symbol, library: name)
        }
        return address
    }

    /// `symbol` as a C function of type `Function`, which must be what the library's interface says: nothing can check it.
    public func function<Function>(_ symbol: String, as type: Function.Type) throws(LibraryError) -> Function {
        precondition(
            MemoryLayout<Function>.size == MemoryLayout<UnsafeMutableRawPointer>.size, "not a C function type")
        return unsafeBitCast(try address(of: symbol), to: type)
    }

    /// The same where a library may do without: `nil` when it is absent.
    public func optional<Function>(_ symbol: String, as type: Function.Type) -> Function? {
        try? function(symbol, as: type)
    }

    /// The file that `symbol` really came from, links resolved; `nil` where the loader does not know.
    public func path(of symbol: String) -> String? {
        guard let address = dlsym(handle, symbol), let name = fileName(of: address) else { return nil }
        guard let resolved = realpath(name, nil) else { return name }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// `dladdr`, itself looked up, because the C library declares it only to GNU programs and Swift is none. It fills a
/// structure of four pointers, of which the first is the file's name.
private func fileName(of address: UnsafeRawPointer) -> String? {
    typealias Function = @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int32
    guard let symbol = dlsym(nil, "dladdr") else { return nil }
    let dladdr = unsafeBitCast(symbol, to: Function.self)
    return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: 4) { information in
        information.initialize(repeating: nil)
        guard dladdr(address, information.baseAddress) != 0 else { return nil }
        return information[0].map { String(cString: $0) }
    }
}

private func lastLoaderError() -> String {
    guard let message = dlerror() else { return "the loader gave no reason" }
    return String(cString: message)
}
