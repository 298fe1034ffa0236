"""Statistics over a million parcels (J3).

    python -m benchmark.peers.rates generate|prepare|sqlite|pandas|duckdb DATA
    python -m benchmark.peers.rates postgis DATA SOCKET

Counts, areas and rates by county, township and programme, in six groupings as a bureau prints them. Each store is what
its tool reads fastest: a GeoPackage table, Parquet, DuckDB's own file, a PostgreSQL table (loaded from rates.csv).
"""

import sqlite3
import subprocess
import sys
from pathlib import Path

PARCELS = 1_000_000
KEYS = ["county", "township", "programme"]
GROUPINGS = [KEYS, ["county", "township"], ["county", "programme"], ["county"], ["programme"], []]
MEASURES = [
    "n", "area", "farmland", "basic_farmland", "checked", "unlawful", "rectified", "recurring", "unlawful_farmland",
]  # fmt: skip

SUMS = """
  count(*) AS n, sum(area) AS area, sum(farmland) AS farmland, sum(basic_farmland) AS basic_farmland,
  sum(CASE WHEN status >= 1 THEN 1 ELSE 0 END) AS checked, sum(CASE WHEN status >= 2 THEN 1 ELSE 0 END) AS unlawful,
  sum(CASE WHEN status = 4 THEN 1 ELSE 0 END) AS rectified, sum(recurring) AS recurring,
  sum(CASE WHEN status >= 2 THEN farmland ELSE 0 END) AS unlawful_farmland"""
RATES = """
  n, area * 3 / 2000 AS area_mu, farmland * 3 / 2000 AS farmland_mu, basic_farmland * 3 / 2000 AS basic_farmland_mu,
  checked * 1.0 / n, unlawful * 1.0 / nullif(checked, 0), rectified * 1.0 / nullif(unlawful, 0), farmland / area,
  recurring * 1.0 / n, unlawful_farmland * 3 / 2000 AS unlawful_farmland_mu"""
SETS = ", ".join(f"({', '.join(keys)})" for keys in GROUPINGS)
STATEMENT = f"""
SELECT {", ".join(KEYS)}, {RATES}
FROM (SELECT {", ".join(KEYS)}, {SUMS} FROM parcels GROUP BY GROUPING SETS ({SETS})) AS grouped"""


def generate(data):
    """rates.gpkg: one table with the attributes of a parcel beside a geometry of usual size."""
    import numpy as np

    rng = np.random.default_rng(7)
    area = np.round(rng.lognormal(8, 1, PARCELS), 2)
    farmland = np.round(area * rng.random(PARCELS) * (rng.random(PARCELS) < 0.6), 2)
    basic = np.round(farmland * rng.random(PARCELS) * (rng.random(PARCELS) < 0.5), 2)
    county, town = rng.integers(0, 22, PARCELS), rng.integers(0, 18, PARCELS)
    programme = rng.choice(["新增建设用地", "推填土", "光伏用地", "挖湖造景", "大棚房"], PARCELS)
    status = rng.choice(5, PARCELS, p=[0.2, 0.3, 0.3, 0.1, 0.1])
    recurring = (rng.random(PARCELS) < 0.15).astype(int)
    shape = rng.bytes(420)

    file = data / "rates.gpkg"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as connection:
        connection.execute("""
            CREATE TABLE parcels (fid INTEGER PRIMARY KEY, geom BLOB, code TEXT, county TEXT, township TEXT,
              programme TEXT, status INTEGER, area REAL, farmland REAL, basic_farmland REAL, recurring INTEGER)""")
        columns = (county, town, programme, status, area, farmland, basic, recurring)
        rows = enumerate(zip(*(column.tolist() for column in columns)), start=1)
        connection.executemany(
            "INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((fid, shape, f"42{c:04d}2026{fid:07d}", f"42{c:04d}", f"42{c:04d}{t + 100:03d}", *rest)
             for fid, (c, t, *rest) in rows),
        )  # fmt: skip


def prepare(data):
    import duckdb
    import pandas

    columns = "county, township, programme, status, area, farmland, basic_farmland, recurring, code"
    with sqlite3.connect(data / "rates.gpkg") as connection:
        frame = pandas.read_sql(f"SELECT {columns} FROM parcels", connection)
    frame.to_csv(data / "rates.csv", index=False, header=False)
    (data / "rates.duckdb").unlink(missing_ok=True)
    with duckdb.connect(str(data / "rates.duckdb")) as connection:
        connection.execute("CREATE TABLE parcels AS SELECT * FROM frame")
    frame.to_parquet(data / "rates.parquet")


def with_sqlite(data):
    """SQLite lacks grouping sets: the finest groups once, the others from those."""
    import csv

    rows = []
    with sqlite3.connect(data / "rates.gpkg") as connection:
        names = ", ".join(KEYS)
        connection.execute(f"CREATE TEMP TABLE finest AS SELECT {names}, {SUMS} FROM parcels GROUP BY {names}")
        sums = ", ".join(f"sum({measure}) AS {measure}" for measure in MEASURES)
        for keys in GROUPINGS:
            columns = ", ".join(key if key in keys else f"NULL AS {key}" for key in KEYS)
            group = f"GROUP BY {', '.join(keys)}" if keys else ""
            inner = f"SELECT {''.join(key + ', ' for key in keys)}{sums} FROM finest {group}"
            rows += connection.execute(f"SELECT {columns}, {RATES} FROM ({inner})").fetchall()
    with open(data / "rates-sqlite.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def with_duckdb(data):
    import duckdb

    with duckdb.connect(str(data / "rates.duckdb"), read_only=True) as connection:
        connection.execute(f"COPY ({STATEMENT}) TO '{data / 'rates-duckdb.csv'}' (HEADER false)")


def with_postgis(data, socket):
    program = ["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "postgres", "-d", "j3"]
    settings = ["-c", "SET work_mem = '256MB'", "-c", "SET max_parallel_workers_per_gather = 2"]
    statement = " ".join(STATEMENT.split())
    target = f"\\copy ({statement}) to '{data / 'rates-postgis.csv'}' csv"
    subprocess.run([*program, *settings, "-c", target], check=True)


def with_pandas(data):
    import pandas

    columns = [*KEYS, "status", "area", "farmland", "basic_farmland", "recurring"]
    frame = pandas.read_parquet(data / "rates.parquet", columns=columns)
    frame["n"] = 1
    frame["checked"], frame["unlawful"], frame["rectified"] = frame.status >= 1, frame.status >= 2, frame.status == 4
    frame["unlawful_farmland"] = frame.farmland.where(frame.unlawful, 0)
    frame[KEYS] = frame[KEYS].astype("category")
    finest = frame.groupby(KEYS, observed=True)[MEASURES].sum().reset_index()
    groups = []
    for keys in GROUPINGS:
        if keys:
            groups.append(finest.groupby(keys, observed=True)[MEASURES].sum().reset_index())
        else:
            groups.append(finest[MEASURES].sum().to_frame().T)
    sums = pandas.concat(groups)
    rates = {
        "area_mu": sums.area * 3 / 2000, "farmland_mu": sums.farmland * 3 / 2000,
        "basic_farmland_mu": sums.basic_farmland * 3 / 2000, "checked": sums.checked / sums.n,
        "unlawful": sums.unlawful / sums.checked, "rectified": sums.rectified / sums.unlawful,
        "farmland": sums.farmland / sums.area, "recurring": sums.recurring / sums.n,
        "unlawful_farmland_mu": sums.unlawful_farmland * 3 / 2000,
    }  # fmt: skip
    sums[[*KEYS, "n"]].assign(**rates).to_csv(data / "rates-pandas.csv", index=False, header=False)


def main():
    job, data = sys.argv[1], Path(sys.argv[2])
    if job == "postgis":
        with_postgis(data, sys.argv[3])
        return
    stores = {"sqlite": with_sqlite, "pandas": with_pandas, "duckdb": with_duckdb}
    {"generate": generate, "prepare": prepare, **stores}[job](data)


if __name__ == "__main__":
    main()
