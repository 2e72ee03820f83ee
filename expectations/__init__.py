"""The judge of tables: the only home of Great Expectations."""

import logging

from expectations import on_demand

on_demand.begin()
# It warns of every expectation of ours that takes the place of one of its own.
logging.getLogger("great_expectations").setLevel(logging.ERROR)
