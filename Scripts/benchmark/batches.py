"""The batches of a county: ordinary parcels, and the kinds of parcel that are hard on an overlay."""

from dataclasses import dataclass

import numpy as np
import shapely

from . import shapes

KINDS = ["ordinary", "traced", "holed", "multipart", "giant"]
RECURRING = 0.2  # share of a batch that lies on an earlier parcel
DIRTY = 0.05
PROGRAMMES = ["新增建设用地", "推填土", "光伏用地", "挖湖造景", "大棚房"]


@dataclass
class Earlier:
    """Parcels that are in the ledger before the batch comes: rings drawn freely, polygons traced along the survey."""

    rings: list
    traced: list


def earlier_parcels(rng, county, count):
    return Earlier(shapes.stars(rng, county, count), disjoint(Tracer(county).parcels(rng, count // 10)))


def disjoint(polygons):
    """Without those that overlap one before them: a parcel in two equal earlier ones would have two equal matches."""
    tree = shapely.STRtree(polygons)
    one, other = tree.query(polygons, predicate="intersects")
    crossing = (other < one) & (shapely.area(shapely.intersection(polygons[one], polygons[other])) > 0)
    return list(np.delete(polygons, np.unique(one[crossing])))


def make_batch(rng, kind, county, earlier, count):
    """Polygons of one kind and whether each repeats the record before it; None for a record without a place."""
    makers = {"ordinary": ordinary, "traced": traced, "holed": holed, "multipart": multipart, "giant": giant}
    parcels = makers[kind](rng, county, earlier, count)
    if kind == "ordinary":
        return spoil(rng, parcels, DIRTY, [crossing, doubled, sliver, in_two, pierced, missing, repeated, outside])
    return spoil(rng, parcels, DIRTY / 5, [missing, repeated, outside])


# The kinds


def ordinary(rng, county, earlier, count):
    rings = shapes.stars(rng, county, count)
    for index in np.flatnonzero(rng.random(count) < RECURRING):
        rings[index] = shapes.shaken(rng, earlier.rings[rng.integers(len(earlier.rings))])
    return [shapely.Polygon(ring) for ring in rings]


def traced(rng, county, earlier, count):
    """Parcels that staff traced along survey borders; some are exactly those of an earlier year."""
    parcels = list(Tracer(county).parcels(rng, count))
    for index in np.flatnonzero(rng.random(count) < RECURRING):
        if earlier.traced:
            parcels[index] = earlier.traced[rng.integers(len(earlier.traced))]
    return parcels


class Tracer:
    """Draws parcels that share vertices with the land-use layer exactly, to the last bit."""

    def __init__(self, county):
        polygons = county.land_use.geometry.values.to_numpy()
        plot = (shapely.get_num_coordinates(polygons) <= 300) & (shapely.area(polygons) <= 200 * shapes.MU)
        self.plots = polygons[plot]
        self.tree = shapely.STRtree(self.plots)

    def parcels(self, rng, count):
        seeds = rng.integers(len(self.plots), size=count)
        whole = rng.random(count) < 0.6
        return np.array([self.united(rng, seed) if all_ else self.along(rng, seed) for seed, all_ in zip(seeds, whole)])

    def united(self, rng, seed):
        """One survey polygon with up to three of its neighbours."""
        near = self.tree.query(self.plots[seed], predicate="touches")
        chosen = rng.permutation(near)[: rng.integers(0, 4)]
        union = shapely.coverage_union_all(self.plots[np.append(chosen, seed)])
        return union if union.geom_type == "Polygon" else self.plots[seed]  # a neighbour that touches in a point only

    def along(self, rng, seed):
        """A free shape whose border follows a survey border on one side, inside or outside of the survey polygon."""
        plot = self.plots[seed]
        corner = rng.choice(np.array(plot.exterior.coords))
        free = shapely.Polygon(shapes.star(rng, corner, shapes.areas(rng, 1)[0], shapes.vertex_counts(rng, 1)[0]))
        free = free.buffer(0)
        cut = free.intersection(plot) if rng.random() < 0.5 else free.difference(plot)
        parts = [part for part in shapely.get_parts(cut) if part.geom_type == "Polygon"]
        # Survey vertices have four decimals and stay; only where the free border crosses do vertices move.
        return shapes.rounded(max(parts, key=shapely.area), 4) if parts else plot


def holed(rng, county, _, count):
    chosen = zip(shapes.places(rng, county, count), shapes.areas(rng, count, 20), shapes.vertex_counts(rng, count))
    return [shapes.with_holes(rng, *one, holes=int(rng.integers(2, 9))) for one in chosen]


def multipart(rng, county, _, count):
    return [scattered(rng, place) for place in shapes.places(rng, county, count)]


def scattered(rng, place):
    """Two to twelve parts, up to a kilometre apart, that do not overlap."""
    parts = []
    for _ in range(rng.integers(2, 13)):
        center = place + rng.normal(0, 300, 2)
        part = shapely.Polygon(shapes.star(rng, center, shapes.areas(rng, 1, 1.5, 30)[0], int(rng.integers(5, 30))))
        if part.is_valid and not any(part.intersects(other) for other in parts):
            parts.append(part)
    return shapely.MultiPolygon(parts)


def giant(rng, county, _, count):
    """Thousands of vertices each: square kilometres of free shape, rivers, and the largest survey polygons traced."""
    polygons = county.land_use.geometry.values.to_numpy()
    largest = polygons[np.argsort(-shapely.get_num_coordinates(polygons), kind="stable")]
    drawn = []
    for number in range(count):
        traced_one = largest[number // 3 % len(largest)]
        drawn.append([free_giant(rng, county), river(rng, county), traced_one][number % 3])
    return drawn


def free_giant(rng, county):
    area = min(np.exp(rng.uniform(np.log(1e6), np.log(1e7))), county.side**2 / 20)
    center = shapes.places(rng, county, 1)[0]
    return shapely.Polygon(shapes.giant(rng, center, area, int(rng.integers(2000, 8000))))


def river(rng, county):
    """A band of 40 to 150 m with steps of about ten metres on either bank."""
    length = int(min(county.side * 0.6, rng.uniform(5_000, 20_000)) / 10)
    heading = rng.random() * 2 * np.pi + np.cumsum(rng.normal(0, 0.02, length))
    course = np.cumsum(10 * np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
    middle = shapely.LineString(shapes.places(rng, county, 1)[0] + course - course.mean(axis=0))
    band = middle.buffer(rng.uniform(20, 75), quad_segs=4).segmentize(12)
    banks = ring_of(band)
    frayed = shapely.Polygon(np.round(banks + rng.normal(0, 0.5, banks.shape), 3))
    return frayed if frayed.is_valid else shapes.rounded(band, 3)


# The dirt


def spoil(rng, parcels, share, damages):
    """Damages some of the records; returns the parcels and which records repeat the one before them."""
    repeats = np.zeros(len(parcels), bool)
    for index in np.flatnonzero(rng.random(len(parcels)) < share):
        damage = damages[rng.integers(len(damages))]
        if damage is repeated:
            repeats[index] = index > 0
            parcels[index] = parcels[index - 1] if index > 0 else parcels[index]
        elif parcels[index] is not None:
            parcels[index] = damage(rng, parcels[index])
    return parcels, repeats


def ring_of(polygon):
    return np.array(polygon.exterior.coords)[:-1]


def crossing(rng, polygon):
    """Two vertices change places, so that the border crosses itself."""
    ring = ring_of(polygon)
    place = rng.integers(0, len(ring) - 2)
    ring[[place, place + 2]] = ring[[place + 2, place]]
    return shapely.Polygon(ring)


def doubled(rng, polygon):
    """Vertices that come twice."""
    ring = ring_of(polygon)
    return shapely.Polygon(np.repeat(ring, rng.integers(1, 3, len(ring)), axis=0))


def sliver(_, polygon):
    middle = ring_of(polygon).mean(axis=0)
    return shapely.Polygon([middle, middle + [20, 0.01], middle + [40, 0.03], middle + [20, 0.05]])


def in_two(_, polygon):
    """A second part of another size: two equal ones in two townships would leave the township to chance."""
    ring = ring_of(polygon)
    aside = ring[0] + (ring - ring[0]) * 0.9 + np.ptp(ring, axis=0) * 1.3 + 5
    return shapely.MultiPolygon([shapely.Polygon(ring), shapely.Polygon(np.round(aside, 3))])


def pierced(_, polygon):
    """A hole of the parcel's own shape; where the parcel winds it may cross the border."""
    ring = ring_of(polygon)
    middle = ring.mean(axis=0)
    return shapely.Polygon(ring, [np.round(middle + (ring - middle) * 0.3, 3)[::-1]])


def missing(_, __):
    return None


def repeated(_, polygon):
    """The record before it once more, under the same code; `spoil` does it."""
    return polygon


def outside(_, polygon):
    """Far outside of the county."""
    return shapely.transform(polygon, lambda points: np.round(points + [250_000, -180_000], 3))
