import Model
import Testing

@Suite struct PublishedPathTests {
    private static let home = "/home/planted-user"

    @Test(arguments: [
        ("/usr/lib/libdnnl.so.3", "/usr/lib/libdnnl.so.3"), ("libdnnl.so.3", "libdnnl.so.3"),
        ("/home/planted-user/lib/x.so", "~/lib/x.so"), ("/home/other/x.so", "…/x.so"), ("build/x.so", "…/x.so"),
        ("/home/planted-user/../other/x.so", "…/x.so"), ("/usr/../home/other/x.so", "…/x.so"),
        ("/home/planted-userling/x.so", "…/x.so"), ("/scratch/a b/x y.so", "…/x y.so"), ("/", "…/"), ("", ""),
    ])
    func aPathNamesNobody(_ path: String, _ published: String) {
        #expect(PublishedPath.of(path, home: Self.home) == published)
    }

    @Test func whatWasPublishedIsFoundAgainInTheOwnHome() {
        #expect(PublishedPath.here("~/lib/x.so", home: "/home/b") == "/home/b/lib/x.so")
        #expect(PublishedPath.here("/usr/lib/x.so", home: "/home/b") == "/usr/lib/x.so")
        #expect(PublishedPath.here("x.so", home: "/home/b") == "x.so")
        #expect(PublishedPath.here("…/x.so", home: "/home/b") == nil)
    }

    @Test(arguments: [
        (
            "oneDNN cannot be used: /home/other/x.so: cannot open shared object file: No such file",
            "oneDNN cannot be used: …/x.so: cannot open shared object file: No such file"
        ),
        ("/home/planted-user/x.so has no symbol f", "~/x.so has no symbol f"),
        (
            "'/home/other/a b/x.so' and /usr/lib/y.so, AVX/AVX2 at 3 GB/s",
            "'…/x.so' and /usr/lib/y.so, AVX/AVX2 at 3 GB/s"
        ),
        ("/sys/fs/x: empty; /proc/cpuinfo: empty", "/sys/fs/x: empty; /proc/cpuinfo: empty"),
        ("in …/x.so or ~/y.so", "in …/x.so or ~/y.so"), ("1 / 2", "1 / 2"), ("", ""),
    ])
    func aMessageNamesNobody(_ text: String, _ published: String) {
        #expect(PublishedPath.text(text, home: Self.home) == published)
    }

    @Test func namesThatWereGivenAreFoundWhateverTheyLookLike() {
        let text = PublishedPath.text("o r/x.so: no; p/y.so: no", names: ["o r/x.so", "p/y.so"], home: nil)
        #expect(text == "…/x.so: no; …/y.so: no")
    }
}
