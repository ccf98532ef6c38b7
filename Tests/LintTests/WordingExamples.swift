private func energy(_ source: String, period: Double = 0.001, joules: Double = 12) -> String {
    measurement(
        metric(),
        #""status": "valid", "energy": {"joules": \#(joules), "duration": 0.9, "meanPower": 13, "uncertainty": 0.3, "source": "\#(source)", "boundary": "package", "period": \#(period)}"#
    )
}

private let life =
    #""processes": [{"case": "aaaaaaaaaaaa", "started": 0, "ended": 1, "outcome": {"kind": "completed"}}]"#
private let power = "## 11 Power and energy\n\nThe mean power is 95 W ± 2 W: RAPL, package, period 1 ms.\n"

private func prices(_ more: String) -> String {
    "## 12 Cost\n\n0.34 USD an hour, on-demand, region eu-central-1, 2026-11-23.\n\n\(more)\n"
}

let wordingExamples = [
    Example(
        "PRX01", passing: "STREAM triad reaches 46 GB/s.\n",
        failing: "STREAM triad at 46 GB/s shows the real-world performance of this machine.\n"),
    Example(
        "PRX01", passing: "It costs 2.1 USD for a million iterations of matrix multiply.\n",
        failing: "It costs 2.1 USD for a million inferences of matrix multiply.\n"),
    Example(
        "PRX01", passing: "| Case | Cost |\n| --- | --- |\n| matmul 1024³ | 2 USD per million iterations |\n",
        failing: "| Case | Cost |\n| --- | --- |\n| matmul 1024³ | 2 USD per million inferences |\n"),
    Example(
        "PRX02", passing: "A training run costs 40 EUR, projected from the throughput.\n",
        failing: "A training run costs 40 EUR.\n"),
    Example(
        "PRX02",
        passing: #"{"schema": "assay.datasheet/1", "cost": {"perTrainingRun": {"amount": 40, "projected": true}}}"#,
        failing: #"{"schema": "assay.datasheet/1", "cost": {"perTrainingRun": {"amount": 40}}}"#),
    Example(
        "PWR01", passing: "2.2 GFLOP/s per watt, measured by RAPL.\n", failing: "2.2 GFLOP/s per watt of TDP.\n"),
    Example("PWR01", passing: bundle(energy("RAPL")), failing: bundle(energy("TDP"))),
    Example("PWR02", passing: power, failing: power.replacing("RAPL, package, period 1 ms", with: "as it is")),
    Example("PWR02", passing: power, failing: power.replacing("95 W", with: "0 W")),
    Example("PWR02", passing: bundle(energy("RAPL")), failing: bundle(energy("RAPL", period: 0.1))),
    Example("PWR02", passing: bundle(energy("RAPL")), failing: bundle(energy("RAPL", joules: 0))),
    Example("PWR02", passing: bundle(energy("RAPL")), failing: bundle(energy(""))),
    Example(
        "PWR02", passing: bundle(energy("RAPL")),
        failing: bundle(energy("RAPL").replacing(#", "period": 0.001"#, with: ""))),
    Example(
        "PWR03", passing: bundle(energy("RAPL"), life),
        failing: bundle(energy("RAPL"), life.replacing(#""ended": 1"#, with: #""ended": 0.1"#))),
    Example(
        "PWR03", passing: "The energy is 12 J, of the same run.\n", failing: "The energy is 12 J, of an earlier run.\n"),
    Example(
        "CST01", passing: "## 12 Cost\n\n0.34 USD an hour, on-demand, region eu-central-1, 2026-11-23.\n",
        failing: "## 12 Cost\n\n0.34 USD an hour.\n"),
    Example(
        "CST01", passing: prices("The other is 0.20 USD an hour, spot, region us-east-1, 2026-11-20."),
        failing: prices("The other is 0.20 USD an hour.")),
    Example(
        "CST01", passing: prices("## 13 Comparison\n\nAt 0.34 USD an hour it costs 12 USD."),
        failing: prices("## 13 Comparison\n\nTheirs is 0.20 USD/h.")),
    Example(
        "CST01",
        passing:
            #"{"schema": "assay.datasheet/1", "price": {"amount": 1, "currency": "USD", "date": "2026-11-23", "region": "eu", "billing": "spot"}}"#,
        failing:
            #"{"schema": "assay.datasheet/1", "price": {"amount": 1, "currency": "USD", "region": "eu", "billing": "spot"}}"#
    ),
    Example(
        "MRK01", passing: "# A machine of 211 GFLOP/s\n", failing: "# A blazing machine of 211 GFLOP/s\n"),
    Example("MRK01", passing: "Sizes go up to 128 MiB.\n", failing: "It delivers up to 211 GFLOP/s.\n"),
    Example(
        "MLP01", passing: "Offline reaches 84 samples/s: MLPerf-style, not an MLPerf result.\n",
        failing: "MLPerf offline reaches 84 samples/s.\n"),
    Example(
        "PLT01", passing: "```mermaid\nxychart-beta\nx-axis [a, b]\ny-axis \"GB/s\" 0 --> 50\nbar [40, 46]\n```\n",
        failing: "```mermaid\nxychart-beta\nx-axis [a, b]\ny-axis \"GB/s\" 30 --> 50\nbar [40, 46]\n```\n"),
    Example(
        "PLT01", passing: "```mermaid\nxychart-beta\nx-axis [1, 2]\ny-axis \"GB/s\" 0 --> 50\nline [40, 46]\n```\n",
        failing: "```mermaid\nxychart-beta\nx-axis [matmul, triad]\ny-axis \"GB/s\" 0 --> 50\nline [40, 46]\n```\n"),
]
