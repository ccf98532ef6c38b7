import ArgumentParser
import CProbe
import Datasheet
import Model
import Power
import Probe
import Render
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// The machine, as a tree, as JSON, and its topology as hwloc's XML or as a picture.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Show the machine: topology, processor, memory, limits, software.",
        discussion: """
            No identifiers (host name, serial numbers, addresses) are read into the answer unless --include-identifiers asks \
            for them.

            Examples:
              assay probe
              assay probe --json | jq .topology.numaNodes
              assay probe --svg > topology.svg      a picture, as in the datasheet
              assay probe --xml > topology.xml      for lstopo -i, and for every program that uses hwloc
              assay probe --deep                    also start compilers and load libraries to ask them
              assay probe --topology other.xml      an hwloc XML file instead of this machine
              assay probe --sysroot captured/       captured /sys and /proc instead of this machine's
              assay probe --cloud-metadata          ask all known metadata services, whatever the firmware says
            """)

    @Flag(help: "JSON (schema assay.machine/1) instead of a tree.")
    var json = false

    @Flag(help: "The topology as hwloc 2 XML.")
    var xml = false

    @Flag(help: "The topology as a picture.")
    var svg = false

    @Option(help: "Read the topology from an hwloc XML file.")
    var topology: String?

    @Option(help: "Directory in front of every /sys, /proc and /dev path; also ASSAY_SYSROOT.")
    var sysroot: String?

    @OptionGroup var cloud: CloudOption

    @Flag(help: "Also what takes seconds: compilers are started, libraries are loaded, each in a process of its own.")
    var deep = false

    @Flag(help: "Also identifiers: host name, serial numbers, addresses; in XML names of processes too.")
    var includeIdentifiers = false

    @Flag(inversion: .prefixedNo, help: "Colours on a terminal.")
    var color = true

    func validate() throws {
        let chosen = [("--json", json), ("--xml", xml), ("--svg", svg)].filter(\.1).map(\.0)
        guard chosen.count <= 1 else {
            throw ValidationError("\(chosen.joined(separator: " and ")): there is one output; choose one.")
        }
    }

    func run() throws {
        var options = SysrootOption.options(sysroot: sysroot, topology: topology)
        cloud.apply(to: &options)
        options.isDeep = deep
        options.includesIdentifiers = includeIdentifiers
        options.inquirer = LibraryInfoCommand.inquirer
        if xml { return Console.out(try Probe.topologyXML(options)) }
        if svg { return Console.out(try Self.picture(options)) }
        try Self.show(options, json: json, color: color)
    }

    /// `probe --topology FILE --json` and the same with `--xml`, which a script asks of many files; `false` for anything else.
    static func runWithoutParser(_ arguments: [String]) throws -> Bool {
        guard arguments.count == 4, arguments.starts(with: ["probe", "--topology"]), !arguments[2].hasPrefix("-") else {
            return false
        }
        let options = SysrootOption.options(sysroot: nil, topology: arguments[2])
        switch arguments[3] {
        case "--json": try show(options, json: true, color: false)
        case "--xml":
            keepMemory()
            Console.out(try Probe.topologyXML(options))
        default: return false
        }
        return true
    }

    /// Lets the allocator ask for memory in large pieces and never give any back: this command ends in milliseconds, a tenth
    /// of which it would otherwise spend on that.
    static func keepMemory() { assay_memory_keep() }

    private static func picture(_ options: ProbeOptions) throws -> String {
        let machine = try MachineSource.machine(options)
        return SVG.file(Datasheet.topologyFigure(machine), width: nil, isTitled: true).trimmed
    }

    /// Beside `run`, because properties of a parsed command may only be read once the parser has filled them.
    static func show(_ options: ProbeOptions, json: Bool, color: Bool) throws {
        Self.keepMemory()
        if json {
            let machine = try MachineSource.machine(options) { try? JSON.pour($0) { _ in } }
            try Console.lastJSON(machine)
        } else {
            let machine = try MachineSource.machine(options)
            let colour = Console.colours(color, terminal: Console.outIsTerminal)
            Console.out(
                Terminal(width: Console.outIsTerminal ? Console.width() : nil, isColoured: colour).render(
                    Datasheet.machineTree(machine)))
        }
    }
}

/// `--sysroot`, or the environment's.
enum SysrootOption {
    static func options(sysroot: String?, topology: String? = nil) -> ProbeOptions {
        let variable = getenv("ASSAY_SYSROOT").map { String(cString: $0) }
        var options = ProbeOptions(sysroot: sysroot ?? variable, topologyFile: topology)
        CloudOption.environment(into: &options)
        return options
    }
}

/// Every power source there is, and whether it can be read.
enum PowerSurveys {
    static func all(_ options: ProbeOptions) -> [PowerSurvey] {
        PowerSources.survey(SystemFiles(root: options.sysroot ?? PowerRoot.path), isDeep: options.isDeep)
    }
}
