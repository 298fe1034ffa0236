-- The layers in EPSG:4490, repaired and subdivided: the way PostGIS recommends for polygons with thousands of vertices.
-- Tuned: unlogged tables, parallel plans even for small tables, GiST indexes, statistics.
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;

DROP TABLE IF EXISTS dltb, xzq, yjjbnttb, ledger CASCADE;

CREATE OR REPLACE FUNCTION repaired(geom geometry) RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ST_Transform(CASE WHEN ST_IsValid(geom) THEN geom ELSE ST_CollectionExtract(ST_MakeValid(geom, 'method=structure'), 3) END, 4490)
$$;

CREATE UNLOGGED TABLE dltb AS
  SELECT class, ridges, ST_Subdivide(geom, 256) AS geom
  FROM (SELECT dlbm AS class, kcxs AS ridges, repaired(geom) AS geom FROM delivered_dltb) AS layer;
CREATE UNLOGGED TABLE xzq AS
  SELECT xzqdm AS township, ST_Subdivide(repaired(geom), 256) AS geom FROM delivered_xzq;
CREATE UNLOGGED TABLE yjjbnttb AS SELECT ST_Subdivide(repaired(geom), 256) AS geom FROM delivered_yjjbnttb;
CREATE UNLOGGED TABLE ledger AS SELECT jcbh AS earlier, geom FROM delivered_ledger;

CREATE INDEX ON dltb USING gist (geom);
CREATE INDEX ON xzq USING gist (geom);
CREATE INDEX ON yjjbnttb USING gist (geom);
CREATE INDEX ON ledger USING gist (geom);
VACUUM ANALYZE dltb;
VACUUM ANALYZE xzq;
VACUUM ANALYZE yjjbnttb;
VACUUM ANALYZE ledger;
