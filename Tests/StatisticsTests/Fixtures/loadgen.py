#!/usr/bin/env python3
"""Records what MLCommons' LoadGen does, for ours to be held against. Needs the package mlcommons-loadgen; run by hand:
loadgen.py > loadgen.json

The system under test does nothing, or answers later where a latency has to be long. Scheduled times are read from LoadGen's trace, where a
sample's life begins at the time it was scheduled for."""
import json
import os
import re
import tempfile
import threading

import mlperf_loadgen as loadgen


def run(
    seed=1, rate=1000.0, milliseconds=100, queries=1, slow=0, bound=10**9, scenario="Server", percentile=0.99, samples=1
):
    settings = loadgen.TestSettings()
    settings.scenario = getattr(loadgen.TestScenario, scenario)
    settings.mode = loadgen.TestMode.PerformanceOnly
    settings.server_target_qps = rate
    settings.min_duration_ms = milliseconds
    settings.min_query_count = queries
    settings.max_query_count = queries if queries > 1 else 0
    settings.schedule_rng_seed = seed
    settings.server_target_latency_ns = bound
    settings.server_target_latency_percentile = percentile
    settings.single_stream_target_latency_percentile = percentile
    settings.multi_stream_target_latency_percentile = percentile
    settings.multi_stream_samples_per_query = samples
    settings.server_coalesce_queries = False
    issued = 0

    def issue(samples):
        nonlocal issued
        for sample in samples:
            answer = [loadgen.QuerySampleResponse(sample.id, 0, 0)]
            if issued < slow:
                threading.Timer(4 * bound / 1e9, loadgen.QuerySamplesComplete, [answer]).start()
            else:
                loadgen.QuerySamplesComplete(answer)
            issued += 1

    with tempfile.TemporaryDirectory() as folder:
        output = loadgen.LogOutputSettings()
        output.outdir = folder
        output.copy_summary_to_stdout = False
        logs = loadgen.LogSettings()
        logs.log_output = output
        logs.enable_trace = True
        sut = loadgen.ConstructSUT(issue, lambda: None)
        library = loadgen.ConstructQSL(1024, 1024, lambda _: None, lambda _: None)
        loadgen.StartTestWithLogSettings(sut, library, settings, logs)
        loadgen.DestroyQSL(library)
        loadgen.DestroySUT(sut)
        trace = open(os.path.join(folder, "mlperf_log_trace.json")).read()
        detail = {}
        for line in open(os.path.join(folder, "mlperf_log_detail.txt")):
            entry = json.loads(line.split(" ", 1)[1])
            detail[entry["key"]] = entry["value"]
    lives = re.findall(
        r'"name":"Sample","cat":"default","ph":"b","pid":\d+,"id":(\d+),"ts":([\d.]+),"args":\{"sample_seq":\d+,'
        r'"query_seq":(\d+),"sample_idx":\d+,"issue_start_ns":-?\d+,"complete_ns":(-?\d+)\}', trace)
    scheduled = {int(q): round(float(ts) * 1000) for _, ts, q, _ in lives}
    latencies = {}
    # A query is done when the last of its samples is.
    for _, _, q, done in lives:
        latencies[int(q)] = max(latencies.get(int(q), 0), int(done))
    first = scheduled[0]
    return {
        "scheduled": [scheduled[q] - first for q in sorted(scheduled)],
        "latencies": [latencies[q] for q in sorted(latencies)],
        "detail": detail,
    }


schedules = []
for seed, rate, milliseconds in (
    (1, 1000, 100), (42, 100, 2000), (7, 2500, 60), (3066443479025735752 % 2**32, 333.3, 500), (0, 50, 3000),
    (2**32 - 1, 777, 200), (12345, 5, 4000),
):
    found = run(seed, rate, milliseconds)
    schedules.append({
        "seed": seed, "rate": rate, "seconds": milliseconds / 1000, "scheduled": found["scheduled"],
    })

stopping = []
for percentile in (0.9, 0.95, 0.99):
    for slow in range(0, 8):
        # Far too few queries: LoadGen says how many it would have needed.
        found = run(rate=400, milliseconds=1, queries=12, slow=slow, bound=60_000_000, percentile=percentile)
        over = sum(latency > 60_000_000 for latency in found["latencies"])
        more = int(re.search(r"at least (\d+) more", found["detail"]["early_stopping_result"]).group(1))
        stopping.append({"percentile": percentile, "over": over, "needed": 12 + more})

percentiles = []
for seed in (1, 2, 3):
    found = run(seed=seed, rate=3000, milliseconds=200)
    percentiles.append({
        "latencies": found["latencies"],
        "percentiles": {
            key.split("_")[1]: value for key, value in found["detail"].items()
            if re.fullmatch(r"result_[\d.]+_percentile_latency_ns", key)
        },
    })

# What single- and multi-stream may claim of so many queries; no latency where they are too few.
estimates = []
for scenario, samples, percentile, queries in (
    ("SingleStream", 1, 0.9, 63), ("SingleStream", 1, 0.9, 64), ("SingleStream", 1, 0.9, 150), ("SingleStream", 1, 0.9, 400),
    ("SingleStream", 1, 0.95, 300), ("SingleStream", 1, 0.99, 661), ("SingleStream", 1, 0.99, 662),
    ("SingleStream", 1, 0.99, 1300), ("MultiStream", 8, 0.9, 130), ("MultiStream", 8, 0.99, 661),
    ("MultiStream", 8, 0.99, 662), ("MultiStream", 8, 0.99, 1000),
):
    found = run(
        scenario=scenario, samples=samples, percentile=percentile, queries=queries, milliseconds=1, rate=10**6)
    detail = found["detail"]
    latency = detail.get("early_stopping_latency_ss", detail.get("early_stopping_latency_ms"))
    estimates.append({
        "scenario": scenario, "percentile": percentile, "latencies": found["latencies"],
        "met": detail["early_stopping_met"], "estimate": latency if detail["early_stopping_met"] else None,
    })

print(json.dumps({
    "schedules": schedules, "stopping": stopping, "percentiles": percentiles, "estimates": estimates,
}))
