"""The job in DuckDB with its spatial extension.   python -m benchmark.peers.duckdb_job prepare|j1|j2 DATA KIND STORE

STORE is DuckDB's own database file: `prepare` fills it with the layers, j2 adds the parcels, j1 does both.
Tuned: all cores, its spatial join, containment before the exact overlay, insertion order not kept, results in DuckDB's
own format. Its GDAL cannot decode GBK, so pyogrio reads the batch through Arrow; its ST_MakeValid knows one method
alone, so shapely repairs the batch as in the other jobs, and DuckDB need not look for what is not valid.
"""

import sys
from pathlib import Path

import duckdb
import duckdb_extension_spatial
import pyarrow
import pyogrio
import shapely

from .repair import repaired

DEGREES = "ST_Transform({0}, 'EPSG:4526', 'EPSG:4490', always_xy := true)"
# Only polygons of what repair makes.
REPAIRED = DEGREES.format("CASE WHEN ST_IsValid({0}) THEN {0} ELSE ST_CollectionExtract(ST_MakeValid({0}), 3) END")
# The spheroid functions want latitude first; WGS 84 is 1e-11 from GRS80.
AREA = "ST_Area_Spheroid(ST_FlipCoordinates({0}))"
PIECE = f"""CASE WHEN ST_Within(parcel.geom, layer.geom) THEN parcel.area_m2
                 ELSE {AREA.format("ST_CollectionExtract(ST_Intersection(parcel.geom, layer.geom), 3)")} END AS area"""

# Areas of equal pieces differ by rounding noise: the lower code wins among those that are equal without it.
RESULTS = """
CREATE OR REPLACE TABLE parcels AS
SELECT parcel.record, parcel.code, parcel.county, programme, image1, image2, valid, parcel.area_m2,
       parcel.area_m2 * 3 / 2000 AS area_mu, township.township, coalesce(class.farmland, 0) AS farmland_m2,
       coalesce(basic.area, 0) AS basic_farmland_m2, earlier.earlier, earlier.share AS earlier_share, parcel.geom
FROM batch AS parcel
LEFT JOIN (SELECT record, first(township ORDER BY round(area, 2) DESC, township) AS township
           FROM (SELECT record, township, sum(area) AS area FROM in_township GROUP BY ALL)
           WHERE area > 0 GROUP BY record) AS township USING (record)
LEFT JOIN (SELECT record, sum(area * (1 - ridges)) FILTER (class IN ('0101', '0102', '0103')) AS farmland
           FROM in_class GROUP BY record) AS class USING (record)
LEFT JOIN (SELECT record, sum(area) AS area FROM in_basic_farmland GROUP BY record) AS basic USING (record)
LEFT JOIN (SELECT record, first(earlier ORDER BY round(share, 4) DESC, earlier) AS earlier,
                  first(share ORDER BY round(share, 4) DESC, earlier) AS share
           FROM (SELECT *, area / area_m2 AS share FROM on_earlier WHERE area_m2 > 0)
           WHERE share >= 0.5 GROUP BY record) AS earlier USING (record)"""
CLASSES = """
CREATE OR REPLACE TABLE parcel_class AS
SELECT record, class, sum(area) AS area_m2 FROM in_class GROUP BY record, class HAVING sum(area) > 0"""


def connect(store):
    settings = {"preserve_insertion_order": False, "allow_unsigned_extensions": True}
    connection = duckdb.connect(str(store), config=settings)
    extensions = Path(duckdb_extension_spatial.__file__).parent / "extensions"
    connection.execute(f"LOAD '{next(extensions.glob('*/spatial.duckdb_extension'))}'")
    return connection


def load_layers(connection, data):
    source = f"ST_Read('{data / 'ref.gpkg'}', layer = '{{0}}')"
    repaired = REPAIRED.format("geom")
    for statement in [
        f"dltb AS SELECT DLBM AS class, KCXS AS ridges, {repaired} AS geom FROM {source.format('DLTB')}",
        f"xzq AS SELECT XZQDM AS township, {repaired} AS geom FROM {source.format('XZQ')}",
        f"yjjbnttb AS SELECT {repaired} AS geom FROM {source.format('YJJBNTTB')}",
        f"ledger AS SELECT JCBH AS earlier, geom FROM ST_Read('{data / 'ledger.gpkg'}', layer = 'parcels')",
    ]:
        connection.execute(f"CREATE OR REPLACE TABLE {statement}")


def load_batch(connection, file):
    delivered = pyogrio.read_arrow(file, encoding="GBK", return_fids=True)[1]
    shapes, valid = repaired(shapely.from_wkb(delivered.column("wkb_geometry").to_numpy()))
    # Not in place of the column: by its metadata DuckDB would take it for a geometry of its own.
    delivered = delivered.drop_columns("wkb_geometry")
    delivered = delivered.append_column("shape", pyarrow.array(shapely.to_wkb(shapes), pyarrow.binary()))
    delivered = delivered.append_column("valid", pyarrow.array(valid))
    connection.register("delivered", delivered)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE batch AS
        SELECT *, coalesce({AREA.format("geom")}, 0) AS area_m2
        FROM (SELECT OGC_FID::INTEGER + 1 AS record, JCBH AS code, XZQDM AS county, TBLX AS programme, QSX AS image1,
                     HSX AS image2, valid, {DEGREES.format("ST_GeomFromWKB(shape)")} AS geom FROM delivered)""")


def overlay(connection, layer, columns, table):
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        SELECT parcel.record, parcel.area_m2, {columns} {PIECE}
        FROM batch AS parcel JOIN {layer} AS layer ON ST_Intersects(parcel.geom, layer.geom)""")


def run(connection, data, kind):
    load_batch(connection, data / f"batch-{kind}.shp")
    overlay(connection, "dltb", "layer.class, layer.ridges,", "in_class")
    overlay(connection, "xzq", "layer.township,", "in_township")
    overlay(connection, "yjjbnttb", "", "in_basic_farmland")
    overlay(connection, "ledger", "layer.earlier,", "on_earlier")
    connection.execute("BEGIN")
    connection.execute(RESULTS)
    connection.execute(CLASSES)
    connection.execute("COMMIT")


def main():
    job, data, kind, store = sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    if job in ("prepare", "j1"):
        store.unlink(missing_ok=True)
    connection = connect(store)
    if job in ("prepare", "j1"):
        load_layers(connection, data)
    if job in ("j1", "j2"):
        run(connection, data, kind)
    connection.close()


if __name__ == "__main__":
    main()
