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

/// What `assay compare --json` writes, cut down to what the rules look at.
private func document(
    id: String = "20261123-6ee9f9", commit: String = "a1e16b6", differences: String = "", acknowledged: String = "",
    baseType: String = "f32", causes: String = #""governor performance → powersave""#,
    base: String = #"{"value": 1e11}"#
) -> String {
    let pair =
        #"{"case": {"id": "a", "dataType": "f32", "threads": 1}, "baseCase": {"id": "a", "dataType": "\#(baseType)", "threads": 1}, "#
        + #""unit": "FLOP/s", "base": \#(base), "new": {"value": 9e10}, "change": {"ratio": 0.9}, "verdict": "regressed", "likelyCauses": [\#(causes)]}"#
    let run = #"{"id": "\#(id)", "name": "main", "tool": {"version": "0.1.0", "commit": "\#(commit)"}}"#
    return
        #"{"schema": "assay.comparison/1", "base": [\#(run)], "new": {"id": "b", "name": "new", "tool": {"version": "0.1.0", "commit": "a1e16b6"}}, "#
        + #""differences": [\#(differences)], "acknowledged": [\#(acknowledged)], "pairs": [\#(pair)]}"#
}

private let governor = #"{"subject": "tunable", "name": "governor", "before": "performance", "after": "powersave"}"#

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
    Example("CMP01", passing: document(), failing: document(base: "null")),
    Example("CMP02", passing: document(), failing: document(id: "")),
    Example("CMP02", passing: document(), failing: document(commit: "unknown")),
    Example(
        "CMP02", passing: document(differences: governor), failing: document(differences: governor, causes: "")),
    Example(
        "CMP02", passing: document(differences: governor, acknowledged: #""tunable""#, causes: ""),
        failing: document(differences: governor, causes: "")),
    Example("CMP03", passing: document(), failing: document(baseType: "bf16")),
    Example(
        "CMP03", passing: document(acknowledged: #""dataType""#, baseType: "bf16"),
        failing: document(acknowledged: #""threads""#, baseType: "bf16")),
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
        "CMP04", passing: comparison("↓: lower is better.", verdict: "slower"),
        failing: comparison("The new one is better.", verdict: "slower")),
    Example(
        "CMP04",
        passing: #"{"schema": "assay.datasheet/1", "pairs": [{"verdict": "equivalent", "summary": "No difference."}]}"#,
        failing: #"{"schema": "assay.datasheet/1", "pairs": [{"verdict": "equivalent", "summary": "B is faster."}]}"#),
]
