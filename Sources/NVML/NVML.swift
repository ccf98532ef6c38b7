import CNVML
import DynamicLibrary

/// NVIDIA's management library, loaded and initialised; shut down when the value ends.
///
/// Three layers: the table of functions (`NVMLFunctions`), result codes (`NVMLError`), and the safe values of this type.
/// The library being absent is an error of `init`; a function being absent is an error of that call alone, so that one
/// program fits every release of the driver. Whatever it answers is bounded before it is believed.
public struct NVML: ~Copyable, Sendable {
    /// Environment variable by which a user names the library.
    public static let variable = "ASSAY_NVML"
    /// Names under which drivers install it, best first.
    public static let wellKnown = [
        "libnvidia-ml.so.1", "/usr/lib/x86_64-linux-gnu/nvidia/current/libnvidia-ml.so.1",
        "/usr/local/nvidia/lib64/libnvidia-ml.so.1", "/usr/lib/wsl/lib/libnvidia-ml.so.1",
    ]
    /// Files of which one is there when the driver is. Without it the library has nothing to tell and is not worth loading.
    public static let driverFiles = ["/proc/driver/nvidia/version", "/dev/nvidiactl", "/dev/dxg"]
    /// More devices than any machine has.
    static let maximumDevices: UInt32 = 256

    let functions: NVMLFunctions

    /// Names to try: the path given, else the one in `ASSAY_NVML`, else the well-known ones.
    public static func candidates(path: String? = nil) -> Candidates {
        Candidates(path: path, variable: variable, wellKnown: wellKnown)
    }

    /// Whether a user names a library, so that it is wanted even where no driver shows.
    public static func isNamed(path: String? = nil) -> Bool { candidates(path: path).names != wellKnown }

    /// Loads and initialises the library.
    public init(path: String? = nil) throws(NVMLError) {
        let functions = try NVMLFunctions(Self.candidates(path: path))
        let result = NVMLResult(rawValue: try functions.find("nvmlInit_v2", assay_nvml_call.self)())
        guard result == .success else { throw .notInitialised(result) }
        self.functions = functions
    }

    deinit {
        // Nothing can be done where it fails, and nothing depends on it.
        if let shutDown = try? functions.find("nvmlShutdown", assay_nvml_call.self) { _ = shutDown() }
    }

    /// Version of the kernel driver, `550.54.14`.
    public func driverVersion() throws(NVMLError) -> String { try systemText("nvmlSystemGetDriverVersion") }

    /// Version of the library itself, `12.550.54.14`.
    public func version() throws(NVMLError) -> String { try systemText("nvmlSystemGetNVMLVersion") }

    /// The newest CUDA that the driver supports, `12.4`.
    public func cudaVersion() throws(NVMLError) -> String {
        let name = "nvmlSystemGetCudaDriverVersion_v2"
        let function = try functions.find(name, assay_nvml_integer.self)
        var version: Int32 = -1
        try require(function(&version), name)
        guard (1000..<1_000_000).contains(version) else { throw .implausible(function: name, problem: "\(version)") }
        return "\(version / 1000).\(version % 1000 / 10)"
    }

    /// All devices in the library's order, each a handle or why there is none: some may be closed to this user.
    public func devices() throws(NVMLError) -> [Result<NVMLDevice, NVMLError>] {
        let name = "nvmlDeviceGetCount_v2"
        let function = try functions.find(name, assay_nvml_number.self)
        var count = UInt32.max
        try require(function(&count), name)
        guard count <= Self.maximumDevices else { throw .implausible(function: name, problem: "\(count) devices") }
        return (0..<count).map { index in Result { () throws(NVMLError) in try device(index) } }
    }

    private func device(_ index: UInt32) throws(NVMLError) -> NVMLDevice {
        let name = "nvmlDeviceGetHandleByIndex_v2"
        let function = try functions.find(name, assay_nvml_device_by_index.self)
        var handle: assay_nvml_device_t?
        try require(function(index, &handle), name)
        guard let handle else { throw .implausible(function: name, problem: "success without a device") }
        return NVMLDevice(handle: handle)
    }

    private func systemText(_ name: String) throws(NVMLError) -> String {
        let function = try functions.find(name, assay_nvml_text.self)
        return try text(name, Int(ASSAY_NVML_VERSION_BYTES)) { function($0, $1) }
    }
}

/// A device of a loaded library. Only the methods of `NVML` can ask it, so it is never asked after the shutdown. A handle, not
/// a place in memory of ours: the library may be called from any thread.
public struct NVMLDevice: @unchecked Sendable {
    let handle: assay_nvml_device_t
}
