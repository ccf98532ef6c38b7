"""Runs Assay and a peer alternately on the same work and prints their ratio; see Benchmarks/peers.sh."""

import argparse
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile

from work import GROUPS

THREADS = int(os.environ.get("THREADS", os.cpu_count() or 1))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("SECONDS_EACH", "0.3"))


class Torch:
    """One PyTorch process for all jobs: importing it takes longer than measuring. Its threads are pinned and spin as Assay's
    do; while Assay measures the whole process is stopped, so that neither disturbs the other."""

    def __init__(self, threads):
        here = os.path.dirname(os.path.abspath(__file__))
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(here, "torch_peer.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=dict(environment(threads), THP_MEM_ALLOC_ENABLE="1"))
        self.process.send_signal(signal.SIGSTOP)

    def seconds(self, job):
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.write(json.dumps(dict(job, seconds=SECONDS)) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        self.process.send_signal(signal.SIGSTOP)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["seconds"]

    def end(self):
        self.process.kill()


def units(threads):
    """The processing units that Assay takes: one a core, the first of each; here the first that are allowed."""
    return sorted(os.sched_getaffinity(0))[:threads]


def environment(threads):
    """What Assay sets for the libraries that it measures."""
    places = ",".join(f"{{{unit}}}" for unit in units(threads))
    return dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads), OMP_PROC_BIND="true",
                OMP_PLACES=places, OMP_WAIT_POLICY="active", OMP_DYNAMIC="false")


class Context:
    def __init__(self, arguments):
        self.assay = os.path.abspath(arguments.assay)
        self.libraries = [word for library in arguments.library for word in ("--library", library)]
        self.bin = os.path.join(os.path.abspath(arguments.peers), "bin")
        self.torches = {}

    def torch(self, threads):
        if threads not in self.torches:
            self.torches[threads] = Torch(threads)
        return self.torches[threads]

    def end(self):
        for torch in self.torches.values():
            torch.end()
        self.torches = {}

    def command(self, threads, *words):
        done = subprocess.run(
            [str(w) for w in words], capture_output=True, text=True, check=False, env=environment(threads),
            preexec_fn=lambda: os.sched_setaffinity(0, units(threads)))
        if done.returncode != 0:
            raise RuntimeError(f"{words[0]} ended with {done.returncode}: {done.stderr.strip()[-200:]}")
        return done.stdout

    def samples(self, pairs, threads):
        """For each pair and each of its backends the value in a fresh process of Assay, or a sentence why there is none."""
        with tempfile.TemporaryDirectory() as work:
            suite = os.path.join(work, "some.yaml")
            with open(suite, "w") as file:
                json.dump({
                    "workloads": [dict(p.workload, name=f"w{i}", title=f"w{i}") for i, p in enumerate(pairs)],
                    "suite": "some",
                    "rules": {"processes": 1, "processTime": f"{SECONDS}s", "sampleTime": "1ms", "sampleTarget": "0.01%"},
                    "cases": [
                        {"workload": f"w{i}", "threads": [threads], **({"backends": p.backends} if p.backends else {})}
                        for i, p in enumerate(pairs)
                    ],
                }, file)
            bundle = os.path.join(work, "bundle")
            done = subprocess.run(
                [self.assay, "run", suite, "--no-history", "--output", bundle, "--no-cloud-metadata", *self.libraries],
                capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise RuntimeError(f"assay run: {done.stderr.strip()[-300:]}")
            recorded = json.load(open(os.path.join(bundle, "bundle.json")))
            lines = [json.loads(line) for line in open(os.path.join(bundle, "samples.jsonl"))]
        # After warm-up, as the bundle's own numbers.
        warm = {record["case"]: record.get("warmup", 0) for record in recorded["processes"]}
        times = {}
        for line in lines:
            if line["index"] >= warm.get(line["case"], 0):
                times.setdefault(line["case"], []).append(line["seconds"] / line["iterations"])
        found = [{} for _ in pairs]
        for measurement in recorded["measurements"]:
            case = measurement["case"]
            index = int(case["workload"].split()[0].rstrip(",")[1:])
            if measurement["status"] in ("failed", "skipped"):
                found[index][case["backend"]] = f"{measurement['status']}: {measurement.get('reason')}"
            else:
                found[index][case["backend"]] = pairs[index].value(statistics.median(times[case["id"]]), measurement)
        return found


def theirs(context, pairs, threads):
    found = []
    for pair in pairs:
        values = {}
        for name, peer in pair.peers.items():
            try:
                values[name] = peer(context, threads, SECONDS)
            except RuntimeError as error:
                values[name] = str(error)
        found.append(values)
    return found


def best(pair, rounds):
    """Name and values, a round each, of whoever is best in the median; what failed once is out."""
    sound = {name: [r[name] for r in rounds] for name in rounds[0]
             if all(isinstance(r.get(name), float) for r in rounds)}
    if not sound:
        raise RuntimeError("; ".join(f"{n}: {v}" for n, v in rounds[0].items()))
    name = (max if pair.higher else min)(sound, key=lambda n: statistics.median(sound[n]))
    others = {n: statistics.median(v) for n, v in sound.items() if n != name}
    return name, sound[name], others


def measure(context, pairs):
    """Assay with all pairs, then the peers with all of them, and so on; who begins alternates. A ratio is taken within a
    round; its median over the rounds is what counts, and the least and greatest are told."""
    threads = pairs[0].threads(THREADS)
    ours, peers = [], []
    for number in range(ROUNDS):
        if number % 2:
            peers.append(theirs(context, pairs, threads))
        ours.append(context.samples(pairs, threads))
        if number % 2 == 0:
            peers.append(theirs(context, pairs, threads))
    for index, pair in enumerate(pairs):
        try:
            yield pair, best(pair, [r[index] for r in ours]), best(pair, [r[index] for r in peers])
        except RuntimeError as error:
            yield pair, str(error), None


def batches(pairs):
    """Those that run with the same threads and belong together."""
    found = {}
    for pair in pairs:
        found.setdefault((pair.batch, pair.fixed_threads), []).append(pair)
    return found.values()


def row(pair, ours, peer):
    if peer is None:
        return f"| {pair.title} | – | – | {ours} | – | – |", None
    (backend, mine, mine_others), (name, values, others) = ours, peer
    ratios = [(a / b if pair.higher else b / a) for a, b in zip(mine, values)]
    ratio = statistics.median(ratios)
    beside = [f"{n} {pair.show(v)}" for n, v in (others | mine_others).items()]
    by = f" ({backend})" if mine_others else ""
    return (f"| {pair.title} | {pair.show(statistics.median(mine))}{by} | {name} {pair.show(statistics.median(values))} "
            f"| {', '.join(beside) or '–'} | {ratio:.3f} | {min(ratios):.3f} – {max(ratios):.3f} |"), ratio


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--assay", required=True)
    parser.add_argument("--peers", required=True)
    parser.add_argument("--library", action="append", default=[])
    parser.add_argument("--only", default="", help="pairs whose title contains this")
    parser.add_argument("groups", nargs="*", default=[])
    arguments = parser.parse_args()
    unknown = set(arguments.groups) - set(GROUPS)
    if unknown:
        parser.error(f"no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    context = Context(arguments)
    print(f"{THREADS} threads, {ROUNDS} rounds of {SECONDS} s a side; Assay ÷ best peer, above 1 Assay is faster\n")
    for group in arguments.groups or GROUPS:
        ratios = []
        print(f"### {group}\n\n| work | Assay | best peer | others | ratio | least – greatest |\n"
              "| --- | ---: | ---: | --- | ---: | ---: |")
        for batch in batches(pair for pair in GROUPS[group](context) if arguments.only in pair.title):
            for result in measure(context, batch):
                line, ratio = row(*result)
                print(line, flush=True)
                if ratio:
                    ratios.append(ratio)
            context.end()
        if ratios:
            mean = math.exp(statistics.fmean(map(math.log, ratios)))
            print(f"\ngeometric mean {mean:.3f}, least {min(ratios):.3f}, of {len(ratios)}\n", flush=True)


if __name__ == "__main__":
    main()
