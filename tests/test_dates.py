"""Periods named in questions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.question_dates import find_period

TODAY = date(1872, 12, 22)  # a Sunday


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("in 1851", date(1851, 1, 1), date(1851, 12, 31)),
        ("since May 1868", date(1868, 5, 1), None),
        ("after 3 June 1868", date(1868, 6, 4), None),
        ("before the 3rd of June 1868", None, date(1868, 6, 2)),
        ("until March 1868", None, date(1868, 3, 31)),
        ("on 1872-10-03", date(1872, 10, 3), date(1872, 10, 3)),
        ("on October 3, 1872", date(1872, 10, 3), date(1872, 10, 3)),
        ("in early May 1868", date(1868, 5, 1), date(1868, 5, 31)),
        ("in the summer of 1868", date(1868, 6, 1), date(1868, 8, 31)),
        ("in summer 1868", date(1868, 6, 1), date(1868, 8, 31)),
        ("in winter 1868", date(1868, 12, 1), date(1869, 2, 28)),
        ("between 1851 and 1868", date(1851, 1, 1), date(1868, 12, 31)),
        ("from March to June 1868", date(1868, 3, 1), date(1868, 6, 30)),
        ("last week", date(1872, 12, 9), date(1872, 12, 15)),
        ("last month", date(1872, 11, 1), date(1872, 11, 30)),
        ("last year", date(1871, 1, 1), date(1871, 12, 31)),
        ("this year", date(1872, 1, 1), TODAY),
        ("last summer", date(1872, 6, 1), date(1872, 8, 31)),
        ("last March", date(1872, 3, 1), date(1872, 3, 31)),
        ("in the past three months", date(1872, 9, 22), TODAY),
        ("yesterday", date(1872, 12, 21), date(1872, 12, 21)),
        ("two weeks ago", date(1872, 12, 8), TODAY),
        ("since last week", date(1872, 12, 9), None),
        ("before last summer", None, date(1872, 5, 31)),
    ],
)
def test_a_period_is_found(words: str, since: date | None, until: date | None) -> None:
    """Each usual way to name a period gives its first and last day."""
    period = find_period(f"What did Fogg say {words} about trains?", TODAY)
    assert (period.since if period else None, period.until if period else None) == (since, until)


@pytest.mark.parametrize("words", ["on 29 November", "on Dec. 3", "in May"])
def test_a_day_without_a_year_bounds_nothing(words: str) -> None:
    """Any year may be meant, so nothing is excluded."""
    period = find_period(f"What did Fogg say {words}?", TODAY)
    assert period is not None
    assert not period.bounded


@pytest.mark.parametrize(
    "text",
    [
        "What may Fogg say in the house?",
        "the 1868 voyage",
        "his second march on London",
        "after 80 days",
        "in 99 ways",
        "on 31 February 1868 exactly",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Months that are verbs, years that name a thing, and days that do not exist."""
    period = find_period(text, TODAY)
    assert period is None or not period.bounded


@given(st.text(), st.dates(date(1600, 1, 1), date(2200, 1, 1)))
def test_no_text_breaks_the_search(text: str, today: date) -> None:
    """Whatever is asked on whatever day, there is a period in order, or none."""
    period = find_period(text, today)
    if period and period.since and period.until:
        assert period.since <= period.until
