"""Earlier and later: nothing twice, nothing left out, and only with a genuine context."""

from datetime import timedelta

import pytest

from b2p_sandbox.timetable import InvalidScrollContext, load_timetable


def list_forward(timetable, page, now, pages):
    found = list(page)
    for _ in range(pages):
        page = timetable.scroll_trips(page.scroll_forward, now=now)
        found += page
    return found


def list_back(timetable, page, now, pages):
    found = list(page)
    for _ in range(pages):
        page = timetable.scroll_trips(page.scroll_back, now=now)
        found = [*page, *found]
    return found


PAIRS = [
    ("Zürich HB", "Bern", ()),
    ("St. Moritz", "Zermatt", ()),
    ("Wasserauen", "Le Locle", ()),
    ("Locarno", "Scuol-Tarasp", ("Luzern",)),
    ("Lugano", "Basel SBB", ()),
]


@pytest.fixture
def stations(numbers, request):
    origin, destination, via = request.param
    return numbers[origin], numbers[destination], [numbers[name] for name in via]


@pytest.mark.parametrize("stations", PAIRS, indirect=True)
def test_scrolling_neither_repeats_nor_skips(timetable, now, stations):
    """Pages of three forwards, pages of three backwards from their end, and single steps give the same list."""
    origin, destination, via = stations
    start = timetable.search_trips(origin, destination, via, now, after=3, now=now)
    forward = list_forward(timetable, start, now, 5)
    departures = [journey.departure_at for journey in forward]
    assert len(departures) == 18
    assert departures == sorted(set(departures))

    singles = timetable.search_trips(origin, destination, via, now, after=1, now=now)
    assert [journey.departure_at for journey in list_forward(timetable, singles, now, 17)] == departures

    end = timetable.search_trips(
        origin, destination, via, departures[-1] + timedelta(minutes=1), before=3, after=0, now=now
    )
    backward = list_back(timetable, end, now, 5)
    assert [journey.departure_at for journey in backward] == departures
    assert [journey.train_keys for journey in backward] == [journey.train_keys for journey in forward]


def test_there_and_back_again(timetable, now):
    page = timetable.search_trips(8503000, 8507000, [], now, after=4, now=now)
    later = timetable.scroll_trips(page.scroll_forward, now=now)
    again = timetable.scroll_trips(later.scroll_back, now=now)
    assert again == page


def test_scrolling_ends_with_the_timetable(timetable, now):
    page = timetable.search_trips(8503000, 8507000, [], now - timedelta(days=1, hours=1), before=6, now=now)
    for _ in range(30):
        if page.scroll_back is None:
            break
        page = timetable.scroll_trips(page.scroll_back, now=now)
    assert page == []
    assert page.scroll_forward is None


@pytest.mark.parametrize("context", ["", "x", "ä", "A" * 200, "%7C", "=" * 8])
def test_bad_context(timetable, now, context):
    with pytest.raises(InvalidScrollContext):
        timetable.scroll_trips(context, now=now)


def test_context_of_another_seed_or_purpose_is_bad(timetable, now):
    page = load_timetable(2).search_trips(8503000, 8507000, [], now, now=now)
    with pytest.raises(ValueError):
        timetable.scroll_trips(page.scroll_forward, now=now)
    own = timetable.search_trips(8503000, 8507000, [], now, now=now)
    with pytest.raises(ValueError):
        timetable.scroll_trips(own[0].trip_id, now=now)


def test_every_changed_character_is_noticed(timetable, now):
    context = timetable.search_trips(8503000, 8507000, [], now, now=now).scroll_forward
    for position, letter in enumerate(context):
        changed = context[:position] + ("A" if letter != "A" else "B") + context[position + 1 :]
        with pytest.raises(InvalidScrollContext):
            timetable.scroll_trips(changed, now=now)
