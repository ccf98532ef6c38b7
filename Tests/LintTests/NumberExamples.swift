private func process(_ samples: Int, dependent: Bool = false) -> String {
    #"""
    "processes": [{"case": "aaaaaaaaaaaa", "outcome": {"kind": "completed", "stop": "converged"}, "samples": \#(samples),
     "warmup": 0, "seriallyDependent": \#(dependent), "started": 0, "ended": 1}]
    """#
}

private func processes(_ first: Int, _ second: Int, excluded: Int) -> String {
    func one(_ number: Int, _ samples: Int, _ more: String = "") -> String {
        #"{"case": "aaaaaaaaaaaa", "process": \#(number), "outcome": {"kind": "completed"}, "samples": \#(samples), "warmup": 0\#(more)}"#
    }
    let third = one(2, excluded, #", "excluded": {"reason": "steal"}"#)
    return #""processes": [\#(one(0, first)), \#(one(1, second)), \#(third)]"#
}

private let wide = #"{"lower": 80, "upper": 120, "level": 0.95}"#
private let wideTail = metric("latency.p99", unit: "s", interval: wide)

let numberExamples = [
    Example(
        "UNI01", passing: results("matmul | 106.1 | GFLOP/s | 104.7 – 107.7 | 6 | valid"),
        failing: results("matmul | 106.1 |  | 104.7 – 107.7 | 6 | valid")),
    Example("UNI01", passing: bundle(measurement(metric())), failing: bundle(measurement(metric(unit: "")))),
    Example(
        "UNI01", passing: "The table takes 512 MiB of 8 GiB.\n", failing: "The table takes 512 MB of 8 GiB.\n"),
    Example(
        "UNI01", passing: "It reads 3.1 GB/s of a link of 12.5 GB/s.\n",
        failing: "It reads 3.1 GB/s of a link of 100 Gb/s.\n"),
    Example(
        "UNI01", passing: "It reaches a throughput of 106.1 GFLOP/s.\n", failing: "It reaches a throughput of 106.1.\n"),
    Example(
        "UNI02", passing: results("matmul | 106.1 | GFLOP/s | 104.7 – 107.7 | 6 | valid"),
        failing: results("matmul | 106.127 | GFLOP/s | 104.7 – 107.7 | 6 | valid")),
    Example(
        "STA01", passing: results("matmul | 106.1 | GFLOP/s | 104.7 – 107.7 | 6 | valid"),
        failing: results("matmul | 106.1 | GFLOP/s | – | 6 | valid")),
    Example("STA01", passing: bundle(measurement(metric())), failing: bundle(measurement(metric(interval: "null")))),
    Example(
        "STA02", passing: bundle(measurement(metric(count: 6))), failing: bundle(measurement(metric(count: 600)))),
    Example(
        "STA02", passing: "The interval within a process is narrow; it is not run-to-run.\n",
        failing: "The run-to-run interval, taken over samples of it, is narrow.\n"),
    Example(
        "STA03", passing: "The mean ± SD is 106 ± 2 GFLOP/s; the samples are normal by Shapiro-Wilk.\n",
        failing: "The mean ± SD is 106 ± 2 GFLOP/s.\n"),
    Example(
        "STA04", passing: "The geometric mean of the speed-ups over all 9 cases of kernels is 1.7.\n",
        failing: "The average speed-up is 1.7.\n"),
    Example(
        "STA04", passing: #"{"schema": "assay.datasheet/1", "geometricMeanRatio": 1.7}"#,
        failing: #"{"schema": "assay.datasheet/1", "meanRatio": 1.7}"#),
    Example(
        "STA05", passing: bundle(measurement(metric("latency.p99", unit: "s")), process(300)),
        failing: bundle(measurement(metric("latency.p99", unit: "s")), process(200))),
    // 400 in all, and 299 in neither process; what was excluded does not count.
    Example(
        "STA05", passing: bundle(measurement(metric("latency.p99", unit: "s")), processes(300, 310, excluded: 20)),
        failing: bundle(measurement(metric("latency.p99", unit: "s")), processes(200, 200, excluded: 400))),
    Example(
        "STA05", passing: "| Case | p99 | queries |\n| --- | --- | --- |\n| a | 3 ms | 662 |\n",
        failing: "| Case | p99 | queries |\n| --- | --- | --- |\n| a | 3 ms | 66 |\n"),
    Example(
        "STA05", passing: "The p99 of 1200 queries is 3.1 ms.\n", failing: "The p99 of 120 queries is 3.1 ms.\n"),
    Example(
        "STA06",
        passing: bundle(measurement(metric("latency.p50", unit: "s") + "," + metric("latency.p99", unit: "s"))),
        failing: bundle(measurement(metric("latency.p50", unit: "s")))),
    Example(
        "STA06", passing: "| Metric | Value |\n| --- | --- |\n| median latency | 3 ms |\n| p99 latency | 9 ms |\n",
        failing: "| Metric | Value |\n| --- | --- |\n| median latency | 3 ms |\n"),
    Example(
        "STA07", passing: bundle(measurement(metric())),
        failing: bundle(measurement(metric(interval: #"{"lower": 80, "upper": 120, "level": 0.95}"#)))),
    Example(
        "STA07", passing: bundle(measurement(metric()), process(20)),
        failing: bundle(measurement(metric()), process(20, dependent: true))),
    Example(
        "STA07",
        passing: bundle(
            measurement(metric(), #""status": "valid", "dependentProcesses": 1"#), process(20, dependent: true)),
        failing: bundle(
            measurement(metric(), #""status": "valid", "dependentProcesses": 0"#), process(20, dependent: true))),
    Example(
        "STA07",
        passing: bundle(
            measurement(
                metric() + ", " + wideTail, #""status": "valid", "warnings": ["half-width above: latency.p99 20 %"]"#)),
        failing: bundle(
            measurement(
                metric() + ", " + wideTail, #""status": "valid", "warnings": ["half-width above: latency.p9 20 %"]"#))),
    Example(
        "STA07", passing: bundle(measurement(metric())),
        failing: bundle(
            measurement(
                metric("throughput", interval: wide),
                #""status": "valid", "warnings": ["half-width above: throughput 20 %"]"#))),
    Example(
        "STA07", passing: results("matmul | 106 | GFLOP/s | 90 – 120 | 6 | unconverged"),
        failing: results("matmul | 106 | GFLOP/s | 90 – 120 | 6 | valid")),
]
