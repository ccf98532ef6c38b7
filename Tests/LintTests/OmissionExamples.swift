private let sheet = """
    # Machine

    > **VALID** 1 of 3 cases valid; 2 are not, with reasons in §14.

    ## 3 Intended use

    **Limits and trade-offs**

    - inputs are synthetic

    ## 10 Results

    **All 2 measured cases of kernels**

    | Case | Threads | Value | Unit |
    | --- | ---: | ---: | --- |
    | matmul | 1 | 106 | GFLOP/s |
    | matmul | 2 | 211 | GFLOP/s |

    ## 14 Negative results

    **Cases that are not valid**

    | Case | Status | Reason |
    | --- | --- | --- |
    | a | failed | signal 11 |
    | b | skipped | no memory |

    ## 17 Appendices

    **Every case**

    | Case | Identity |
    | --- | --- |
    | a | 1 |
    | b | 2 |
    | c | 3 |
    """

private func verdicts(_ summary: String) -> String {
    """
    ## 13 Comparison

    \(summary)

    | Case | theirs | This machine | Ratio | Verdict |
    | --- | ---: | ---: | ---: | --- |
    | matmul | 106 GFLOP/s | 90 GFLOP/s | 0.85 | slower |
    | triad | 46 GB/s | 40 GB/s | 0.87 | slower |
    | copy | 40 GB/s | 40 GB/s | 1.00 | equivalent |
    """
}

private func planned(_ identity: String) -> String {
    bundle(measurement(metric()), #""plan": {"cases": [{"id": "\#(identity)"}], "skipped": []}"#)
}

let omissionExamples = [
    Example("OMI01", passing: sheet, failing: sheet.replacing("| c | 3 |", with: "")),
    Example("OMI01", passing: planned("aaaaaaaaaaaa"), failing: planned("bbbbbbbbbbbb")),
    Example("OMI02", passing: sheet, failing: sheet.replacing("| b | skipped | no memory |\n", with: "")),
    Example("OMI02", passing: sheet, failing: sheet.replacing("| matmul | 2 | 211 | GFLOP/s |\n", with: "")),
    Example(
        "OMI02", passing: bundle(measurement("", #""status": "failed", "reason": "signal 11""#)),
        failing: bundle(measurement("", #""status": "failed", "reason": """#))),
    Example(
        "OMI02", passing: verdicts("2 slower, 1 equivalent within ±2 %."), failing: verdicts("1 slower, 1 equivalent.")),
    Example(
        "OMI02", passing: verdicts("2 slower, 1 equivalent."),
        failing: verdicts("2 slower, 1 equivalent.").replacing(
            "| triad | 46 GB/s | 40 GB/s | 0.87 | slower |\n", with: "")),
    Example(
        "OMI02", passing: verdicts("Against a: 1 slower, 1 equivalent. Against b: 1 slower."),
        failing: verdicts("Against a: 1 slower, 1 equivalent. Against b: 1 not comparable.")),
    Example("OMI02", passing: "Values are medians of six.\n", failing: "Values are the best of six.\n"),
    Example("OMI03", passing: sheet, failing: sheet.replacing("14 Negative results", with: "14 Remarks")),
    Example(
        "OMI03", passing: sheet,
        failing: sheet.replacing("Limits and trade-offs", with: "Remarks").replacing("Intended use", with: "Uses")),
]
