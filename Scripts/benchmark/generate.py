"""Writes the synthetic data of one size and seed; the same seed gives the same data.

    python -m benchmark.generate DIR [--size M] [--seed N]

ref.gpkg has the layers DLTB (land use), XZQ (townships) and YJJBNTTB (basic farmland) in EPSG:4526, ledger.gpkg the
earlier parcels in EPSG:4490, batch-KIND.shp one batch of each kind in EPSG:4526 and GBK, batch-ordinary.geojson the
first of them in EPSG:4490, meta.json what was made; it is written last.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely

from . import batches, landscape
from .fingerprint import fingerprint

ORIGIN = (38_400_000.0, 3_300_000.0)  # near 113° E, 29.8° N
VERTICES = 36  # of an average land-use polygon
ISSUE_MONTHS = [f"{month:02d}" for month in range(1, 13)]


@dataclass
class Size:
    counties: int
    polygons: int  # of land use, a county
    parcels: int  # of an ordinary batch, all counties together
    giants: int


SIZES = {
    "T": Size(counties=1, polygons=5_000, parcels=400, giants=6),
    "S": Size(counties=1, polygons=100_000, parcels=3_000, giants=24),
    "M": Size(counties=1, polygons=200_000, parcels=20_000, giants=36),
    "L": Size(counties=22, polygons=100_000, parcels=200_000, giants=66),
}


def batch_size(kind, size):
    """Parcels of a batch in one county."""
    if kind == "giant":
        return size.giants // size.counties
    return size.parcels // size.counties // (1 if kind in ("ordinary", "traced") else 4)


def generate(folder, size_name, seed):
    """One county after another, so that no more than one is ever in memory."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    remove_earlier(folder)
    size = SIZES[size_name]
    records = {kind: 0 for kind in batches.KINDS}
    polygons = 0
    started = time.monotonic()
    for index, county in enumerate(counties(size, seed)):
        write_layers(folder, county, first=index == 0)
        rng = np.random.default_rng([seed, index, 1])
        earlier = batches.earlier_parcels(rng, county, 2 * size.parcels // size.counties)
        write_ledger(folder, county, earlier, first=index == 0)
        for number, kind in enumerate(batches.KINDS):
            rng = np.random.default_rng([seed, index, 2, number])
            parcels, repeats = batches.make_batch(rng, kind, county, earlier, batch_size(kind, size))
            write_batch(folder, kind, number, county, rng, parcels, repeats, first=index == 0)
            records[kind] += len(parcels)
        polygons += len(county.land_use)
        print(f"  {county.code}: {len(county.land_use)} land-use polygons, "
              f"{shapely.get_num_coordinates(county.land_use.geometry.values).max()} vertices at most; "
              f"{time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)  # fmt: skip
    if size.counties == 1:
        batch = geopandas.read_file(folder / "batch-ordinary.shp", encoding="GBK")
        batch.to_crs("EPSG:4490").to_file(folder / "batch-ordinary.geojson", driver="GeoJSON")
    meta = {"size": size_name, "seed": seed, "counties": size.counties, "landUse": polygons, "parcels": records}
    meta["generator"] = fingerprint()
    (folder / "meta.json").write_text(json.dumps(meta))


def remove_earlier(folder):
    for name in ["meta.json", "ref.gpkg", "ledger.gpkg"]:
        (folder / name).unlink(missing_ok=True)
    for file in folder.glob("batch-*.*"):
        file.unlink()


def counties(size, seed):
    side = landscape.cells_per_side(size.polygons) * landscape.CELL
    columns = int(np.ceil(size.counties**0.5))
    for index in range(size.counties):
        x, y = ORIGIN[0] + index % columns * side, ORIGIN[1] + index // columns * side
        rng = np.random.default_rng([seed, index, 0])
        yield landscape.make_county(rng, index, size.polygons, VERTICES, x, y)


def write_layers(folder, county, first):
    mode = "w" if first else "a"
    for layer, frame, kind in [
        ("DLTB", county.land_use, "Polygon"),
        ("XZQ", county.townships, "MultiPolygon"),
        ("YJJBNTTB", county.basic_farmland, "Polygon"),
    ]:
        promote = kind == "MultiPolygon"
        frame.to_file(folder / "ref.gpkg", layer=layer, mode=mode, geometry_type=kind, promote_to_multi=promote)


def write_ledger(folder, county, earlier, first):
    parcels = np.array([shapely.Polygon(ring) for ring in earlier.rings] + earlier.traced)
    parcels = parcels[shapely.is_valid(parcels)]
    columns = {"JCBH": [f"{county.code}2025{number:07d}" for number in range(len(parcels))], "XZQDM": county.code}
    frame = geopandas.GeoDataFrame(columns, geometry=parcels, crs=landscape.CRS).to_crs("EPSG:4490")
    frame.to_file(folder / "ledger.gpkg", layer="parcels", mode="w" if first else "a", geometry_type="Polygon")


def write_batch(folder, kind, number, county, rng, parcels, repeats, first):
    """The columns of a national batch; JCMJ is the planar area in mu, as contractors state it."""
    count = len(parcels)
    codes = np.array([f"{county.code}2026{number}{record:06d}" for record in range(count)])
    for record in np.flatnonzero(repeats):
        codes[record] = codes[record - 1]
    mu = [0.0 if parcel is None else round(parcel.area * 3 / 2000, 2) for parcel in parcels]
    columns = {
        "JCBH": codes,
        "XZQDM": county.code,
        "TBLX": rng.choice(batches.PROGRAMMES, count),
        "JCMJ": mu,
        "QSX": [f"2025{month}" for month in rng.choice(ISSUE_MONTHS, count)],
        "HSX": [f"2026{month}" for month in rng.choice(ISSUE_MONTHS, count)],
        "XMMC": f"{county.code}号县影像疑似图斑",
    }
    frame = geopandas.GeoDataFrame(columns, geometry=parcels, crs=landscape.CRS)
    file = folder / f"batch-{kind}.shp"
    frame.to_file(file, mode="w" if first else "a", encoding="GBK", geometry_type="Polygon")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--size", choices=list(SIZES), default="S")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generate(options.folder, options.size, options.seed)


if __name__ == "__main__":
    main()
