"""Do two tools say the same of every parcel?   python -m benchmark.agree A.csv B.csv

A dump has one row for each record that a tool measured: `record` (from 1), `code`, `areaM2`, `township`, `farmlandM2`,
`basicFarmlandM2`, `earlier`, `earlierShare`, `classes` (0101:123.456;0301:…, gross m²). Only records that both have
are compared. They agree where township and earlier parcel are equal, areas within 2e-6 or 0.01 m², and each class,
farmland and basic farmland within 1e-4 of the parcel. Exit code 1 where they do not.

Where two earlier parcels have the same share of a parcel, rounding noise may choose: such a tie counts apart.
"""

import csv
import sys
from dataclasses import dataclass, field

# The official area has edges straight in a plane, the peers' is geodesic: an edge of 65 m from east to west bulges by
# 0.05 mm, which is 0.002 m².
RELATIVE_AREA = 2e-6
ABSOLUTE_AREA = 1e-2  # m²
RELATIVE_PIECE = 1e-4  # of the parcel
TIE = 1e-4  # of the parcel
WORST_SHOWN = 5


@dataclass
class Row:
    record: int
    code: str
    area: float
    township: str
    farmland: float
    basic_farmland: float
    earlier: str
    earlier_share: float
    classes: dict


@dataclass
class Agreement:
    compared: int
    only_first: list  # records
    only_second: list
    ties: int = 0
    disagreements: dict = field(default_factory=dict)  # what: [(size, record, one, other)]
    largest: dict = field(default_factory=dict)  # what: the largest difference, relative to the parcel

    @property
    def holds(self):
        return self.compared > 0 and not self.disagreements

    @property
    def complete(self):
        """They agree, and there is nothing more to say about it."""
        return self.holds and not (self.only_first or self.only_second or self.ties)


def read_dump(file):
    """The rows of a dump by record; one without an area was not measured."""
    with open(file, encoding="utf-8-sig", newline="") as lines:
        measured = (columns for columns in csv.DictReader(lines) if columns["areaM2"])
        return {row.record: row for row in map(parse_row, measured)}


def parse_row(columns):
    return Row(
        record=int(columns["record"]),
        code=columns["code"],
        area=number(columns["areaM2"]),
        township=columns["township"] or "",
        farmland=number(columns["farmlandM2"]),
        basic_farmland=number(columns["basicFarmlandM2"]),
        earlier=columns["earlier"] or "",
        earlier_share=number(columns["earlierShare"]),
        classes=parse_classes(columns["classes"]),
    )


def number(text):
    return float(text) if text else 0.0


def parse_classes(text):
    pairs = (pair.split(":") for pair in (text or "").split(";") if pair)
    return {code: float(area) for code, area in pairs}


def compare(first, second):
    """Compares two dumps as `read_dump` returns them."""
    agreement = Agreement(
        compared=len(first.keys() & second.keys()),
        only_first=sorted(first.keys() - second.keys()),
        only_second=sorted(second.keys() - first.keys()),
    )
    for record in sorted(first.keys() & second.keys()):
        compare_rows(first[record], second[record], agreement)
    for found in agreement.disagreements.values():
        found.sort(key=lambda found: -found[0])
    return agreement


def compare_rows(one, other, agreement):
    def differs(what, size, a, b):
        agreement.disagreements.setdefault(what, []).append((size, one.record, a, b))

    if one.code != other.code:
        differs("code", 1.0, one.code, other.code)
    if one.township != other.township:
        differs("township", 1.0, one.township, other.township)
    if one.earlier != other.earlier:
        if one.earlier and other.earlier and abs(one.earlier_share - other.earlier_share) <= TIE:
            agreement.ties += 1
        else:
            seen = [f"{row.earlier or '-'} ({row.earlier_share:.6f})" for row in (one, other)]
            differs("earlier", abs(one.earlier_share - other.earlier_share), *seen)

    scale = max(one.area, other.area, ABSOLUTE_AREA)
    for what, a, b in [("area", one.area, other.area), *pieces(one, other)]:
        allowed = RELATIVE_AREA if what == "area" else RELATIVE_PIECE
        difference = abs(a - b)
        if difference <= ABSOLUTE_AREA:
            continue
        agreement.largest[what] = max(agreement.largest.get(what, 0.0), difference / scale)
        if difference > allowed * scale:
            differs(what, difference / scale, a, b)


def pieces(one, other):
    yield "farmland", one.farmland, other.farmland
    yield "basic farmland", one.basic_farmland, other.basic_farmland
    for code in sorted(one.classes.keys() | other.classes.keys()):
        yield "class", one.classes.get(code, 0.0), other.classes.get(code, 0.0)


def describe(agreement, one="first", other="second"):
    """Lines for people: a verdict, how close, what is missing, the worst records."""
    verdict = "agree" if agreement.holds else "DIFFER"
    yield f"{one} and {other} {verdict} on {agreement.compared} records, {closeness([agreement])}"
    for name, records in [(one, agreement.only_first), (other, agreement.only_second)]:
        if records:
            yield f"  only {name} has {len(records)} records: {shown(records)}"
    if agreement.ties:
        yield f"  ties between earlier parcels decided differently: {agreement.ties}"
    for what, found in agreement.disagreements.items():
        yield f"  {what} differs in {len({record for _, record, _, _ in found})} records"
        for size, record, a, b in found[:WORST_SHOWN]:
            yield f"    record {record}: {a} / {b} ({size:.1e})"


def closeness(agreements):
    """The largest differences of each kind, relative to the parcel."""
    largest = {}
    for agreement in agreements:
        for what, size in agreement.largest.items():
            largest[what] = max(largest.get(what, 0.0), size)
    listed = ", ".join(f"{what} {size:.0e}" for what, size in sorted(largest.items()))
    return f"largest relative difference: {listed}" if listed else f"no difference above {ABSOLUTE_AREA} m²"


def shown(records, most=20):
    return ", ".join(map(str, records[:most])) + (", …" if len(records) > most else "")


def main():
    if len(sys.argv) != 3:
        print(__doc__.splitlines()[0], file=sys.stderr)
        sys.exit(64)
    agreement = compare(read_dump(sys.argv[1]), read_dump(sys.argv[2]))
    print("\n".join(describe(agreement, *sys.argv[1:])))
    sys.exit(0 if agreement.holds else 1)


if __name__ == "__main__":
    main()
