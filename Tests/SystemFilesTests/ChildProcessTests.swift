import Foundation
import Model
import SystemFiles
import Testing

/// Programs that are asked for a few lines.
@Suite struct ChildProcessTests {
    /// What another thread’s child still holds open for writing can be started a moment later.
    @Test func aFileThatIsStillHeldIsTriedAgain() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("child-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appendingPathComponent("tool").path
        try Data("#!/bin/sh\necho fine\n".utf8).write(to: URL(fileURLWithPath: script))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        let held = try #require(FileHandle(forWritingAtPath: script))
        Thread.detachNewThread {
            usleep(30_000)
            try? held.close()
        }
        let answer = ChildProcesses.answers([ChildCommand(executable: script, arguments: [])], seconds: 10)
        #expect(answer == [.known("fine\n")] || answer == [.known("fine")])
    }

    @Test func whatIsNotThereSaysSo() {
        let answer = ChildProcesses.answers([ChildCommand(executable: "/no/such/tool", arguments: [])], seconds: 10)
        #expect(answer.first?.reason?.contains("cannot be started: No such file") == true)
    }
}
