import CHwloc
import CProbe
import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Compute libraries: which there are, where, and in which version.
struct LibraryProbe {
    private let files: SystemFiles
    private let options: ProbeOptions

    /// Seconds that a handful of libraries have to be loaded and to answer.
    private static let patience = 10.0

    private let variables: SearchVariables

    init(_ files: SystemFiles, _ options: ProbeOptions, _ variables: SearchVariables = .current()) {
        self.files = files
        self.options = options
        self.variables = variables
    }

    private struct Found {
        let known: KnownLibrary
        /// Links resolved.
        let path: String
    }

    /// Those that the user named first, then in the order of the list.
    func libraries() -> [Library] {
        let found = chosen() + searched()
        let unique = found.enumerated().filter { place, library in
            !found[..<place].contains { $0.path == library.path }
        }.map(\.element)
        return zip(unique, answers(unique)).map(library)
    }

    private func searched() -> [Found] {
        let paths = LibrarySearch(files, variables).paths(KnownLibrary.all.map(\.soname))
        return KnownLibrary.all.compactMap { known in
            paths[known.soname].flatMap { files.resolved($0) }.map { Found(known: known, path: $0) }
        }
    }

    /// What `--library` or the environment say in the place of a search, by the name of the backend.
    private func chosen() -> [Found] {
        guard files.isLive else { return [] }
        let backends = [
            ("onednn", variables.onednn, KnownLibrary.chosenOneDNN), ("cblas", variables.cblas, .chosenBLAS),
        ]
        return backends.compactMap { backend, named, known in
            let path = options.libraries[backend] ?? named ?? ""
            return path.hasPrefix("/") ? files.resolved(path).map { Found(known: known, path: $0) } : nil
        }
    }

    /// Each library is loaded into a process of its own.
    private func answers(_ found: [Found]) -> [Reported<LibraryAnswer>] {
        guard files.isLive else { return found.map { _ in .unknown("not known from captured files") } }
        guard options.isDeep, let inquirer = options.inquirer.first else {
            return found.map { _ in .unknown("not asked: it means loading the library (--deep)") }
        }
        let commands = found.map {
            ChildCommand(
                executable: inquirer, arguments: options.inquirer.dropFirst() + [$0.known.family.rawValue, $0.path])
        }
        let quiet = ["OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"]
        return ChildProcesses.answers(commands, seconds: Self.patience, variables: quiet).map {
            $0.map(LibraryAnswer.init)
        }
    }

    private func library(_ found: Found, _ answer: Reported<LibraryAnswer>) -> Library {
        let file = found.path.split(separator: "/").last.map(String.init) ?? ""
        let number = found.known.isNumberedByRelease ? KnownLibrary.number(inName: file) : nil
        let told = answer.value
        let silence: String
        switch answer {
        case .unknown(let reason): silence = reason.hasPrefix("not ") ? reason : "asked, it \(reason)"
        case .known(let answer):
            silence = answer.problem.map { withoutFolders($0, found.path) } ?? "it has no function that tells"
        }
        return Library(
            name: found.known.name, version: Reported(told?.version ?? number, else: silence),
            path: .known(PublishedPath.withoutPerson(found.path)),
            build: Reported(told?.build, else: silence))
    }

    /// The loader's words with files as they are listed: those of no system by their names alone.
    private func withoutFolders(_ problem: String, _ path: String) -> String {
        PublishedPath.text(problem, names: [path]).replacing(PublishedPath.ellipsis, with: "")
    }
}

extension Library {
    /// hwloc and libnuma, which this process itself uses.
    static func own(hwlocVersion: String?) -> [Library] { [hwloc(hwlocVersion), numa()] }

    /// The release that wrote itself into the topology; the version of its interface lags behind, and is all there is
    /// when a build left the release out.
    private static func hwloc(_ release: String?) -> Library {
        let version = hwloc_get_api_version()
        let interface = "interface \(version >> 16).\((version >> 8) & 0xff).\(version & 0xff)"
        let path = LibraryFile.path(of: "hwloc_topology_load")
        return Library(name: "hwloc", version: .known(release ?? interface), path: path, build: .known(interface))
    }

    /// libnuma cannot say which version it is.
    private static func numa() -> Library {
        let silence = "libnuma tells none; the number in its file name is its interface's"
        return Library(
            name: "libnuma", version: .unknown(silence), path: LibraryFile.path(of: "numa_available"),
            build: .unknown(silence))
    }
}

/// Finds the file that a function came from.
enum LibraryFile {
    /// The real path where it is the system's, the bare name elsewhere: other directories may name a person.
    static func path(of function: String) -> Reported<String> {
        guard let name = assay_library_file(function) else { return .unknown("linked into the executable") }
        guard let real = realpath(name, nil) else { return .unknown("its file is gone") }
        defer { free(real) }
        return .known(PublishedPath.withoutPerson(String(cString: real)))
    }
}
