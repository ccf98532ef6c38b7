#!/usr/bin/env python3
"""Makes COUNT bundles out of one: other names, days and clouds, and all times by a power of two.

A power of two changes every double exactly, so that the published numbers still follow from the samples and no bundle is
stamped INVALID for how it was made.
"""
import hashlib
import json
import pathlib
import random
import sys

PROCESSORS = ["AMD EPYC 9R14", "AMD EPYC 7763", "Intel Xeon Platinum 8488C", "Intel Xeon 6975P-C", "Neoverse-V2", "Ampere Altra Q80-30"]
RATES = {"FLOP/s", "OP/s", "B/s", "lookups/s", "samples/s"}


def scaled(bundle, factor):
    """All that derives from times."""
    for measurement in bundle["measurements"]:
        for metric in measurement["metrics"]:
            by = 1 / factor if metric["unit"] in RATES else factor
            metric["value"] *= by
            if metric.get("interval"):
                metric["interval"]["lower"] *= by
                metric["interval"]["upper"] *= by


def main():
    source, target, count = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    bundle_text = (source / "bundle.json").read_text()
    samples = [json.loads(line) for line in (source / "samples.jsonl").read_text().splitlines()]
    environment = (source / "environment.jsonl").read_bytes()
    texts = {}
    for exponent in range(-2, 3):
        lines = [json.dumps({**s, "seconds": s["seconds"] * 2.0**exponent}, separators=(",", ":"), sort_keys=True) for s in samples]
        texts[exponent] = ("\n".join(lines) + "\n").encode()
    choice = random.Random(7)
    for index in range(count):
        exponent = choice.randrange(-2, 3)
        bundle = json.loads(bundle_text)
        bundle["id"] = f"2026{choice.randrange(1, 12):02d}{choice.randrange(1, 28):02d}-{index:06x}"
        bundle["created"] = f"2026-{choice.randrange(1, 12):02d}-{choice.randrange(1, 28):02d}T10:00:{index % 60:02d}Z"
        bundle["machine"]["processor"]["model"] = choice.choice(PROCESSORS)
        scaled(bundle, 2.0**exponent)
        folder = target / f"run-{index:04d}"
        folder.mkdir(parents=True)
        files = {"bundle.json": json.dumps(bundle, indent=1).encode(), "samples.jsonl": texts[exponent], "environment.jsonl": environment}
        for name, data in files.items():
            (folder / name).write_bytes(data)
        sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
        (folder / "SHA256SUMS").write_text(sums)


main()
