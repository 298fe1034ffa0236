"""From raw runs to tables: medians, spread, ratios to `parcels`, as text and as Markdown."""

from dataclasses import dataclass
from statistics import median

BASE = "parcels"
HEADINGS = [
    "job", "batch", "tool", "runs", "CPU s", "min–max", "wall s", "RSS MiB", "private MiB", "µs/parcel", "CPU ratio",
    "wall ratio",
]  # fmt: skip
TEXT_COLUMNS = 3  # from the left; numbers stand at the right of theirs


@dataclass(frozen=True)
class Case:
    job: str
    kind: str  # of batch; empty for a job without one
    tool: str


def table(cases, rows, notes, parcels):
    """One line for each case in order.

    `rows` are raw rows as `measure` makes them with `job`, `kind`, `tool`; `notes` says of a case why it has no figures
    (one failed run is enough); `parcels` is how many parcels a kind of batch has.
    """
    lines = []
    for case in cases:
        runs = runs_of(case, rows)
        base = runs_of(Case(case.job, case.kind, BASE), rows)
        if runs and case not in notes:
            lines.append(measured_line(case, runs, base, parcels.get(case.kind)))
        else:
            lines.append([case.job.upper(), case.kind, case.tool, notes.get(case, "not run")])
    return lines


def runs_of(case, rows):
    return [row for row in rows if (row["job"], row["kind"], row["tool"]) == (case.job, case.kind, case.tool)]


def measured_line(case, runs, base, parcels):
    processor = [run["cpu"] for run in runs]
    return [
        case.job.upper(), case.kind, case.tool, str(len(runs)),
        seconds(median(processor)), f"{seconds(min(processor))}–{seconds(max(processor))}",
        seconds(middle(runs, "wall")), f"{middle(runs, 'rss_mib'):.0f}", f"{middle(runs, 'private_mib'):.0f}",
        f"{median(processor) / parcels * 1e6:.0f}" if parcels else "",
        ratio(runs, base, "cpu"), ratio(runs, base, "wall"),
    ]  # fmt: skip


def middle(runs, key):
    return median(run[key] for run in runs)


def seconds(value):
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def ratio(runs, base, key):
    """How many times what `parcels` took; above 1 the peer takes longer."""
    return f"{middle(runs, key) / middle(base, key):.2f}" if base else ""


def as_text(lines):
    """Columns lined up; a line that only has a note lets it run on."""
    widths = [max(len(line[column]) for line in [HEADINGS, *measured(lines)]) for column in range(len(HEADINGS))]
    shown = []
    for line in [HEADINGS, *lines]:
        aligned = [
            cell.ljust(width) if column < TEXT_COLUMNS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ]
        if len(line) < len(HEADINGS):
            aligned[TEXT_COLUMNS] = line[TEXT_COLUMNS]
        shown.append("  ".join(aligned).rstrip())
    return "\n".join(shown)


def measured(lines):
    return [line for line in lines if len(line) == len(HEADINGS)]


def as_markdown(lines):
    rule = ["---"] * TEXT_COLUMNS + ["---:"] * (len(HEADINGS) - TEXT_COLUMNS)
    filled = [line + [""] * (len(HEADINGS) - len(line)) for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in [HEADINGS, rule, *filled])
