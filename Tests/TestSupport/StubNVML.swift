import Foundation

/// A stand-in for NVIDIA's management library, compiled from `NVMLTests/Fixtures/nvml.c` into a folder of its own.
public final class StubNVML {
    public struct Fault: Error, CustomStringConvertible { public let description: String }

    public var path: String { folder.path + "/libnvidia-ml.so.1" }
    private let folder: TemporaryDirectory

    /// - Parameter definitions: which variant, as the source names them: `["OLD"]`.
    public init(_ definitions: String..., file: String = #filePath) throws {
        folder = try TemporaryDirectory()
        let tests = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
        let source = tests.appendingPathComponent("NVMLTests/Fixtures/nvml.c").path
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments =
            ["cc", "-shared", "-fPIC", "-o", folder.path + "/libnvidia-ml.so.1"] + definitions.map { "-D\($0)" } + [
                source
            ]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { throw Fault(description: "cc cannot build the stub") }
    }
}
