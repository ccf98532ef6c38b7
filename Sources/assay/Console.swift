import Model

#if canImport(Glibc)
    import Glibc
#endif

/// Results go to standard output, everything else to standard error.
enum Console {
    static func out(_ text: String) { write(text + "\n", to: 1) }
    /// As it is, without a line feed of ours: for documents.
    static func write(_ text: String) { write(text, to: 1) }
    /// A document of ours, indented.
    static func json(_ value: some Encodable) throws { write(try JSON.text(value), to: 1) }
    /// The same as the last thing that this process does.
    static func lastJSON(_ value: some Encodable) throws { try JSON.pour(value) { write($0, to: 1) } }

    static func note(_ text: String) { write(text + "\n", to: 2) }
    static func error(_ text: String) { write("assay: \(text)\n", to: 2) }

    /// Without a line feed: for the line that redraws.
    static func redraw(_ text: String) { write(text, to: 2) }

    static var errorIsTerminal: Bool { isatty(2) == 1 }
    static var outIsTerminal: Bool { isatty(1) == 1 }

    /// Colour only on a terminal, and never under NO_COLOR (no-color.org) or --no-color.
    static func colours(_ flag: Bool, terminal: Bool) -> Bool {
        let forbidden = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        return flag && terminal && !forbidden
    }

    /// Columns of the terminal; 100 where there is none.
    static func width(_ descriptor: Int32 = 1) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
        return Int(size.ws_col)
    }

    private static func end(_ problem: String) -> Never {
        error(problem)
        exit(Failure.inputOutput.rawValue)
    }

    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ all: [UInt8], to descriptor: Int32) {
        var bytes = all[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else {
                // A reader that has gone (a closed pipe) ends the output, never the run. Anything else is an error.
                if descriptor == 1, errno != EPIPE { end("standard output: \(String(cString: strerror(errno)))") }
                return
            }
            bytes = bytes.dropFirst(max(count, 0))
        }
    }
}
