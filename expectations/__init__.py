"""The judge of tables: the only home of Great Expectations."""

from expectations import on_demand

on_demand.begin()
