CREATE TABLE case_event (
  county TEXT NOT NULL,
  number TEXT NOT NULL CHECK (number <> ''),
  position INTEGER NOT NULL REFERENCES event (position),
  PRIMARY KEY (county, number, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE configuration (
  county TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('campaign', 'profile', 'layer', 'calendar')),
  name TEXT NOT NULL,
  position INTEGER NOT NULL REFERENCES event (position),
  sha256 TEXT NOT NULL,
  PRIMARY KEY (county, kind, name, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
  sha256 TEXT NOT NULL,
  campaign TEXT NOT NULL,
  content TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  batch TEXT NOT NULL,
  delivered INTEGER NOT NULL CHECK (delivered >= 0),
  accepted INTEGER NOT NULL CHECK (accepted >= 0),
  corrected INTEGER NOT NULL CHECK (corrected BETWEEN 0 AND accepted),
  rejected INTEGER NOT NULL CHECK (rejected >= 0),
  duplicate INTEGER NOT NULL CHECK (duplicate >= 0),
  position INTEGER NOT NULL REFERENCES event (position),
  PRIMARY KEY (sha256, campaign),
  CHECK (delivered = accepted + rejected + duplicate)
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
  position INTEGER PRIMARY KEY CHECK (position > 0),
  county TEXT NOT NULL CHECK (length(county) = 6),
  seq INTEGER NOT NULL CHECK (seq > 0),
  kind TEXT NOT NULL CHECK (kind <> ''),
  version INTEGER NOT NULL CHECK (version > 0),
  effective TEXT NOT NULL CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  recorded INTEGER NOT NULL,
  actor TEXT NOT NULL,
  document TEXT NOT NULL,
  idempotency_key TEXT NOT NULL CHECK (idempotency_key <> ''),
  payload BLOB NOT NULL,
  geometry BLOB,
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (county, seq),
  UNIQUE (county, idempotency_key)
) STRICT;
CREATE INDEX event_effective ON event (effective);
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE parcel (
  id INTEGER PRIMARY KEY,
  county TEXT NOT NULL,
  campaign TEXT NOT NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  fingerprint TEXT NOT NULL,
  issue_position INTEGER NOT NULL REFERENCES event (position),
  part TEXT NOT NULL CHECK (part IN
    ('pending', 'inReview', 'sentBack', 'noViolation', 'unlawful', 'outside', 'handedOver', 'withdrawn')),
  rectification TEXT CHECK (rectification IN ('unrectified', 'rectifying', 'rectified', 'accepted', 'closed')), min_x REAL, min_y REAL, max_x REAL, max_y REAL, cell INTEGER CHECK ((cell IS NULL) = (min_x IS NULL)),
  UNIQUE (county, campaign, code),
  CHECK ((rectification IS NOT NULL) = (part IN ('unlawful', 'handedOver')))
) STRICT;
CREATE INDEX parcel_cell ON parcel (cell);
CREATE INDEX parcel_code ON parcel (code);
CREATE TABLE parcel_event (
  parcel INTEGER NOT NULL REFERENCES parcel (id),
  position INTEGER NOT NULL REFERENCES event (position),
  PRIMARY KEY (parcel, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE reject (
  sha256 TEXT NOT NULL,
  campaign TEXT NOT NULL,
  record INTEGER NOT NULL CHECK (record > 0),
  code TEXT,
  finding TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (sha256, campaign, record),
  FOREIGN KEY (sha256, campaign) REFERENCES delivery (sha256, campaign)
) STRICT, WITHOUT ROWID;
CREATE TABLE tally (
  county TEXT NOT NULL,
  campaign TEXT NOT NULL,
  batch TEXT NOT NULL,
  township TEXT NOT NULL,
  part TEXT NOT NULL,
  rectification TEXT NOT NULL,
  flags INTEGER NOT NULL,
  measure TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('declared', 'measured', 'determined')),
  count INTEGER NOT NULL CHECK (count > 0),
  area_mu INTEGER NOT NULL,
  farmland_mu INTEGER NOT NULL,
  basic_farmland_mu INTEGER NOT NULL,
  area_m2 INTEGER NOT NULL,
  fallbacks INTEGER NOT NULL CHECK (fallbacks BETWEEN 0 AND count),
  restored_area_mu INTEGER NOT NULL,
  restored_farmland_mu INTEGER NOT NULL,
  PRIMARY KEY (county, campaign, batch, township, part, rectification, flags, measure, basis)
) STRICT, WITHOUT ROWID;
