"""Repair of polygons, the same for all jobs in Python."""

import shapely


def repaired(geometries):
    """Valid geometries of which only polygons are kept, and which were valid before.

    The method matters where a border crosses itself: `structure` keeps what lies inside however often it is wound
    around, as `parcels` does; the older `linework` leaves out what is wound around twice.
    """
    valid = shapely.is_valid(geometries) | shapely.is_missing(geometries)
    if valid.all():
        return geometries, valid
    geometries = geometries.copy()
    mended = shapely.make_valid(geometries[~valid], method="structure", keep_collapsed=False)
    geometries[~valid] = [polygons_only(geometry) for geometry in mended]
    return geometries, valid


def polygons_only(geometry):
    if geometry.geom_type != "GeometryCollection":
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
