import Model
import SystemFiles
import TestSupport
import Testing

/// One look at a machine sees one moment; a watch sees each.
struct KeptTextTests {
    @Test func whatWasReadOnceStaysAsItWas() throws {
        let tree = try CapturedTree(text: "sys/value = 1")
        let kept = SystemFiles(root: tree.path, keeps: true)
        let fresh = SystemFiles(root: tree.path)
        #expect(kept.integer("/sys/value") == .known(1))
        #expect(kept.line("/sys/absent").value == nil)
        try tree.write("sys/value", bytes: Array("2\n".utf8))
        try tree.write("sys/absent", bytes: Array("3\n".utf8))
        #expect(kept.integer("/sys/value") == .known(1))
        #expect(kept.line("/sys/absent").value == nil)
        #expect(fresh.integer("/sys/value") == .known(2))
        #expect(fresh.integer("/sys/absent") == .known(3))
    }

    /// A short answer ends an attribute; what needs several questions comes whole.
    @Test(
        arguments: ["sys/devices/value", "sys/fs/cgroup/value", "proc/value"],
        [0, 1, 4095, 4096, 4097, 16384, 40000])
    func everyLengthComesWhole(path: String, length: Int) throws {
        let tree = try CapturedTree(text: "sys/other = 1")
        try tree.write(path, bytes: Array(repeating: UInt8(ascii: "a"), count: length))
        let files = SystemFiles(root: tree.path)
        #expect(files.bytes("/" + path, atMost: 1 << 20).value?.count == length)
        #expect(files.bytes("/" + path, atMost: 100).value?.count == min(length, 100))
    }
}
