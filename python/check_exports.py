"""Opens the exports for Embedding Atlas and WizMap with these programs' own Python packages.

    PORTOLAN_EXPORTS=/tmp/exports npx vitest run src/export/peers.test.ts     # or “Export…” on the page
    python python/check_exports.py /tmp/exports/map.atlas.parquet /tmp/exports/map.wizmap.zip

Needs `pip install embedding-atlas wizmap duckdb`. Not part of `npm test`. Says each tool with its version; exits with 1
and a sentence when one of them cannot use a file.
"""

import importlib.metadata
import json
import sys
import zipfile

import numpy


def version(name):
    return f"{name} {importlib.metadata.version(name)}"


def check_atlas(path):
    import duckdb
    import pandas
    from embedding_atlas.data_source import DataSource
    from embedding_atlas.graph_metrics import compute_pagerank_column

    table = pandas.read_parquet(path)
    for column in ["text", "projection_x", "projection_y", "__neighbors"]:
        assert column in table.columns, f"no column {column}"
    assert numpy.isfinite(table[["projection_x", "projection_y"]].to_numpy()).all(), "a place is not finite"
    ids = numpy.stack([row["ids"] for row in table["__neighbors"]])
    assert ids.min() >= 0 and ids.max() < len(table), "a neighbour is no row"
    compute_pagerank_column(table.copy(), neighbors="__neighbors")
    archive = DataSource("check", table, {"columns": {"id": "id"}}).dataset
    assert len(archive) == len(table)
    (count, near), = duckdb.sql(f"select count(*), avg(__neighbors.distances[1]) from '{path}' where projection_x is not null").fetchall()
    print(f"{path}: {count} rows, {len(table.columns)} columns, mean distance to the nearest {near:.4f}: read by "
          f"{version('embedding-atlas')}, {version('pandas')}, {version('duckdb')}")


def check_wizmap(path):
    import ndjson
    import wizmap

    with zipfile.ZipFile(path) as files:
        points = ndjson.loads(files.read("data.ndjson").decode())
        grid = json.loads(files.read("grid.json"))
    xs, ys, texts = ([point[i] for point in points] for i in range(3))
    assert all(isinstance(text, str) for text in texts), "a text is no string"
    labels = [point[4] for point in points] if len(points[0]) > 4 else None
    own = wizmap.generate_grid_dict(xs, ys, texts, "check", labels=labels, group_names=grid.get("groupNames"))
    missing = own.keys() - grid.keys()
    assert not missing, f"the grid lacks {missing}"
    assert own["topic"].keys() == grid["topic"].keys(), "the topics have another form"
    ours, theirs = numpy.array(grid["grid"]), numpy.array(own["grid"])
    assert ours.shape == theirs.shape, f"the density has the shape {ours.shape}"
    r = numpy.corrcoef(ours.ravel(), theirs.ravel())[0, 1]
    assert r > 0.98, f"the density is not that of WizMap: correlation {r:.3f}"
    assert wizmap.generate_data_list(xs, ys, texts, labels=labels) == points, "the points have another form"
    print(f"{path}: {len(points)} points, density correlates {r:.4f} with that of {version('wizmap')}")


def main(paths):
    for path in paths:
        try:
            (check_wizmap if path.endswith(".zip") else check_atlas)(path)
        except AssertionError as error:
            sys.exit(f"{path}: {error}")


main(sys.argv[1:])
