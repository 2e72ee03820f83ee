"""Figures: every quantity an article states, with its value, unit and literal place."""

from transforms.figures.table import figures

__all__ = ["figures"]
