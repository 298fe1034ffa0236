"""The job in GeoPandas, shapely and pyogrio.   python -m benchmark.peers.geopandas_job prepare|j1|j2 DATA KIND STORE

Tuned: Arrow reading, GeoParquet for prepared layers, bulk queries of an STR tree, prepared geometries, containment
before the exact overlay, overlays on all cores; cold, only the candidates by box are repaired and reprojected. `covers`
in place of `contains_properly` spares overlays of parcels on a border and costs as much on the others: no gain.
"""

import sys
from pathlib import Path

import geopandas
import numpy as np
import pandas
import pyogrio
import shapely

from .geodata import (
    LAYERS, best_earlier, class_areas, ellipsoidal_area, in_chunks, largest_township, net_farmland, parcels_table,
    read_batch, to_degrees, write_store,
)  # fmt: skip
from .repair import repaired


def read_layer(data, layer):
    return pyogrio.read_dataframe(data / "ref.gpkg", layer=layer, columns=LAYERS[layer], use_arrow=True)


def prepare(data, prepared):
    prepared.mkdir(parents=True, exist_ok=True)
    for layer, columns in LAYERS.items():
        frame = read_layer(data, layer)
        geometries, _ = repaired(frame.geometry.values.to_numpy())
        ready = geopandas.GeoDataFrame(frame[columns], geometry=geometries, crs=frame.crs).to_crs(4490)
        ready.to_parquet(prepared / f"{layer}.parquet", compression="zstd", write_covering_bbox=False)


def prepared_layer(prepared, layer):
    frame = geopandas.read_parquet(prepared / f"{layer}.parquet")
    return frame, frame.geometry.values.to_numpy()


def cold_layer(data, layer, delivered):
    """What a box of the batch touches, repaired and in degrees; `delivered` are the parcels as delivered, in metres."""
    frame = read_layer(data, layer)
    geometries = frame.geometry.values.to_numpy()
    _, touched = shapely.STRtree(geometries).query(delivered)
    touched = np.unique(touched)
    candidates, _ = repaired(geometries[touched])
    return frame.iloc[touched], to_degrees(candidates, frame.crs)


def overlay(parcels, area, polygons):
    """All pieces of parcels in polygons: index of the parcel, index of the polygon, square metres."""
    parcel, polygon = shapely.STRtree(polygons).query(parcels, predicate="intersects")
    # Prepared geometries build their index at the first question: not for several threads at once.
    shapely.prepare(polygons[np.unique(polygon)])
    inside = shapely.contains_properly(polygons[polygon], parcels[parcel])
    measured = np.empty(len(parcel))
    measured[inside] = area[parcel[inside]]
    cut = in_chunks(shapely.intersection, polygons[polygon[~inside]], parcels[parcel[~inside]])
    measured[~inside] = ellipsoidal_area(cut)
    return parcel, polygon, measured


def run(data, kind, store, layer_of):
    frame, delivered, parcels, valid = read_batch(data, kind)
    count, placed = len(frame), ~shapely.is_missing(parcels)
    area = np.zeros(count)
    area[placed] = ellipsoidal_area(parcels[placed])

    layer, polygons = layer_of("XZQ", delivered)
    parcel, polygon, measured = overlay(parcels, area, polygons)
    pieces = pandas.DataFrame({"parcel": parcel, "township": layer.XZQDM.values[polygon], "area": measured})
    township = largest_township(pieces)

    layer, polygons = layer_of("DLTB", delivered)
    parcel, polygon, measured = overlay(parcels, area, polygons)
    pieces = {"parcel": parcel, "class": layer.DLBM.values[polygon], "ridges": layer.KCXS.values[polygon]}
    pieces = pandas.DataFrame({**pieces, "area": measured})
    classes, farmland = class_areas(pieces), net_farmland(pieces, count)

    _, polygons = layer_of("YJJBNTTB", delivered)
    parcel, _, measured = overlay(parcels, area, polygons)
    basic_farmland = np.bincount(parcel, measured, count)

    ledger = pyogrio.read_dataframe(data / "ledger.gpkg", use_arrow=True)
    polygons = ledger.geometry.values.to_numpy()
    parcel, polygon = shapely.STRtree(polygons).query(parcels, predicate="intersects")
    measured = ellipsoidal_area(in_chunks(shapely.intersection, parcels[parcel], polygons[polygon]))
    pieces = pandas.DataFrame({"parcel": parcel, "earlier": ledger.JCBH.values[polygon], "area": measured})
    earlier = best_earlier(pieces, area)

    table = parcels_table(frame, parcels, valid, area, township, farmland, basic_farmland, earlier)
    write_store(store, table, classes)


def main():
    job, data, kind, store = sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    prepared = data / "geopandas"
    if job == "prepare":
        prepare(data, prepared)
    elif job == "j1":
        run(data, kind, store, lambda layer, delivered: cold_layer(data, layer, delivered))
    else:
        run(data, kind, store, lambda layer, _: prepared_layer(prepared, layer))


if __name__ == "__main__":
    main()
