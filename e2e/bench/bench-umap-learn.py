"""One run of umap-learn for bench-project.mjs: VECTORS ROWS COLS EPOCHS SEED THREADS OUT; a JSON line on stdout.

Warm: a run on 300 rows first pays for numba's compilation. Seconds of processor time, one thread unless said.
"""

import json
import os
import re
import resource
import sys
import time
import warnings
from pathlib import Path

path, rows, cols, epochs, seed, threads, out = sys.argv[1:8]
os.environ["NUMBA_NUM_THREADS"] = threads
import numpy as np
import umap
from umap.umap_ import nearest_neighbors

warnings.filterwarnings("ignore")


def peak_mb():
    """Linux's ru_maxrss begins at that of the process which started this one."""
    status = Path("/proc/self/status")
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.M) if status.exists() else None
    return int(found[1]) / 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


before = peak_mb()
vectors = np.fromfile(path, np.float32).reshape(int(rows), int(cols))


def run(x, n_epochs):
    began = time.process_time()
    state = np.random.RandomState(int(seed))
    found = nearest_neighbors(x, 15, "cosine", {}, False, state, low_memory=True)
    between = time.process_time()
    fit = umap.UMAP(metric="cosine", n_neighbors=15, n_epochs=n_epochs, random_state=int(seed), precomputed_knn=found)
    layout = fit.fit_transform(x)
    return between - began, time.process_time() - between, layout, found[0]


run(vectors[: min(300, len(vectors))], 20)
if len(vectors) > 4096:
    run(vectors[:4200], 11)
began = time.perf_counter()
neighbor_seconds, layout_seconds, layout, indices = run(vectors, int(epochs))
wall_seconds = time.perf_counter() - began
layout.astype(np.float32).tofile(out)
indices[:, 1:].astype(np.int32).tofile(out + ".neighbors")
memory = peak_mb() - before
figures = {"neighborSeconds": neighbor_seconds, "layoutSeconds": layout_seconds, "wallSeconds": wall_seconds}
print(json.dumps(figures | {"memoryMb": memory, "held": 14}))
