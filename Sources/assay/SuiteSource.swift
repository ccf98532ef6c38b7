import Model
import Plan
import Workloads

#if canImport(Glibc)
    import Glibc
#endif

/// Suites from the binary and from files, in one catalogue.
enum SuiteSource {
    /// Everything that ships.
    static func catalogue() throws(PlanError) -> Catalogue {
        var catalogue = Catalogue(allowsNull: getenv("ASSAY_TEST_NULL") != nil)
        for file in Shipped.files { try catalogue.read(file.text, file: file.name) }
        return catalogue
    }

    /// The suites named: a name that ships, or a path to YAML.
    static func suites(_ names: [String]) throws(PlanError) -> [Suite] {
        var catalogue = try catalogue()
        var suites: [Suite] = []
        for name in names {
            if catalogue.suites.contains(where: { $0.name == name }) {
                suites.append(try catalogue.suite(name))
            } else if let text = try read(name) {
                guard let added = try catalogue.read(text, file: name) else {
                    throw PlanError(.badInput, file: name, problem: "has workloads but no `cases:` to run")
                }
                suites.append(added)
            } else {
                suites.append(try catalogue.suite(name))
            }
        }
        return suites
    }

    /// The text of a file, `nil` where there is none of that name.
    static func read(_ path: String) throws(PlanError) -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= 1 << 20 else {
            throw PlanError(.badInput, file: path, problem: "is not a file of at most 1 MiB")
        }
        guard let file = fopen(path, "r") else {
            throw PlanError(.badInput, file: path, problem: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
            throw PlanError(.badInput, file: path, problem: "is not UTF-8 text")
        }
        return text
    }
}
