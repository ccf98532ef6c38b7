import Foundation
import TestSupport
import Testing

/// A script run by bash as a CI job runs its steps, its two streams in one text.
enum Script {
    struct Done {
        var output: String
        var status: Int32
    }

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func run(
        _ text: String, in folder: String, arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> Done {
        let output = NSTemporaryDirectory() + "assay-script-" + UUID().uuidString
        try Data().write(to: URL(fileURLWithPath: output))
        defer { try? FileManager.default.removeItem(atPath: output) }
        let handle = try #require(FileHandle(forWritingAtPath: output))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["--noprofile", "--norc", "-eo", "pipefail", "-c", text, "script"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let own = [
            "ASSAY_TEST_NULL": "1", "ASSAY_METADATA_ENDPOINT": "http://127.0.0.1:1", "XDG_STATE_HOME": "/nonexistent",
            "XDG_DATA_HOME": Command.dataHome,
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return Done(
            output: String(decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self),
            status: process.terminationStatus)
    }

    static func has(_ program: String) -> Bool {
        (try? run("command -v \(program)", in: "/"))?.status == 0
    }
}
