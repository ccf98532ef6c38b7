#!/usr/bin/env python3
"""Reads exports with the libraries of those they are for, and with JSON Schemas of their documented shapes."""
import csv
import json
import pathlib
import re
import sys

import jsonschema
import yaml
from prometheus_client.openmetrics.parser import text_string_to_metric_families

folder = pathlib.Path(sys.argv[1])
number, text = {"type": "number"}, {"type": "string"}
GITHUB = {"type": "array", "items": {"type": "object", "required": ["name", "unit", "value"], "additionalProperties": False,
          "properties": {"name": text, "unit": text, "value": number, "range": text, "extra": text}}}
BENCHER = {"type": "object", "additionalProperties": {"type": "object", "propertyNames": {"pattern": "^[a-z0-9-]+$"},
           "additionalProperties": {"type": "object", "required": ["value"], "additionalProperties": False,
           "properties": {"value": number, "lower_value": number, "upper_value": number}}}}
GOOGLE = {"type": "object", "required": ["context", "benchmarks"], "properties": {
    "context": {"type": "object", "required": ["date", "num_cpus", "mhz_per_cpu", "cpu_scaling_enabled", "caches", "library_build_type"]},
    "benchmarks": {"type": "array", "items": {"type": "object", "required": [
        "name", "run_name", "run_type", "repetitions", "threads", "iterations", "real_time", "cpu_time", "time_unit"],
        "properties": {"run_type": {"enum": ["iteration", "aggregate"]}, "real_time": number, "time_unit": {"const": "ns"}}}}}}
SYSTEM = {"type": "object", "additionalProperties": text, "required": [
    "submitter", "division", "status", "system_name", "number_of_nodes", "host_processor_model_name", "host_processors_per_node",
    "host_processor_core_count", "host_memory_capacity", "host_storage_type", "host_storage_capacity", "accelerators_per_node",
    "accelerator_model_name", "accelerator_memory_capacity", "framework", "operating_system", "other_software_stack", "cooling",
    "hw_notes", "sw_notes"]}


def main():
    for name, schema in [("github-bigger-is-better", GITHUB), ("github-smaller-is-better", GITHUB), ("bencher", BENCHER),
                         ("google-benchmark", GOOGLE), ("mlperf-system", SYSTEM)]:
        value = json.loads((folder / name).read_text())
        jsonschema.validate(value, schema)
        print(f"{name:17} jsonschema: valid, {len(value.get('benchmarks', value) if isinstance(value, dict) else value)} entries")
    families = list(text_string_to_metric_families((folder / "openmetrics").read_text()))
    print(f"openmetrics       prometheus_client: {len(families)} families, {sum(len(f.samples) for f in families)} samples")
    card = yaml.safe_load((folder / "model-index").read_text())
    from huggingface_hub.repocard_data import model_index_to_eval_results
    name, results = model_index_to_eval_results(card["model-index"])
    assert not any(result.verified for result in results)
    print(f"model-index       huggingface_hub: {len(results)} results of {name!r}")
    rows = list(csv.reader((folder / "csv").open(newline="")))
    assert len({len(row) for row in rows}) == 1
    print(f"csv               csv: {len(rows) - 1} rows of {len(rows[0])} cells")
    lines = (folder / "benchstat").read_text().splitlines()
    result = re.compile(r"Benchmark[A-Z]\S* \d+( [-+.\de]+ \S+)+")
    other = re.compile(r"([a-z][^\sA-Z]*: .+|Unit \S+ better=(higher|lower)|)")
    assert all(result.fullmatch(line) or other.fullmatch(line) for line in lines)
    print(f"benchstat         grammar: {sum(bool(result.fullmatch(line)) for line in lines)} result lines")


main()
