"""One run of umap-learn for bench-project.mjs: VECTORS ROWS COLS EPOCHS SEED THREADS OUT; a JSON line on stdout.

Warm: a run on 300 rows first pays for numba's compilation. Seconds of processor time, one thread unless said.
"""

import json
import os
import resource
import sys
import time
import warnings

path, rows, cols, epochs, seed, threads, out = sys.argv[1:8]
os.environ["NUMBA_NUM_THREADS"] = threads
import numpy as np
import umap
from umap.umap_ import nearest_neighbors

warnings.filterwarnings("ignore")
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
neighbor_seconds, layout_seconds, layout, indices = run(vectors, int(epochs))
layout.astype(np.float32).tofile(out)
indices[:, 1:].astype(np.int32).tofile(out + ".neighbors")
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"neighborSeconds": neighbor_seconds, "layoutSeconds": layout_seconds, "memoryMb": memory, "held": 14}))
