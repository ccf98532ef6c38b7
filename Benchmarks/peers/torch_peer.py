"""PyTorch as a peer: reads jobs as lines of JSON, answers each with the median seconds of one iteration.

{"kernel": "matmul", "type": "f32|bf16|int8", "m":, "n":, "k":, "seconds":}
{"kernel": "convolution", "type": "f32|bf16", "batch":, "channels":, … as in Assay's shapes …, "seconds":}
{"kernel": "embedding", "rows":, "dimension":, "bag":, "batch":, "distribution": "uniform|zipf", "exponent":, "sets":, "seconds":}

An error is answered as {"error": "…"}; the peer goes on. Threads: OMP_NUM_THREADS.
"""

import functools
import itertools
import json
import os
import statistics
import sys
import time

import torch

TYPES = {"f32": torch.float32, "bf16": torch.bfloat16}
generator = torch.Generator().manual_seed(1)


def uniform(*shape, dtype=torch.float32):
    return (torch.rand(*shape, generator=generator) * 2 - 1).to(dtype)


def matmul(job):
    m, n, k = job["m"], job["n"], job["k"]
    if job["type"] == "int8":
        a = torch.randint(-128, 127, (m, k), dtype=torch.int8, generator=generator)
        b = torch.randint(-128, 127, (k, n), dtype=torch.int8, generator=generator)
        return lambda: torch._int_mm(a, b)
    a, b = uniform(m, k, dtype=TYPES[job["type"]]), uniform(k, n, dtype=TYPES[job["type"]])
    out = torch.empty(m, n, dtype=TYPES[job["type"]])
    return lambda: torch.mm(a, b, out=out)


def convolution(job):
    dtype = TYPES[job["type"]]
    x = uniform(job["batch"], job["channels"], job["height"], job["width"], dtype=dtype)
    w = uniform(job["filters"], job["channels"], job["filterHeight"], job["filterWidth"], dtype=dtype)
    layer = torch.nn.Conv2d(
        job["channels"], job["filters"], (job["filterHeight"], job["filterWidth"]), job["stride"], job["padding"],
        bias=False, dtype=dtype)
    with torch.no_grad():
        layer.weight.copy_(w)
    layer = layer.eval().to(memory_format=torch.channels_last)
    x = x.to(memory_format=torch.channels_last)
    return lambda: layer(x)


def zipf(rows, count, exponent):
    """Inverse of the summed probabilities: exact, and quick enough for a few million rows."""
    weights = torch.arange(1, rows + 1, dtype=torch.float64).pow(-exponent).cumsum(0)
    places = torch.rand(count, dtype=torch.float64, generator=generator) * weights[-1]
    ranks = torch.searchsorted(weights, places).clamp_(max=rows - 1)
    return torch.randperm(rows, generator=generator)[ranks]


@functools.cache
def table(rows, dimension):
    return torch.empty(rows, dimension).uniform_(-1, 1)


def embedding(job):
    rows, bags, bag, sets = job["rows"], job["batch"], job["bag"], job["sets"]
    weight = table(rows, job["dimension"])
    if job["distribution"] == "zipf":
        indices = zipf(rows, sets * bags * bag, job["exponent"])
    else:
        indices = torch.randint(0, rows, (sets * bags * bag,), generator=generator)
    parts = itertools.cycle(indices.split(bags * bag))
    offsets = torch.arange(0, bags * bag + 1, bag)
    lookup = torch.nn.functional.embedding_bag
    return lambda: lookup(next(parts), weight, offsets, mode="sum", include_last_offset=True)


@functools.cache
def made(line):
    """Operands are made once for all rounds."""
    job = json.loads(line)
    return {"matmul": matmul, "convolution": convolution, "embedding": embedding}[job["kernel"]](job)


def measure(job):
    run = made(json.dumps({key: value for key, value in job.items() if key != "seconds"}))
    with torch.inference_mode():
        run()
        times = []
        start = time.perf_counter()
        while len(times) < 6 or time.perf_counter() - start < job["seconds"]:
            before = time.perf_counter()
            run()
            times.append(time.perf_counter() - before)
    return statistics.median(times[len(times) // 5:])


def main():
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    for line in sys.stdin:
        try:
            answer = {"seconds": measure(json.loads(line))}
        except Exception as error:  # whatever it is, the next job may still do
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
