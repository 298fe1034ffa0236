"""The job in SedonaDB.   python -m benchmark.peers.sedonadb_job j2 DATA KIND STORE   (layers prepared by GeoPandas)

SedonaDB has neither ellipsoidal areas nor a writer of GeoPackages: pyproj and pyogrio do both, as in its own examples.
Tuned: GeoParquet scanned by SedonaDB itself, its spatial join, pieces handed over as WKB in one frame. Asking for
containment first gains nothing, and fails on some repaired parcels.
"""

import sys
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import sedonadb
import shapely

from .geodata import (
    LAYERS, best_earlier, class_areas, ellipsoidal_area, largest_township, net_farmland, parcels_table, read_batch,
    write_store,
)  # fmt: skip


def overlay(session, area, layer, columns):
    """All pieces of parcels in a layer's polygons as a frame of parcel, the columns named, area."""
    pieces = session.sql(f"""
        SELECT parcels.parcel, {columns}
               ST_AsBinary(ST_Intersection(parcels.geometry, layer.geometry)) AS piece
        FROM parcels JOIN {layer} AS layer ON ST_Intersects(parcels.geometry, layer.geometry)""").to_pandas()
    pieces["area"] = ellipsoidal_area(shapely.from_wkb(pieces.pop("piece").values))
    return pieces[pieces.area > 0]


def run(data, kind, store):
    frame, _, parcels, valid = read_batch(data, kind)
    count, placed = len(frame), ~shapely.is_missing(parcels)
    area = np.zeros(count)
    area[placed] = ellipsoidal_area(parcels[placed])

    session = sedonadb.connect()
    placed_parcels = geopandas.GeoDataFrame({"parcel": np.arange(count)[placed]}, geometry=parcels[placed], crs=4490)
    session.create_data_frame(placed_parcels).to_view("parcels", overwrite=True)
    ledger = pyogrio.read_dataframe(data / "ledger.gpkg", use_arrow=True)
    session.create_data_frame(ledger).to_view("ledger", overwrite=True)
    for layer in LAYERS:
        session.read_parquet(data / "geopandas" / f"{layer}.parquet").to_view(layer.lower(), overwrite=True)

    township = largest_township(overlay(session, area, "xzq", 'layer."XZQDM" AS township,'))
    columns = 'layer."DLBM" AS class, layer."KCXS" AS ridges,'
    pieces = overlay(session, area, "dltb", columns)
    classes, farmland = class_areas(pieces), net_farmland(pieces, count)
    pieces = overlay(session, area, "yjjbnttb", "")
    basic_farmland = np.bincount(pieces.parcel, pieces.area, count)
    earlier = best_earlier(overlay(session, area, "ledger", 'layer."JCBH" AS earlier,'), area)

    table = parcels_table(frame, parcels, valid, area, township, farmland, basic_farmland, earlier)
    write_store(store, table, classes)


if __name__ == "__main__":
    run(Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
