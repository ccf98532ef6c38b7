private func comparison(_ sentence: String, verdict: String, differences: String = "Cores | 2 | 4") -> String {
    """
    ## 13 Comparison

    **Differences in configuration**

    | What | Base | New |
    | --- | --- | --- |
    | \(differences) |

    **Verdicts**

    | Case | Base | New | Ratio | Verdict |
    | --- | ---: | ---: | ---: | --- |
    | matmul f32 | 106 GFLOP/s | 120 GFLOP/s | 1.13 | \(verdict) |

    \(sentence)
    """
}

let comparisonExamples = [
    Example(
        "CMP01", passing: "Result B is 1.8× faster: 190 GFLOP/s against 106 GFLOP/s.\n",
        failing: "Result B is 1.8× faster.\n"),
    Example(
        "CMP01", passing: "| Case | 1 thread | All | Ratio |\n| --- | ---: | ---: | ---: |\n| a | 106 | 211 | 1.99 |\n",
        failing: "| Case | Ratio |\n| --- | ---: |\n| a | 1.99 |\n"),
    Example(
        "CMP02", passing: "It is slower than the baseline 20261123-6ee9f9.\n",
        failing: "It is slower than the baseline.\n"),
    Example(
        "CMP02", passing: #"{"schema": "assay.datasheet/1", "comparison": {"baseline": {"id": "20261123-6ee9f9"}}}"#,
        failing: #"{"schema": "assay.datasheet/1", "comparison": {"baseline": {"id": ""}}}"#),
    Example(
        "CMP02", passing: comparison("", verdict: "slower"),
        failing: comparison("", verdict: "slower", differences: "Governor | performance | powersave")),
    Example(
        "CMP03", passing: "At bf16 it is 1.8× faster than at f32, 380 GFLOP/s against 211 GFLOP/s: the types differ.\n",
        failing: "At bf16 it is 1.8× faster than at f32, 380 GFLOP/s against 211 GFLOP/s.\n"),
    Example(
        "CMP03", passing: "| Case | Base | New | Ratio |\n| --- | --- | --- | --- |\n| a, batch 8 | 1 s | 2 s | 2 |\n",
        failing:
            "| Case | Base | New | Ratio |\n| --- | --- | --- | --- |\n| a, batch 8 and batch 16 | 1 s | 2 s | 2 |\n"),
    Example(
        "CMP04", passing: comparison("Matrix multiply is faster.", verdict: "faster"),
        failing: comparison("Matrix multiply is faster.", verdict: "inconclusive")),
    Example(
        "CMP04",
        passing: #"{"schema": "assay.datasheet/1", "pairs": [{"verdict": "equivalent", "summary": "No difference."}]}"#,
        failing: #"{"schema": "assay.datasheet/1", "pairs": [{"verdict": "equivalent", "summary": "B is faster."}]}"#),
]
