/// A result code of the library, `nvmlReturn_t`.
public struct NVMLResult: RawRepresentable, Equatable, Sendable, CustomStringConvertible {
    public let rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    public static let success = NVMLResult(rawValue: 0)
    public static let invalidArgument = NVMLResult(rawValue: 2)
    public static let notSupported = NVMLResult(rawValue: 3)
    public static let noPermission = NVMLResult(rawValue: 4)
    public static let notFound = NVMLResult(rawValue: 6)
    public static let driverNotLoaded = NVMLResult(rawValue: 9)
    public static let functionNotFound = NVMLResult(rawValue: 13)
    public static let lost = NVMLResult(rawValue: 15)
    public static let versionMismatch = NVMLResult(rawValue: 18)
    public static let argumentVersionMismatch = NVMLResult(rawValue: 25)

    /// What the code means, in plain words.
    public var description: String {
        switch rawValue {
        case 0: "success"
        case 1: "the library is not initialised"
        case 2: "invalid argument"
        case 3: "not supported"
        case 4: "no permission"
        case 6: "not found"
        case 8: "external power is not connected"
        case 9: "the NVIDIA driver is not loaded"
        case 10: "timed out"
        case 11: "the kernel has a problem with the GPU's interrupts"
        case 12: "a library of the driver is missing"
        case 13: "the driver does not know this function"
        case 14: "the GPU's infoROM is corrupted"
        case 15: "the GPU is lost: it no longer answers on its bus"
        case 16: "the GPU needs a reset"
        case 17: "the operating system or a control group blocks the GPU"
        case 18: "driver and library are of different versions"
        case 19: "the GPU is in use"
        case 20: "out of memory"
        case 21: "no data"
        case 25: "this version of the structure is not known"
        case 26: "no longer supported"
        case 27: "not ready"
        case 28: "no GPU found"
        case 999: "internal error of the driver"
        default: "result \(rawValue)"
        }
    }
}

/// Why something cannot be learned from the library.
///
/// Only the first two concern all of it; the others concern the one function that they name.
public enum NVMLError: Error, Equatable, CustomStringConvertible {
    /// The library cannot be loaded; the loader's words, without the folders of a person.
    case absent(String)
    case notInitialised(NVMLResult)
    /// This release of the library lacks the function.
    case symbolAbsent(String)
    case failed(function: String, NVMLResult)
    /// The library says success and gives what cannot be: no terminator, no handle, a number beyond all bounds.
    case implausible(function: String, problem: String)

    public var description: String {
        switch self {
        case .absent(let problem): "NVML cannot be loaded: \(problem)"
        case .notInitialised(let result): "NVML cannot be initialised: \(result)"
        case .symbolAbsent(let function): "this NVML has no \(function)"
        case .failed(let function, let result): "\(function): \(result)"
        case .implausible(let function, let problem): "\(function): \(problem)"
        }
    }

    /// The code that the function gave, where it gave one.
    public var result: NVMLResult? {
        switch self {
        case .notInitialised(let result), .failed(_, let result): result
        case .absent, .symbolAbsent, .implausible: nil
        }
    }
}
