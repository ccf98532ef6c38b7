"""Runs Assay and a peer alternately on the same work and prints their ratio; see Benchmarks/peers.sh."""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

from work import GROUPS

THREADS = int(os.environ.get("THREADS", os.cpu_count() or 1))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("SECONDS_EACH", "0.6"))


class Torch:
    """One PyTorch process for all jobs: importing it takes longer than measuring. It sleeps while Assay measures."""

    def __init__(self, threads):
        here = os.path.dirname(os.path.abspath(__file__))
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), KMP_BLOCKTIME="0", GOMP_SPINCOUNT="0")
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(here, "torch_peer.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=environment)

    def seconds(self, job):
        self.process.stdin.write(json.dumps(dict(job, seconds=SECONDS)) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["seconds"]


class Context:
    def __init__(self, arguments):
        self.assay = os.path.abspath(arguments.assay)
        self.bin = os.path.join(os.path.abspath(arguments.peers), "bin")
        self.torches = {}

    def torch(self, threads):
        if threads not in self.torches:
            self.torches[threads] = Torch(threads)
        return self.torches[threads]

    def command(self, *words):
        done = subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{words[0]} ended with {done.returncode}: {done.stderr.strip()[-200:]}")
        return done.stdout

    def samples(self, workload, case, threads):
        """Seconds of one iteration in a fresh process of Assay, and what the bundle says of the case."""
        with tempfile.TemporaryDirectory() as work:
            suite = os.path.join(work, "one.yaml")
            with open(suite, "w") as file:
                json.dump({
                    "workloads": [dict(workload, name="one")], "suite": "one",
                    "rules": {"processes": 1, "processTime": f"{SECONDS}s", "sampleTime": "1ms", "sampleTarget": "0.01%"},
                    "cases": [dict(case, workload="one", threads=[threads])],
                }, file)
            bundle = os.path.join(work, "bundle")
            done = subprocess.run(
                [self.assay, "run", suite, "--output", bundle], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise RuntimeError(f"assay run: {done.stderr.strip()[-300:]}")
            measurement = json.load(open(os.path.join(bundle, "bundle.json")))["measurements"][0]
            if measurement["status"] in ("failed", "skipped"):
                raise RuntimeError(f"assay: {measurement['status']}: {measurement.get('reason')}")
            lines = [json.loads(line) for line in open(os.path.join(bundle, "samples.jsonl"))]
            times = [line["seconds"] / line["iterations"] for line in lines]
            return statistics.median(times), measurement


def measure(context, pair):
    """Median values of Assay and of each peer over the rounds, and the median ratio to the best peer."""
    ours, theirs = [], {name: [] for name in pair.peers}
    for _ in range(ROUNDS):
        seconds, measurement = context.samples(pair.workload, pair.case, pair.threads(THREADS))
        ours.append(pair.value(seconds, measurement))
        for name, peer in pair.peers.items():
            theirs[name].append(peer(context, pair.threads(THREADS), SECONDS))
    medians = {name: statistics.median(values) for name, values in theirs.items()}
    best = (max if pair.higher else min)(medians, key=medians.get)
    mine = statistics.median(ours)
    ratio = statistics.median(
        (a / b if pair.higher else b / a) for a, b in zip(ours, theirs[best]))
    return mine, best, medians, ratio, (measurement.get("implementation") or {})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assay", required=True)
    parser.add_argument("--peers", required=True)
    parser.add_argument("groups", nargs="*", default=[])
    arguments = parser.parse_args()
    unknown = set(arguments.groups) - set(GROUPS)
    if unknown:
        parser.error(f"no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    context = Context(arguments)
    print(f"{THREADS} threads, {ROUNDS} rounds of {SECONDS} s a side; Assay ÷ best peer, above 1 Assay is faster\n")
    for group in arguments.groups or GROUPS:
        ratios = []
        print(f"### {group}\n\n| work | Assay | best peer | others | ratio |\n| --- | ---: | ---: | --- | ---: |")
        for pair in GROUPS[group](context):
            try:
                mine, best, medians, ratio, _ = measure(context, pair)
            except RuntimeError as error:
                print(f"| {pair.title} | – | – | {error} | – |", flush=True)
                continue
            ratios.append(ratio)
            others = ", ".join(f"{n} {pair.show(v)}" for n, v in medians.items() if n != best) or "–"
            print(f"| {pair.title} | {pair.show(mine)} | {best} {pair.show(medians[best])} | {others} | {ratio:.3f} |",
                  flush=True)
        if ratios:
            mean = math.exp(statistics.fmean(map(math.log, ratios)))
            print(f"\ngeometric mean {mean:.3f}, least {min(ratios):.3f}, of {len(ratios)}\n", flush=True)


if __name__ == "__main__":
    main()
