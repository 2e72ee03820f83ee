"""Growth curves as SVG, written by hand: two logarithmic axes, a line a system, the spread as a band."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 400, 64, 190, 40, 48
COLOURS = ("#c0392b", "#2471a3", "#1e8449", "#8e44ad", "#b9770e", "#148f77", "#566573", "#d35400", "#7d3c98")

# {system: [(size, least, median, most)]}
Curves = Mapping[str, Sequence[tuple[float, float, float, float]]]


def ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 of every decade between two bounds."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [step * 10.0**decade for decade in decades for step in (1, 2, 5) if low <= step * 10.0**decade <= high]


def growth(title: str, unit: str, curves: Curves) -> str:
    """The picture; `unit` names the vertical axis, the horizontal one is the number of articles."""
    sizes = [point[0] for points in curves.values() for point in points]
    values = [value for points in curves.values() for point in points for value in point[1:]]
    if not sizes:
        return ""
    low, high = min(values) / 1.3, max(values) * 1.3
    left, right = math.log(min(sizes)), math.log(max(sizes)) or 1.0

    def x(size: float) -> float:
        return LEFT + (math.log(size) - left) / ((right - left) or 1.0) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - math.log(value / low) / math.log(high / low) * (HEIGHT - TOP - BOTTOM)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    drawn += [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#ddd"/>'
        f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
        for tick in ticks(low, high)
    ]
    drawn += [
        f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,.0f}</text>'
        for size in sorted(set(sizes))
    ]
    drawn.append(f'<text x="{LEFT}" y="{HEIGHT - 10}">articles; vertical: {escape(unit)}</text>')
    for number, (name, points) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{x(size):.1f},{y(median):.1f}" for size, _, median, _ in points)
        upper = [f"{x(size):.1f},{y(most):.1f}" for size, _, _, most in points]
        lower = [f"{x(size):.1f},{y(least):.1f}" for size, least, _, _ in reversed(points)]
        drawn.append(f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" fill-opacity=".12"/>')
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x(p[0]):.1f}" cy="{y(p[2]):.1f}" r="3" fill="{colour}"/>' for p in points]
        place = TOP + 14 + 18 * number
        drawn.append(
            f'<rect x="{WIDTH - RIGHT + 14}" y="{place - 9}" width="12" height="10" fill="{colour}"/>'
            f'<text x="{WIDTH - RIGHT + 32}" y="{place}">{escape(name)}</text>'
        )
    return "\n".join([*drawn, "</svg>", ""])
