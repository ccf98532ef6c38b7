private let software = """
    ## 5 Software

    |  |  |
    | --- | --- |
    | Operating system | Debian GNU/Linux 12 |
    | Kernel | 6.1.0 |
    | C library | glibc 2.36 |
    | Processor | AMD EPYC |
    | Memory by kernel | 8 GiB |

    |  | Version | Detail |
    | --- | --- | --- |
    | Assay | 0.1.0 | commit `7e7c3f03115c`, unmodified |
    """

private func settings(_ after: String) -> String {
    "## 6 Tunables\n\n| Setting | Before | After |\n| --- | --- | --- |\n| Governor | performance | \(after) |\n"
}

private func machine(_ model: String) -> String {
    #"""
    {"schema": "assay.bundle/1", "tool": {"version": "0.1.0", "commit": "7e7c3f03115c", "compiler": "Swift", "modified": false},
     "machine": {"processor": {"model": \#(model), "architecture": "x86_64"}, "memory": {"kernelBytes": 1}, "topology": {},
     "limits": {}, "software": {"operatingSystem": "Debian", "kernel": "6.1", "cLibrary": "glibc"}, "tunables": [{}]}}
    """#
}

private func implementation(_ version: String) -> String {
    measurement(metric(), #""status": "valid", "implementation": {"library": "oneDNN", "version": "\#(version)"}"#)
}

let configurationExamples = [
    Example("CFG01", passing: software, failing: software.replacing("Debian GNU/Linux 12", with: "unknown")),
    Example("CFG01", passing: software, failing: software.replacing("| C library | glibc 2.36 |\n", with: "")),
    Example("CFG01", passing: machine(#""AMD EPYC""#), failing: machine(#"{"unknown": ""}"#)),
    Example("CFG01", passing: machine(#"{"unknown": "the hypervisor hides it"}"#), failing: machine("null")),
    Example("CFG02", passing: settings("same"), failing: settings("powersave")),
    Example("CFG02", passing: settings("same"), failing: "## 5 Software\n\nNone.\n"),
    Example(
        "CFG02",
        passing: #"{"schema": "assay.bundle/1", "machine": {"tunables": [{"name": "a"}]}, "tunablesChanged": []}"#,
        failing:
            #"{"schema": "assay.bundle/1", "machine": {"tunables": [{"name": "a"}]}, "tunablesChanged": [{"name": "a"}]}"#
    ),
    Example(
        "CFG03", passing: bundle(implementation("3.2") + "," + implementation("3.2")),
        failing: bundle(implementation("3.2") + "," + implementation("2.6.3"))),
    Example(
        "CFG03",
        passing: "| Case | Library | Reported |\n| --- | --- | --- |\n| a | oneDNN 3.2 | x |\n| b | oneDNN 3.2 | x |\n",
        failing: "| Case | Library | Reported |\n| --- | --- | --- |\n| a | oneDNN 3.2 | x |\n| b | oneDNN 2.6 | x |\n"),
    Example("CFG04", passing: software, failing: software.replacing(", unmodified", with: ", modified")),
    Example(
        "CFG04", passing: machine("1"),
        failing: machine("1").replacing(#""modified": false"#, with: #""modified": true"#)),
    Example("CFG04", passing: machine("1"), failing: machine("1").replacing("7e7c3f03115c", with: "unknown")),
]
