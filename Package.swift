// swift-tools-version: 6.2
import PackageDescription

// Warnings stop the build where they must not slip through (CI), not on a newer compiler at a user's desk.
let strict = Context.environment["CI"] != nil || Context.environment["ASSAY_STRICT"] != nil

let swiftSettings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        // The types that a function needs are asked for directly, not by a name that the runtime must first read and
        // then check against the thousands of conformances of a static executable.
        .unsafeFlags(
            ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"], .when(configuration: .release)),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

// One function per ISA variant carries its own target attribute, so no -m flags here. Contraction is left to each
// function ("fast" would fuse across statements and over the pragma that forbids it).
let cSettings: [CSetting] =
    [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-fno-math-errno", "-ffp-contract=on"])]
    + (strict ? [.unsafeFlags(["-Werror"])] : [])

/// Archives that stand in for shared libraries, where scripts/archives.sh found them: what is not loaded starts sooner.
let archives = Context.environment["ASSAY_ARCHIVES"].map { $0.split(separator: " ").map(String.init) } ?? []

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let sqlite = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

func library(_ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings, plugins: plugins)
}

/// `ASSAY_TESTS="JudgeTests ModelTests" swift build --product assayPackageTests` builds these test targets and what they
/// need, not all twenty: for the minutes while one target is being worked on.
let wantedTests = Context.environment["ASSAY_TESTS"].map { Set($0.split(separator: " ").map(String.init)) }

/// Fixtures and golden files are found beside the test's source, so nothing is copied into a resource bundle.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude, swiftSettings: swiftSettings)
}

let package = Package(
    name: "assay",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "assay", targets: ["assay"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // C underneath
        .systemLibrary(name: "CHwloc", pkgConfig: "hwloc", providers: [.apt(["libhwloc-dev"])]),
        .systemLibrary(name: "CNuma", pkgConfig: "numa", providers: [.apt(["libnuma-dev"])]),
        .systemLibrary(name: "COneDNN"),
        .systemLibrary(name: "CBLAS"),
        .systemLibrary(name: "CNVML"),
        .target(name: "CKernels", cSettings: cSettings),
        .target(name: "CProbe", cSettings: cSettings),

        // values and tools, lowest first
        library("DynamicLibrary"),
        library("NVML", ["DynamicLibrary", "CNVML"]),
        library("Units"),
        library("Statistics", [histogram]),
        library("Model", ["Units", "Statistics", crypto]),

        library("SystemFiles", ["Model"]),
        library("MetadataService", ["Model"]),

        // stages: they meet in Model and never import each other
        library(
            "Probe",
            [
                "Model", "NVML", "Units", "SystemFiles", "MetadataService", "DynamicLibrary", "CHwloc", "CNuma",
                "CProbe",
                "COneDNN", "CBLAS",
            ]),
        library("Plan", ["Model", yams]),
        library("Kernels", ["Model", "DynamicLibrary", "CKernels", "COneDNN", "CBLAS"]),
        library("Power", ["Model", "Statistics", "NVML", "SystemFiles", "CProbe"]),
        library("Measure", ["Model", "SystemFiles", subprocess, systemPackage]),
        library("Record", ["Model", crypto]),
        library("History", ["Model", "Statistics", sqlite]),
        library("Judge", ["Model"]),
        library("Doctor", ["Model", "Units"]),
        library("Lint", ["Model", "Units"]),
        library("Document", ["Units"]),
        library("Datasheet", ["Model", "Document", "Units", "Statistics"]),
        library("Render", ["Document", "Units"]),
        library("Export", ["Model", "Statistics", "Units"]),
        library("CheckExport", ["Model", "Render"]),
        .target(
            name: "Workloads", path: "Workloads",
            resources: [
                .embedInCode("shapes_bert.yaml"), .embedInCode("shapes_ceilings.yaml"),
                .embedInCode("shapes_deepbench.yaml"), .embedInCode("shapes_dlrm.yaml"),
                .embedInCode("shapes_dlrm_tables.yaml"), .embedInCode("shapes_embedding.yaml"),
                .embedInCode("shapes_kernels.yaml"), .embedInCode("shapes_resnet50.yaml"),
                .embedInCode("suite_bert_gemms.yaml"), .embedInCode("suite_ceilings.yaml"),
                .embedInCode("suite_deepbench.yaml"), .embedInCode("suite_dlrm.yaml"),
                .embedInCode("suite_embedding.yaml"), .embedInCode("suite_full.yaml"),
                .embedInCode("suite_quick.yaml"), .embedInCode("suite_resnet50_layers.yaml"),
                .embedInCode("suite_scaling.yaml"), .embedInCode("suite_scenarios.yaml"),
                .embedInCode("suite_scenarios_long.yaml"),
                .embedInCode("suite_smoke.yaml"),
                .embedInCode("suite_standard.yaml"),
            ],
            swiftSettings: swiftSettings),

        .executableTarget(
            name: "assay",
            dependencies: [
                "CProbe", "Model", "NVML", "Probe", "Plan", "Kernels", "Power", "Measure", "Record", "History", "Judge",
                "Doctor",
                "Lint",
                "Datasheet",
                "Document",
                "CheckExport", "Render", "Export", "SystemFiles", "Units", "Workloads", argumentParser, logging,
            ],
            swiftSettings: swiftSettings,
            // At a fixed address: with the Swift runtime linked in, moving the executable means touching hundreds of pages
            // before main, half of the time that a short command takes.
            // Nothing is exported, so that no library looks for its symbols among 13,000 of ours.
            // And with a search path that holds for libraries of libraries too, so that a package is one folder.
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-Xclang-linker", "-no-pie", "-Xlinker", "--as-needed", "-Xlinker", "--disable-new-dtags",
                        "-Xlinker", "--no-export-dynamic",
                        "-L", ".build/archives",
                        "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/lib",
                    ] + archives,
                    .when(platforms: [.linux], configuration: .release))
            ],
            plugins: ["StampCommit"]),
        .plugin(name: "StampCommit", capability: .buildTool()),
        .executableTarget(
            name: "GateTrials", dependencies: ["Judge", "Model", "Statistics", "Units"], path: "Benchmarks/GateTrials",
            swiftSettings: swiftSettings),

        // Tables in docs/METHODOLOGY.md, made again by Benchmarks/trials.sh; no part of the product.
        .target(
            name: "Trials", dependencies: ["Measure", "Judge", "Model", "Statistics", "SystemFiles"],
            path: "Benchmarks/Trials", swiftSettings: swiftSettings),
        .executableTarget(
            name: "TrialsCommand", dependencies: ["Trials"], path: "Benchmarks/TrialsCommand",
            swiftSettings: swiftSettings),

        tests("TrialsTests", ["Trials", "Model"]),
        tests("UnitsTests", ["Units"]),
        tests("StatisticsTests", ["Statistics"], exclude: ["Fixtures"]),
        tests("ModelTests", ["Model", "Statistics"]),
        tests("SystemFilesTests", ["SystemFiles", "Model"]),
        tests("MetadataServiceTests", ["MetadataService", "Model"]),
        tests(
            "ProbeTests", ["Probe", "Model", "NVML", "SystemFiles", "MetadataService", "Statistics", "Units"],
            exclude: ["Fixtures", "Golden"]),
        tests("PlanTests", ["Plan", "Model", "Probe", "Measure"]),
        tests("DynamicLibraryTests", ["DynamicLibrary"]),
        tests("NVMLTests", ["NVML", "DynamicLibrary"], exclude: ["Fixtures"]),
        tests("KernelsTests", ["Kernels", "Model", "Statistics", "CKernels"]),
        tests("PowerTests", ["Power", "Judge", "Model", "SystemFiles", "Statistics"]),
        tests("MeasureTests", ["Measure", "Model", "Statistics", "SystemFiles"]),
        tests("RecordTests", ["Record", "Model"]),
        tests("HistoryTests", ["History", "Model", "Statistics", sqlite]),
        tests("JudgeTests", ["Judge", "Model", "Statistics", "GateTrials"]),
        tests(
            "LintTests", ["Lint", "Judge", "Datasheet", "Render", "Record", "Model", "Statistics"]),
        tests(
            "DoctorTests", ["Doctor", "Datasheet", "Render", "Measure", "Probe", "Power", "SystemFiles", "Model"],
            exclude: ["Golden"]),
        tests(
            "DatasheetTests", ["Datasheet", "Judge", "Lint", "Render", "Document", "Model", "Statistics", "Units"],
            exclude: ["Golden"]),
        tests("RenderTests", ["Render", "Document"]),
        tests("ExportTests", ["Export", "Judge", "Model", "Statistics"], exclude: ["Golden"]),
        tests("CheckExportTests", ["CheckExport", "Judge", "Model", "Datasheet", "Render", "Document"]),
        tests("CommandTests", ["assay", "Judge", "Model", "Record", argumentParser, sqlite, yams]),
        .target(name: "TestSupport", dependencies: ["Model"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
    ]
)

if let wantedTests { package.targets.removeAll { $0.type == .test && !wantedTests.contains($0.name) } }
