"""Figures as text."""


def seconds(value):
    return f"{value:.3f} s" if value < 1 else f"{value:.2f} s"


def megabytes(value):
    return f"{value / 2**20:,.0f} MB"


def ratio(value, base):
    times = value / base
    digits = 3 if times < 0.1 else 2 if times < 10 else 1
    return f"{times:,.{digits}f}×"


def table(header, rows):
    """Columns aligned: the first to the left, the others to the right. Reads as Markdown too."""
    rows = [header, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]

    def line(row):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]
        return f"| {' | '.join(cells)} |"

    rule = "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])])
    return "\n".join([line(header), f"|{rule}|", *map(line, rows[1:])])
