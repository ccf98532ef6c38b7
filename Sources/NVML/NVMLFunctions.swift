import CNVML
import DynamicLibrary

/// The library's functions, looked up by name when they are called: a table filled at once would fail as a whole on a
/// release that lacks one of them.
struct NVMLFunctions {
    private let library: DynamicLibrary

    init(_ candidates: Candidates) throws(NVMLError) {
        do throws(LibraryError) {
            library = try DynamicLibrary(candidates)
        } catch {
            throw .absent(Self.withoutFolders(error))
        }
    }

    func find<Function>(_ name: String, _ type: Function.Type) throws(NVMLError) -> Function {
        guard let function = library.optional(name, as: type) else { throw .symbolAbsent(name) }
        return function
    }

    /// What the loader said of the first name, which is the one that should have worked. Folders are left out: a library
    /// that a user names may lie in one that bears a name.
    private static func withoutFolders(_ error: LibraryError) -> String {
        guard case .absent(let attempts) = error, let first = attempts.first else { return "no name to load it by" }
        let words = first.problem.split(separator: " ").map { word in
            word.contains("/") ? word.split(separator: "/").last.map(String.init) ?? "" : String(word)
        }
        let file = first.name.split(separator: "/").last.map(String.init) ?? first.name
        let problem = words.joined(separator: " ")
        return problem.hasPrefix(file) ? problem : "\(file): \(problem)"
    }
}

extension NVML {
    func require(_ code: Int32, _ function: String) throws(NVMLError) {
        let result = NVMLResult(rawValue: code)
        guard result == .success else { throw .failed(function: function, result) }
    }

    /// A text of at most `length` bytes. The buffer is longer than the library is told, and one without an end in the part
    /// that it was told of is no text.
    func text(
        _ function: String, _ length: Int, _ fill: (UnsafeMutablePointer<CChar>, UInt32) -> Int32
    ) throws(NVMLError) -> String {
        var buffer = [CChar](repeating: 0, count: length + 32)
        var code: Int32 = 0
        buffer.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { code = fill(start, UInt32(length)) }
        }
        try require(code, function)
        guard let end = buffer[..<length].firstIndex(of: 0) else {
            throw .implausible(function: function, problem: "a text without an end")
        }
        let bytes = buffer[..<end].map { UInt8(bitPattern: $0) }
        guard bytes.contains(where: { $0 > 32 }) else {
            throw .implausible(function: function, problem: "an empty text")
        }
        guard bytes.allSatisfy({ (32...126).contains($0) }) else {
            throw .implausible(function: function, problem: "a text that is not ASCII")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func text(_ name: String, _ device: NVMLDevice, _ length: Int32) throws(NVMLError) -> String {
        let function = try functions.find(name, assay_nvml_device_text.self)
        return try text(name, Int(length)) { function(device.handle, $0, $1) }
    }

    /// A number, refused where the library says success and leaves it alone, or gives one beyond `limit`.
    func number(_ name: String, _ device: NVMLDevice, atMost limit: UInt32) throws(NVMLError) -> UInt32 {
        let function = try functions.find(name, assay_nvml_device_number.self)
        var value = UInt32.max
        try require(function(device.handle, &value), name)
        return try bounded(value, limit, name)
    }

    func number(_ name: String, _ device: NVMLDevice, _ selector: UInt32, atMost limit: UInt32) throws(NVMLError)
        -> UInt32
    {
        let function = try functions.find(name, assay_nvml_device_selected_number.self)
        var value = UInt32.max
        try require(function(device.handle, selector, &value), name)
        return try bounded(value, limit, name)
    }

    func numbers(_ name: String, _ device: NVMLDevice, atMost limit: UInt32) throws(NVMLError) -> (UInt32, UInt32) {
        let function = try functions.find(name, assay_nvml_device_two_numbers.self)
        var (first, second) = (UInt32.max, UInt32.max)
        try require(function(device.handle, &first, &second), name)
        return (try bounded(first, limit, name), try bounded(second, limit, name))
    }

    func wideNumber(_ name: String, _ device: NVMLDevice) throws(NVMLError) -> UInt64 {
        let function = try functions.find(name, assay_nvml_device_wide_number.self)
        var value = UInt64.max
        try require(function(device.handle, &value), name)
        return try bounded(value, .max - 1, name)
    }

    func fill<Structure>(_ name: String, _ device: NVMLDevice, _ structure: inout Structure) throws(NVMLError) {
        let function = try functions.find(name, assay_nvml_device_structure.self)
        let code = withUnsafeMutablePointer(to: &structure) { function(device.handle, $0) }
        try require(code, name)
    }

    func bounded<Number: BinaryInteger>(_ value: Number, _ limit: Number, _ function: String) throws(NVMLError)
        -> Number
    {
        guard value <= limit else { throw .implausible(function: function, problem: "\(value) is beyond all bounds") }
        return value
    }
}
