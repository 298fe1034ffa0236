"""Shapes of suspect parcels, in metres of the survey's plane."""

import numpy as np
import shapely

MU = 2000 / 3  # square metres


def areas(rng, count, median=4.0, largest=200.0):
    """Square metres: most parcels have a few mu, some have hundreds."""
    return np.clip(rng.lognormal(np.log(median), 1.1, count), 0.2, largest) * MU


def vertex_counts(rng, count, median=24):
    return np.clip(rng.lognormal(np.log(median), 0.5, count), 5, 150).astype(int)


def places(rng, county, count):
    return np.array([county.x, county.y]) + rng.random((count, 2)) * county.side


def star(rng, center, area, vertices):
    """The ring of an irregular star-shaped polygon, rounded to millimetres."""
    angle = np.sort((np.arange(vertices) + rng.random(vertices) * 0.8) / vertices * 2 * np.pi)
    radius = 0.55 + rng.random(vertices) * 0.9
    return placed(rng, radius, angle, center, area)


def giant(rng, center, area, vertices):
    """A star-shaped ring whose radius is a sum of waves, so that thousands of vertices make a coast, no hedgehog."""
    angle = np.arange(vertices) / vertices * 2 * np.pi
    waves = np.arange(2, 60)
    phase, height = rng.random(len(waves)) * 2 * np.pi, rng.normal(0, 0.35, len(waves)) / waves
    radius = np.clip(1 + (height * np.cos(np.outer(angle, waves) + phase)).sum(axis=1), 0.3, None)
    return placed(rng, radius * (1 + rng.normal(0, 0.001, vertices)), angle, center, area)


def placed(rng, radius, angle, center, area):
    """Stretches, turns and scales a ring in polar coordinates to the area wanted."""
    stretch, turn = rng.uniform(1, 3.5) ** 0.5, rng.random() * np.pi
    x, y = radius * np.cos(angle) * stretch, radius * np.sin(angle) / stretch
    scale = (area / (abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2)) ** 0.5
    turned = np.column_stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)])
    return np.round(center + scale * turned, 3)


def stars(rng, county, count):
    chosen = zip(places(rng, county, count), areas(rng, count), vertex_counts(rng, count))
    return [star(rng, center, area, vertices) for center, area, vertices in chosen]


def shaken(rng, ring):
    """The same site drawn anew from another image: every vertex elsewhere by half a metre, all of them by six."""
    return np.round(ring + rng.normal(0, 0.5, ring.shape) + rng.normal(0, 6, 2), 3)


def with_holes(rng, center, area, vertices, holes):
    """A parcel with holes around its middle, too small to touch one another or the border."""
    ring = star(rng, center, area, vertices)
    reach = shapely.LinearRing(ring).distance(shapely.Point(center))
    turns = (np.arange(holes) + rng.random(holes) * 0.3) / holes * 2 * np.pi
    spots = center + 0.5 * reach * np.column_stack([np.cos(turns), np.sin(turns)])
    size = np.pi * (0.35 * reach / holes) ** 2
    return shapely.Polygon(ring, [star(rng, spot, size, int(rng.integers(6, 16))) for spot in spots])


def rounded(geometry, decimals):
    return shapely.transform(geometry, lambda coordinates: np.round(coordinates, decimals))
