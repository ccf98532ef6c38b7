"""What is compared with whom. Each group is a list of pairs; a pair is one piece of work with its peers."""

import dataclasses
import glob
import typing

# (channels, height = width, filters, filter, stride, padding): the 23 convolutions of ResNet-50 v1.5.
RESNET50 = [
    (3, 224, 64, 7, 2, 3), (64, 56, 64, 1, 1, 0), (64, 56, 64, 3, 1, 1), (64, 56, 256, 1, 1, 0), (256, 56, 64, 1, 1, 0),
    (256, 56, 128, 1, 1, 0), (128, 56, 128, 3, 2, 1), (128, 28, 512, 1, 1, 0), (256, 56, 512, 1, 2, 0),
    (512, 28, 128, 1, 1, 0), (128, 28, 128, 3, 1, 1), (512, 28, 256, 1, 1, 0), (256, 28, 256, 3, 2, 1),
    (256, 14, 1024, 1, 1, 0), (512, 28, 1024, 1, 2, 0), (1024, 14, 256, 1, 1, 0), (256, 14, 256, 3, 1, 1),
    (1024, 14, 512, 1, 1, 0), (512, 14, 512, 3, 2, 1), (512, 7, 2048, 1, 1, 0), (1024, 14, 2048, 1, 2, 0),
    (2048, 7, 512, 1, 1, 0), (512, 7, 512, 3, 1, 1),
]


@dataclasses.dataclass
class Pair:
    title: str
    workload: dict
    peers: dict
    # Assay's, where several can do the work; the best counts, as it does of the peers.
    backends: tuple = ()
    # (seconds of an iteration, measurement) → the value that is compared, in the unit of `show`
    value: typing.Callable = lambda seconds, measurement: seconds
    higher: bool = False
    show: typing.Callable = lambda v: f"{v * 1e3:.3g} ms"
    fixed_threads: int = 0
    # Pairs of a batch are measured in one go.
    batch: str = ""

    def threads(self, all_threads):
        return self.fixed_threads or all_threads


def torch(job):
    return lambda context, threads, seconds: context.torch(threads).seconds(job)


def metric(name):
    def value(_, measurement):
        return next(m["value"] for m in measurement["metrics"] if m["name"] == name)
    return value


def openblas(m, n, k):
    library = (glob.glob("/usr/lib/*-linux-gnu/openblas-pthread/libopenblas.so.0")
               or glob.glob("/usr/lib/*-linux-gnu/libopenblas.so.0") or ["libopenblas.so.0"])[0]
    return lambda context, threads, seconds: float(
        context.command(threads, f"{context.bin}/openblas", library, m, n, k, threads, seconds))


def matmul(_):
    for size in (1024, 2048, 4096):
        for kind in ("f32", "bf16", "int8"):
            shape = {"m": size, "n": size, "k": size}
            if kind == "int8":
                shape["sourceType"] = "s8"
            elif kind == "bf16":
                # As PyTorch, whose product of bf16 is bf16.
                shape["resultType"] = "bf16"
            peers = {"PyTorch": torch({"kernel": "matmul", "type": kind, "m": size, "n": size, "k": size})}
            if kind == "f32":
                peers["OpenBLAS"] = openblas(size, size, size)
            yield Pair(
                f"matmul {size}³ {kind}", {"kernel": "matmul", "shape": shape, "dataType": kind}, peers,
                ("onednn", "cblas") if kind == "f32" else (), batch=str(size))


def resnet50(_):
    for kind in ("f32", "bf16"):
        for batch in (1, 8):
            for channels, size, filters, edge, stride, padding in RESNET50:
                shape = {
                    "batch": batch, "channels": channels, "height": size, "width": size, "filters": filters,
                    "filterHeight": edge, "filterWidth": edge, "stride": stride, "padding": padding,
                }
                yield Pair(
                    f"{edge}×{edge}/{stride} {channels}→{filters} {size}² ×{batch} {kind}",
                    {"kernel": "convolution", "shape": shape, "dataType": kind},
                    {"PyTorch": torch(dict(shape, kernel="convolution", type=kind))}, batch=f"{kind} {batch}")


def embedding(_):
    for distribution in ("uniform", "zipf"):
        shape = {"rows": 4_000_000, "dimension": 128, "bag": 20, "batch": 2048, "distribution": distribution}
        if distribution == "zipf":
            shape["exponent"] = 1.05
        for threads in (1, 0):
            # PyTorch goes through as many sets of indices as Assay does, so that none finds its rows in the caches.
            yield Pair(
                f"embedding bag 4M×128 bag 20 ×2048 {distribution} f32, {threads or 'all'} threads",
                {"kernel": "embedding", "shape": shape},
                {"PyTorch": torch(dict(shape, kernel="embedding", sets=13))}, fixed_threads=threads)


def ceiling(_):
    """Not a peer but the ceiling: the same rows by the same indices, only read. What stands as Assay's is the lookup."""
    for distribution in ("uniform", "zipf"):
        shape = {"rows": 4_000_000, "dimension": 128, "bag": 20, "batch": 2048, "distribution": distribution}
        if distribution == "zipf":
            shape["exponent"] = 1.05
        for threads in (1, 0):
            yield Pair(
                f"lookup ÷ rows only read, {distribution}, {threads or 'all'} threads",
                {"kernel": "embedding", "shape": shape},
                {"rows read": lambda context, t, _, s=shape: context.samples(
                    [Pair("", {"kernel": "rowGather", "shape": s}, {})], t)[0]["simd"]}, fixed_threads=threads)


def likwid(test, threads_bytes, pattern):
    def run(context, threads, _):
        out = context.command(threads, "likwid-bench", "-t", test, "-w", f"N:{threads_bytes(threads)}:{threads}")
        line = next(line for line in out.splitlines() if line.startswith(pattern))
        return float(line.split()[-1]) * 1e6
    return run


def isa():
    flags = open("/proc/cpuinfo").read()
    return "avx512" if " avx512f " in flags else "avx"


def stream(_):
    # Arrays of 256 MiB, as many bytes on either side; likwid's size is that of all arrays together.
    size = 256 << 20
    for kernel, test, arrays in (("streamTriad", "stream_mem_", 3), ("streamCopy", "copy_mem_", 2)):
        name = test + isa() + ("_fma" if kernel == "streamTriad" and isa() == "avx" else "")
        for threads in (1, 0):
            yield Pair(
                f"{kernel}, {threads or 'all'} threads", {"kernel": kernel, "shape": {"bytes": size}},
                {
                    "likwid-bench": likwid(name, lambda _, a=arrays: f"{a * size // 1000}kB", "MByte/s"),
                    "gcc -O3": lambda context, t, s, k=kernel: float(
                        context.command(t, f"{context.bin}/loops", "triad" if k == "streamTriad" else "copy", t, size, s)),
                },
                (), metric("bandwidth"), True, lambda v: f"{v * 1e-9:.4g} GB/s", threads)


def peak(_):
    for threads in (1, 0):
        yield Pair(
            f"peak f32 FMA, {threads or 'all'} threads", {"kernel": "peakCompute"},
            {"likwid-bench": likwid(f"peakflops_sp_{isa()}_fma", lambda t: f"{16 * t}kB", "MFlops/s")},
            (), metric("throughput"), True, lambda v: f"{v * 1e-9:.4g} GFLOP/s", threads)


def latency(_):
    size = 256 << 20
    yield Pair(
        "load latency, 256 MiB", {"kernel": "pointerChase", "shape": {"bytes": size}},
        {"plain C chase": lambda context, t, s: float(context.command(t, f"{context.bin}/loops", "chase", 1, size, s))},
        (), metric("loadLatency"), False, lambda v: f"{v * 1e9:.4g} ns", 1)


GROUPS = {
    "matmul": matmul, "resnet50": resnet50, "embedding": embedding, "ceiling": ceiling, "stream": stream, "peak": peak, "latency": latency,
}
