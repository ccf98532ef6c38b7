import Model
import SystemFiles
import TestSupport
import Testing

struct SystemFilesTests {
    private let tree: CapturedTree
    private let files: SystemFiles

    init() throws {
        tree = try CapturedTree(
            text: """
                # what a system might hold
                sys/number = 42
                sys/word =  performance\u{20}
                sys/policy{0-2}/governor = powersave
                proc/table:
                | first: 1
                | second: 2
                proc/link -> table
                """)
        try tree.write("sys/empty", bytes: [])
        try tree.write("sys/binary", bytes: [0xff, 0xfe, 0x80])
        try tree.write("sys/huge", bytes: Array(repeating: UInt8(ascii: "x"), count: SystemFiles.limit + 1))
        files = SystemFiles(root: tree.path + "//")
    }

    @Test func valuesAreRead() {
        #expect(files.integer("/sys/number") == .known(42))
        #expect(files.line("/sys/word") == .known("performance"))
        #expect(files.text("/proc/link") == .known("first: 1\nsecond: 2\n"))
        #expect(files.line("/proc/table") == .known("first: 1"))
        #expect(files.names(in: "/sys").filter { $0.hasPrefix("policy") } == ["policy0", "policy1", "policy2"])
        #expect(files.exists("/sys/policy2/governor"))
        #expect(!files.isLive)
        #expect(SystemFiles().isLive)
    }

    @Test(arguments: [
        ("/sys/absent", "No such file or directory"), ("/sys", "Is a directory"), ("/sys/huge", "longer than 1 MiB"),
        ("/sys/binary", "not text"),
    ])
    func whatCannotBeReadSaysWhy(_ path: String, _ reason: String) {
        #expect(files.text(path) == .unknown("\(path): \(reason)"))
        #expect(files.line(path) == .unknown("\(path): \(reason)"))
        #expect(files.integer(path) == .unknown("\(path): \(reason)"))
    }

    @Test func nothingIsNoValue() {
        #expect(files.line("/sys/empty") == .unknown("/sys/empty: empty"))
        #expect(files.integer("/sys/word") == .unknown("/sys/word: not a whole number"))
        #expect(files.names(in: "/absent").isEmpty)
    }

    @Test func linksAreFollowedBelowTheRoot() throws {
        let tree = try CapturedTree(
            text: """
                usr/lib/libx.so.1.2 = x
                usr/lib/libx.so.1 -> libx.so.1.2
                lib -> usr/lib
                etc/alternatives/x -> /lib/libx.so.1
                etc/up -> ../../../../etc/alternatives/x
                etc/nowhere -> /usr/lib/absent
                etc/round -> round
                """)
        let files = SystemFiles(root: tree.path)
        for path in ["/lib/libx.so.1", "/etc/alternatives/x", "/etc/up", "//lib/./libx.so.1", "/usr/lib/libx.so.1.2"] {
            #expect(files.resolved(path) == "/usr/lib/libx.so.1.2", "\(path)")
        }
        for path in ["/etc/nowhere", "/etc/round", "/absent"] { #expect(files.resolved(path) == nil, "\(path)") }
        #expect(files.link("/lib") == "usr/lib")
        #expect(files.link("/usr") == nil)
    }

    /// A captured tree speaks of its own machine alone, whatever its links say.
    @Test func noLinkLeadsOutOfTheRoot() throws {
        let outside = try CapturedTree(text: "secret = of the host\nfolder/file = of the host")
        let up = String(repeating: "../", count: 20)
        let tree = try CapturedTree(
            text: """
                sys/inside = 1
                sys/absolute -> /sys/inside
                sys/host -> \(outside.path)/secret
                sys/above -> \(up)\(outside.path.dropFirst())/secret
                sys/folder -> \(outside.path)/folder
                sys/own -> /
                sys/round -> /sys/back
                sys/back -> /sys/round
                """)
        let files = SystemFiles(root: tree.path)
        #expect(files.integer("/sys/absolute") == .known(1))
        #expect(files.integer("/sys/own/sys/inside") == .known(1))
        for path in ["/sys/host", "/sys/above", "/sys/folder/file", "/sys/own\(outside.path)/secret"] {
            #expect(files.text(path) == .unknown("\(path): No such file or directory"), "\(path)")
            #expect(!files.exists(path) && files.resolved(path) == nil, "\(path)")
        }
        #expect(files.names(in: "/sys/folder").isEmpty)
        #expect(files.link("/sys/host") == outside.path + "/secret")
        #expect(files.link("/sys/folder/file") == nil)
        #expect(files.text("/sys/round") == .unknown("/sys/round: Too many levels of symbolic links"))
        #expect(files.names(in: "/../../sys").contains("inside"))
    }

    @Test func aHeadEndsWithALine() {
        #expect(files.head("/proc/table", bytes: 12) == .known("first: 1\n"))
        #expect(files.head("/proc/table") == .known("first: 1\nsecond: 2\n"))
        #expect(files.head("/sys/absent").value == nil)
    }

    @Test func textIsTrimmedAndCut() {
        #expect("\0 \tx y\n".trimmed == "x y")
        #expect(" \n".trimmed == "")
        #expect("é è".trimmed == "é è")
        #expect("a\n\nb\r\n".lines.map(\.trimmed) == ["a", "b"])
        #expect("  a  b ".words == ["a", "b"])
        #expect("key\t: a: b\n".keyed(":")?.key == "key")
        #expect("key\t: a: b\n".keyed(":")?.value == "a: b")
        #expect("no mark".keyed(":") == nil)
    }
}
