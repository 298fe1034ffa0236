"""A synthetic county: a survey layer that tiles it without gaps, townships, basic farmland.

The county is a square mesh of crooked-sided cells. Neighbouring cells share the vertices of their side exactly, as the
polygons of a topologically clean survey do. Cells grow together into the shapes a survey has: plots, forests with
clearings, rivers and roads that run across the whole county with thousands of vertices.
"""

from dataclasses import dataclass

import geopandas
import numpy as np
import shapely

CRS = "EPSG:4526"  # CGCS2000, 3-degree Gauss-Krüger zone 38, eastings with the zone's number
CELL = 75.0  # metres
CELLS_PER_POLYGON = 1.55  # growing together uses up about a third of the cells

FARMLAND = ["0101", "0102", "0103"]
OTHER = ["0201", "0204", "0301", "0305", "0307", "0401", "0404", "0601", "0702", "1006", "1104", "1107", "1202"]
CLASS_NAMES = {
    "0101": "水田", "0102": "水浇地", "0103": "旱地", "0201": "果园", "0204": "其他园地", "0301": "乔木林地",
    "0305": "灌木林地", "0307": "其他林地", "0401": "天然牧草地", "0404": "其他草地", "0601": "工业用地",
    "0702": "农村宅基地", "1003": "公路用地", "1006": "农村道路", "1101": "河流水面", "1104": "坑塘水面",
    "1107": "沟渠", "1202": "设施农用地",
}  # fmt: skip


@dataclass
class County:
    code: str
    x: float
    y: float
    side: float  # metres; the county is the square from (x, y)
    land_use: geopandas.GeoDataFrame
    townships: geopandas.GeoDataFrame
    basic_farmland: geopandas.GeoDataFrame


def cells_per_side(polygons):
    return round((polygons * CELLS_PER_POLYGON) ** 0.5)


def make_county(rng, index, polygons, vertices, x, y):
    """A county of about `polygons` land-use polygons with `vertices` vertices a cell on average."""
    size = cells_per_side(polygons)
    code = f"42{index // 20 + 1:02d}{index % 20 + 21:02d}"
    cells = mesh_cells(crooked_sides(rng, mesh_nodes(rng, size, x, y), vertices), size)
    town = voronoi(rng, size, sites=int(rng.integers(10, 26)))
    town_codes = np.array([f"{code}{number + 100:03d}" for number in range(town.max() + 1)])

    labels, classes = plots(rng, size)
    add_forests(rng, labels, classes, count=max(3, polygons // 2500))
    add_paths(rng, labels, classes, "1101", width=2, vertical=max(1, size // 200), horizontal=max(1, size // 200))
    roads = max(2, size // 30)
    add_paths(rng, labels, classes, "1003", width=1, vertical=roads // 2, horizontal=roads - roads // 2)

    return County(
        code, x, y, size * CELL,
        land_use(rng, index, cells, labels, classes, town_codes[town]),
        townships(cells, town, town_codes),
        basic_farmland(rng, cells, classes),
    )  # fmt: skip


# The mesh


def mesh_nodes(rng, size, x, y):
    """The (size + 1)² corners of the cells, shape (rows, columns, 2), moved at random except across the border."""
    rows, columns = np.mgrid[0 : size + 1, 0 : size + 1]
    shift = (rng.random((2, size + 1, size + 1)) - 0.5) * 0.36
    shift[0][:, [0, -1]] = 0
    shift[1][[0, -1], :] = 0
    nodes = np.stack([x + (columns + shift[0]) * CELL, y + (rows + shift[1]) * CELL], axis=-1)
    return np.round(nodes, 4)


@dataclass
class Sides:
    """Polylines one after another, both ends included; the horizontal sides row by row, then the vertical ones."""

    points: np.ndarray
    first: np.ndarray
    length: np.ndarray


def crooked_sides(rng, nodes, vertices):
    """Every side of the mesh with a random number of vertices between its ends; the county's border stays straight."""
    start = np.concatenate([nodes[:, :-1].reshape(-1, 2), nodes[:-1, :].reshape(-1, 2)])
    end = np.concatenate([nodes[:, 1:].reshape(-1, 2), nodes[1:, :].reshape(-1, 2)])
    between = rng.lognormal(np.log(max(vertices / 4 - 1, 0.5)) - 0.32, 0.8, len(start))
    between = np.minimum(between, 48).astype(int)
    between[border_sides(len(nodes) - 1)] = 0

    length = between + 2
    first = np.cumsum(length) - length
    side = np.repeat(np.arange(len(start)), length)
    step = np.arange(length.sum()) - first[side]
    inside = (step > 0) & (step <= between[side])
    along = (step + inside * (rng.random(len(step)) - 0.5) * 0.5) / (between[side] + 1)
    aside = (rng.random(len(step)) * 2 - 1) * 0.28 * np.minimum(along, 1 - along)
    chord = (end - start)[side]
    normal = np.stack([-chord[:, 1], chord[:, 0]], axis=1)
    points = np.round(start[side] + chord * along[:, None] + normal * aside[:, None], 4)
    points[first] = start
    points[first + length - 1] = end
    return Sides(points, first, length)


def side_numbers(size):
    """Numbers of the horizontal sides, shape (size + 1, size), and of the vertical ones, shape (size, size + 1)."""
    horizontal = np.arange((size + 1) * size).reshape(size + 1, size)
    vertical = horizontal.size + np.arange(size * (size + 1)).reshape(size, size + 1)
    return horizontal, vertical


def border_sides(size):
    horizontal, vertical = side_numbers(size)
    return np.concatenate([horizontal[0], horizontal[-1], vertical[:, 0], vertical[:, -1]])


def mesh_cells(sides, size):
    """The cells as polygons, row by row: lower side forwards, right forwards, upper backwards, left backwards."""
    horizontal, vertical = side_numbers(size)
    around = [horizontal[:-1], vertical[:, 1:], horizontal[1:], vertical[:, :-1]]
    around = np.stack([numbers.ravel() for numbers in around], axis=1)
    backwards = np.broadcast_to([False, False, True, True], around.shape)
    length = sides.length[around] - 1  # the last point of a side is the first of the next
    first = sides.first[around] + np.where(backwards, length, 0)
    index = walks(first.ravel(), length.ravel(), np.where(backwards, -1, 1).ravel())
    cell = np.repeat(np.arange(size * size), length.sum(axis=1))
    return shapely.polygons(shapely.linearrings(sides.points[index], indices=cell))


def walks(first, length, step):
    """The numbers first, first + step, … of every walk, one walk after another."""
    position = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return np.repeat(first, length) + np.repeat(step, length) * position


# What grows on it: `labels` says which cells make one polygon, `classes` of what land class it is


def plots(rng, size):
    """Farmland in regions, other land mixed in; about a fifth of the cells grow together with their neighbour."""
    classes = np.full((size, size), "", dtype="U4")
    farmland = rng.random((size, size)) < 0.15 + 0.75 * smooth_noise(rng, size, 25)
    kind = np.clip((smooth_noise(rng, size, 40) * 3).astype(int), 0, 2)
    classes[farmland] = np.array(FARMLAND)[kind][farmland]
    classes[~farmland] = rng.choice(OTHER, (~farmland).sum())
    labels = np.arange(size * size).reshape(size, size)
    joined = rng.random((size, size - 1)) < 0.22
    labels[:, 1:][joined] = labels[:, :-1][joined]
    classes[:, 1:][joined] = classes[:, :-1][joined]
    return labels, classes


def smooth_noise(rng, size, spacing):
    """Noise between 0 and 1, interpolated between random values `spacing` cells apart."""
    values = rng.random((size // spacing + 3, size // spacing + 3))
    place = np.arange(size) / spacing
    whole = place.astype(int)
    rest = place - whole
    lower, upper = values[np.ix_(whole, whole)], values[np.ix_(whole + 1, whole)]
    lower_next, upper_next = values[np.ix_(whole, whole + 1)], values[np.ix_(whole + 1, whole + 1)]
    up, across = rest[:, None], rest[None, :]
    return (lower * (1 - up) + upper * up) * (1 - across) + (lower_next * (1 - up) + upper_next * up) * across


def add_forests(rng, labels, classes, count):
    """Round forests with frayed borders and clearings that become holes."""
    size = len(labels)
    for _ in range(count):
        radius = min(size / 6, np.clip(rng.lognormal(2.2, 0.6), 4, 60))
        row, column = rng.random(2) * size
        rows = slice(max(0, int(row - radius * 1.4)), min(size, int(row + radius * 1.4) + 1))
        columns = slice(max(0, int(column - radius * 1.4)), min(size, int(column + radius * 1.4) + 1))
        y, x = np.mgrid[rows, columns]
        distance = np.hypot(y - row, x - column) + rng.random(y.shape) * radius * 0.35
        forest = (distance < radius) & (rng.random(y.shape) > 0.06)
        labels[rows, columns][forest] = labels.max() + 1
        classes[rows, columns][forest] = "0301"


def add_paths(rng, labels, classes, code, width, vertical, horizontal):
    """Rivers and roads that wander from one border of the county to the other."""
    for number in range(vertical + horizontal):
        across = (labels, classes) if number < vertical else (labels.T, classes.T)
        wander(rng, *across, code, width, label=labels.max() + 1)


def wander(rng, labels, classes, code, width, label):
    size = len(labels)
    place, drifts = int(rng.random() * size), rng.random() < 0.5
    for row in range(size):
        step = rng.integers(-1, 2) * (rng.random() < 0.5) + (drifts and rng.random() < 0.2)
        following = int(np.clip(place + step, 0, size - width - 1))
        columns = slice(min(place, following), max(place, following) + width)
        labels[row, columns] = label
        classes[row, columns] = code
        place = following


def voronoi(rng, size, sites):
    """The number of the nearest of some random sites, for every cell."""
    rows, columns = np.mgrid[0:size, 0:size]
    places = rng.random((sites, 2)) * size
    nearest, shortest = np.zeros((size, size), int), np.full((size, size), np.inf)
    for number, (row, column) in enumerate(places):
        distance = np.hypot(rows - row, columns - column)
        nearer = distance < shortest
        nearest[nearer], shortest[nearer] = number, distance[nearer]
    return nearest


# The layers


def dissolve(cells, labels):
    """One geometry a label, and the first cell of each."""
    order = np.argsort(labels, kind="stable")
    _, starts = np.unique(labels[order], return_index=True)
    groups = np.split(order, starts[1:])
    united = [cells[group[0]] if len(group) == 1 else shapely.coverage_union_all(cells[group]) for group in groups]
    return np.array(united), order[starts]


def land_use(rng, index, cells, labels, classes, town_codes):
    united, first = dissolve(cells, labels.ravel())
    polygons, origin = shapely.get_parts(united, return_index=True)
    first = first[origin]
    codes = classes.ravel()[first]
    ridges = np.round(rng.integers(2, 14, len(polygons)) / 100, 2)
    columns = {
        "BSM": np.arange(len(polygons)) + index * 10_000_000 + 1,
        "DLBM": codes,
        "DLMC": [CLASS_NAMES[code] for code in codes],
        "KCXS": np.where(np.isin(codes, FARMLAND), ridges, 0.0),
        "ZLDWDM": np.char.add(town_codes.ravel()[first], "0010000000"),
    }
    return geopandas.GeoDataFrame(columns, geometry=polygons, crs=CRS)


def townships(cells, town, town_codes):
    united, first = dissolve(cells, town.ravel())
    present = town.ravel()[first]
    columns = {"XZQDM": town_codes[present], "XZQMC": [f"第{number + 1}镇" for number in present]}
    return geopandas.GeoDataFrame(columns, geometry=united, crs=CRS)


def basic_farmland(rng, cells, classes):
    """Blocks of four by four cells of farmland, thinned in regions."""
    size = len(classes)
    rows, columns = np.mgrid[0:size, 0:size]
    chosen = np.isin(classes, FARMLAND) & (smooth_noise(rng, size, 12) > 0.25)
    blocks = (rows // 4) * size + columns // 4
    united, _ = dissolve(cells[chosen.ravel()], blocks[chosen])
    polygons = shapely.get_parts(united)
    return geopandas.GeoDataFrame({"BSM": np.arange(len(polygons)) + 1}, geometry=polygons, crs=CRS)
