"""The job in other tools: what is timed, tuned as their own documentation advises and no less well than ours.

Every job reads `batch-KIND.shp`, repairs, reprojects to EPSG:4490, measures ellipsoidal areas, finds each parcel's
township, land classes, farmland net of ridges, basic farmland and earlier parcel, and writes all of it to a store.
All repair with the same method of GEOS, or they would measure different polygons. None of them writes history, hashes or findings, nor syncs as `parcels` does.
"""
