"""What the jobs in Python have in common: reading, repair, ellipsoidal area, the parcels table and its dump."""

import os
from concurrent.futures import ThreadPoolExecutor

import geopandas
import numpy as np
import pandas
import pyogrio
import shapely
from pyproj import Geod

from .repair import repaired

FARMLAND = ["0101", "0102", "0103"]
LAYERS = {"DLTB": ["DLBM", "KCXS"], "XZQ": ["XZQDM"], "YJJBNTTB": ["BSM"]}  # and the columns the job needs
EARLIER_SHARE = 0.5

ELLIPSOID = Geod(ellps="GRS80")
WORKERS = ThreadPoolExecutor(os.cpu_count())


def in_chunks(work, *arrays, chunk=2000):
    """`work` on pieces of the arrays, on all cores: shapely releases the interpreter's lock."""
    count = len(arrays[0])
    if count <= chunk:
        return work(*arrays)
    pieces = range(0, count, chunk)
    done = WORKERS.map(lambda first: work(*(array[first : first + chunk] for array in arrays)), pieces)
    return np.concatenate(list(done))


def read_batch(folder, kind):
    """The batch in EPSG:4490, repaired: the frame with its columns, geometries, and which of them were valid."""
    frame = pyogrio.read_dataframe(folder / f"batch-{kind}.shp", encoding="GBK", use_arrow=True)
    delivered = frame.geometry.values.to_numpy()
    geometries, valid = repaired(delivered)
    return frame, geometries, to_degrees(geometries, frame.crs), valid


def to_degrees(geometries, crs):
    return geopandas.GeoSeries(geometries, crs=crs).to_crs(4490).values.to_numpy()


def ellipsoidal_area(geometries):
    """Square metres of the polygons in each geometry. Rings count by their role, whichever way they turn."""
    total = np.zeros(len(geometries))
    parts, owner = shapely.get_parts(geometries, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)  # multipolygons within collections
    owner = owner[inner]
    polygonal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, owner = parts[polygonal], owner[polygonal]
    if len(parts) == 0:
        return total
    rings, polygon = shapely.get_rings(parts, return_index=True)
    exterior = np.append(True, polygon[1:] != polygon[:-1])
    points, ring = shapely.get_coordinates(rings, return_index=True)
    bounds = np.append(np.searchsorted(ring, np.arange(len(rings))), len(ring)).tolist()
    longitude, latitude = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    measure = ELLIPSOID.polygon_area_perimeter
    area = np.fromiter(
        (abs(measure(longitude[a : b - 1], latitude[a : b - 1])[0]) for a, b in zip(bounds, bounds[1:])),
        float,
        len(rings),
    )
    np.add.at(total, owner[polygon], np.where(exterior, area, -area))
    return total


# From the areas of all pieces to the figures of each parcel. Areas of equal pieces differ by rounding noise: the lower
# code wins among those that are equal without it.


def largest_township(pieces):
    """The township of largest area by parcel; `pieces` has parcel, township, area."""
    pieces = pieces.groupby(["parcel", "township"], as_index=False).area.sum()
    pieces = pieces[pieces.area > 0].assign(rounded=lambda frame: frame.area.round(2))
    return first_of_each(pieces, "township").township


def best_earlier(pieces, area):
    """The earlier parcel of largest share, where that is at least half; `pieces` has parcel, earlier, area."""
    share = pieces.area / np.maximum(area[pieces.parcel], 1e-9)
    pieces = pieces.assign(share=share, rounded=share.round(4))
    return first_of_each(pieces[pieces.share >= EARLIER_SHARE], "earlier")


def first_of_each(pieces, code):
    ordered = pieces.sort_values(["rounded", code], ascending=[False, True])
    return ordered.drop_duplicates("parcel").set_index("parcel")


def class_areas(pieces):
    return pieces[pieces.area > 0].groupby(["parcel", "class"], as_index=False).area.sum()


def net_farmland(pieces, count):
    """Square metres without ridges, by parcel; `pieces` has parcel, class, ridges (a share), area."""
    farmland = pieces[pieces["class"].isin(FARMLAND)]
    return np.bincount(farmland.parcel, farmland.area * (1 - farmland.ridges), count)


def parcels_table(frame, geometries, valid, area, township, farmland, basic_farmland, earlier):
    every = np.arange(len(frame))
    columns = {
        "record": every + 1, "code": frame.JCBH, "county": frame.XZQDM, "programme": frame.TBLX,
        "image1": frame.QSX, "image2": frame.HSX, "valid": valid.astype("int8"),
        "area_m2": area, "area_mu": area * 3 / 2000, "township": township.reindex(every).values,
        "farmland_m2": farmland, "basic_farmland_m2": basic_farmland,
        "earlier": earlier.earlier.reindex(every).values, "earlier_share": earlier.share.reindex(every).values,
    }  # fmt: skip
    return geopandas.GeoDataFrame(columns, geometry=geometries, crs=4490)


def write_store(file, parcels, classes):
    """A GeoPackage with the parcels and, one row for each parcel and class, the class areas."""
    file.unlink(missing_ok=True)
    pyogrio.write_dataframe(parcels, file, layer="parcels", geometry_type="MultiPolygon", promote_to_multi=True)
    classes = pandas.DataFrame({"record": classes.parcel + 1, "class": classes["class"], "area_m2": classes.area})
    pyogrio.write_dataframe(classes, file, layer="parcel_class")
