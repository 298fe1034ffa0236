-- From the batch that ogr2ogr loaded (delivered_batch) to the tables parcels and parcel_class.
-- Tuned: parallel plans, unlogged tables for what is in between, an index on the batch, containment before the exact
-- overlay. Areas of equal pieces differ by rounding noise: the lower code wins among those that are equal without it.
SET client_min_messages = error;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;

DROP TABLE IF EXISTS batch, in_class, in_township, in_basic_farmland, on_earlier;

CREATE UNLOGGED TABLE batch AS
  SELECT *, coalesce(ST_Area(geom::geography, true), 0) AS area_m2
  FROM (
    SELECT fid::int AS record, jcbh AS code, xzqdm AS county, tblx AS programme, qsx AS image1, hsx AS image2,
           ST_IsValid(geom) AS valid, repaired(geom) AS geom
    FROM delivered_batch
  ) AS parcel;
ALTER TABLE batch SET (parallel_workers = 2);
CREATE INDEX ON batch USING gist (geom);
ANALYZE batch;

CREATE UNLOGGED TABLE in_class AS
  SELECT parcel.record, layer.class, layer.ridges,
         CASE WHEN ST_CoveredBy(parcel.geom, layer.geom) THEN parcel.area_m2
              ELSE ST_Area(ST_Intersection(parcel.geom, layer.geom)::geography, true) END AS area
  FROM batch AS parcel JOIN dltb AS layer ON ST_Intersects(parcel.geom, layer.geom);
CREATE UNLOGGED TABLE in_township AS
  SELECT parcel.record, layer.township,
         CASE WHEN ST_CoveredBy(parcel.geom, layer.geom) THEN parcel.area_m2
              ELSE ST_Area(ST_Intersection(parcel.geom, layer.geom)::geography, true) END AS area
  FROM batch AS parcel JOIN xzq AS layer ON ST_Intersects(parcel.geom, layer.geom);
CREATE UNLOGGED TABLE in_basic_farmland AS
  SELECT parcel.record,
         CASE WHEN ST_CoveredBy(parcel.geom, layer.geom) THEN parcel.area_m2
              ELSE ST_Area(ST_Intersection(parcel.geom, layer.geom)::geography, true) END AS area
  FROM batch AS parcel JOIN yjjbnttb AS layer ON ST_Intersects(parcel.geom, layer.geom);
CREATE UNLOGGED TABLE on_earlier AS
  SELECT parcel.record, parcel.area_m2, layer.earlier,
         ST_Area(ST_Intersection(parcel.geom, layer.geom)::geography, true) AS area
  FROM batch AS parcel JOIN ledger AS layer ON ST_Intersects(parcel.geom, layer.geom);

BEGIN;
DROP TABLE IF EXISTS parcels, parcel_class;
CREATE TABLE parcels AS
  SELECT batch.record, code, county, programme, image1, image2, valid, batch.area_m2,
         batch.area_m2 * 3 / 2000 AS area_mu, township.township, coalesce(class.farmland, 0) AS farmland_m2,
         coalesce(basic.area, 0) AS basic_farmland_m2, earlier.earlier, earlier.share AS earlier_share, geom
  FROM batch
  LEFT JOIN (
    SELECT DISTINCT ON (record) record, township
    FROM (SELECT record, township, sum(area) AS area FROM in_township GROUP BY record, township) AS piece
    WHERE area > 0 ORDER BY record, round(area::numeric, 2) DESC, township
  ) AS township USING (record)
  LEFT JOIN (
    SELECT record, sum(area * (1 - ridges)) FILTER (WHERE class IN ('0101', '0102', '0103')) AS farmland
    FROM in_class GROUP BY record
  ) AS class USING (record)
  LEFT JOIN (SELECT record, sum(area) AS area FROM in_basic_farmland GROUP BY record) AS basic USING (record)
  LEFT JOIN (
    SELECT DISTINCT ON (record) record, earlier, share
    FROM (SELECT *, area / area_m2 AS share FROM on_earlier WHERE area_m2 > 0) AS piece
    WHERE share >= 0.5 ORDER BY record, round(share::numeric, 4) DESC, earlier
  ) AS earlier USING (record);
CREATE TABLE parcel_class AS
  SELECT record, class, sum(area) AS area_m2 FROM in_class GROUP BY record, class HAVING sum(area) > 0;
CREATE INDEX ON parcels USING gist (geom);
ALTER TABLE parcels ADD PRIMARY KEY (record);
COMMIT;
