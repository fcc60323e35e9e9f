"""A seller: serves customers one after another, as the front end does it, whatever breaks on the way."""

import asyncio
import random
import time
from typing import Any

import msgspec

from faults.counter import Answer, Counter, NoAnswerError
from faults.customers import Customer, Visit

Json = Any
_VISIT_SECONDS = 600.0
_POLL_SECONDS = 0.3
_OVER = {"cancelled", "failed", "abandoned", "expired"}
# The offers of the basket are no longer to be had: others are chosen.
_CHOOSE_ANEW = {"sold-out", "offer-expired", "no-offers", "perhaps-held-by-ourselves", "trip-expired", "order-empty"}


class Desk(msgspec.Struct, kw_only=True):
    """Where a seller works, and what lies there for the present customer."""

    counter: Counter
    visit: Visit
    chance: random.Random
    order: Json = None
    offers_are_stale: bool = False
    wants_saver: bool = False
    has_reopened: bool = False
    total: int | None = None

    @property
    def customer(self) -> Customer:
        return self.visit.customer

    @property
    def path(self) -> str:
        return f"/api/orders/{self.visit.number}"

    def make_key(self) -> str:
        return self.customer.make_key(self.chance)

    def take(self, answer: Answer) -> None:
        """Go on with the order as an answer tells it; a problem tells none."""
        if not answer.is_done or not isinstance(answer.body, dict) or "journal" not in answer.body:
            return
        self.order = answer.body
        self.visit.was_told_sold |= self.order["state"] == "confirmed"


async def serve_customer(counter: Counter, customer: Customer) -> Visit:
    """A whole visit: from the search to wherever the sale leads."""
    began = time.monotonic()
    visit = Visit(customer=customer)
    desk = Desk(counter=counter, visit=visit, chance=random.Random(customer.seed), wants_saver=customer.wants_saver)
    try:
        async with asyncio.timeout(_VISIT_SECONDS):
            await _begin_order(desk)
            while not await _do_next(desk):
                pass
    except (NoAnswerError, TimeoutError, AssertionError) as error:
        state = None if desk.order is None else (desk.order["state"], desk.order["step"])
        visit.stuck = f"{type(error).__name__} {error} in {state}"
    visit.seconds = time.monotonic() - began
    return visit


async def _begin_order(desk: Desk) -> None:
    body = {"ticket_language": desk.chance.choice(["de", "fr", "it", "en"]), "your_reference": desk.customer.reference}
    key = desk.make_key()
    while desk.order is None:
        desk.take(await desk.counter.ask("POST", "/api/orders", body, key=key))
        await asyncio.sleep(0 if desk.order else _POLL_SECONDS)
    desk.visit.number = desk.order["number"]


async def _do_next(desk: Desk) -> bool:
    """What the order's state asks for next; True when the customer leaves."""
    state = desk.order["state"]
    if desk.order["step"] is not None or state == "confirming":
        await asyncio.sleep(_POLL_SECONDS)
        await _look(desk)
    elif state == "open":
        await _hold_basket(desk)
    elif state == "held":
        await _sell_held(desk)
    elif state == "confirmed" and desk.customer.is_undoing and desk.order["undo_until"] is not None:
        await _undo(desk)
    else:
        # What is in doubt is the operator's; the customer is told not to buy again.
        assert state in _OVER | {"confirmed", "in_doubt"}, state
        desk.visit.told = None if state == "in_doubt" else state
        return True
    return False


async def _look(desk: Desk) -> None:
    desk.take(await desk.counter.ask("GET", desk.path))


async def _pause_and_look(desk: Desk) -> None:
    await asyncio.sleep(_POLL_SECONDS)
    await _look(desk)


# --- the basket -------------------------------------------------------------------------------------------------------


async def _hold_basket(desk: Desk) -> None:
    """Put into the basket what is missing, name the travellers, hold."""
    wanted = 2 if desk.customer.has_return else 1
    if desk.offers_are_stale and desk.order["items"]:
        for item in desk.order["items"]:
            await desk.counter.ask("DELETE", f"{desk.path}/items/{item['code']}")
        await _look(desk)
        return
    desk.offers_are_stale = False
    if len(desk.order["items"]) < wanted:
        await _add_item(desk, is_way_back=bool(desk.order["items"]))
        return
    if any(traveller["born_on"] is None for traveller in desk.order["travellers"]):
        await _name_travellers(desk)
        return
    await _hold(desk)


async def _add_item(desk: Desk, *, is_way_back: bool) -> None:
    customer = desk.customer
    ends = [customer.origin, customer.destination]
    origin, destination = reversed(ends) if is_way_back else ends
    query = {"origin": str(origin), "destination": str(destination), "at": customer.at}
    found = await desk.counter.ask("GET", "/api/trips", query=query)
    trips = [trip for trip in found.body["trips"] if not trip["is_cancelled"]] if found.is_done else []
    if not trips:
        await _pause_and_look(desk)
        return
    travellers = [
        {"code": f"t{index + 1}", "age": 40, "reduction": ("half_fare", "none")[index]}
        for index in range(customer.travellers)
    ]
    wish = {"wish": {"kind": "trip", "trip_id": desk.chance.choice(trips)["trip_id"]}, "travellers": travellers}
    offers = await desk.counter.ask("POST", f"{desk.path}/offers", wish)
    bundle = _choose_bundle(desk, offers.body["bundles"]) if offers.is_done else None
    if bundle is None:
        desk.wants_saver = False
        await _pause_and_look(desk)
        return
    await _put_into_basket(desk, {"offer_set": offers.body["code"], "bundle": bundle["code"]})


def _choose_bundle(desk: Desk, bundles: list[Json]) -> Json | None:
    fitting = [bundle for bundle in bundles if bundle["travel_class"] == 2]
    wanted = [bundle for bundle in fitting if bundle["is_saver"] is desk.wants_saver]
    return desk.chance.choice(wanted) if wanted else None


async def _put_into_basket(desk: Desk, item: Json) -> None:
    """No key protects this: without an answer the basket is looked at, and says whether it lies there."""
    try:
        answer = await desk.counter.ask_once("POST", f"{desk.path}/items", item)
    except NoAnswerError:
        desk.counter.turn_to_the_other()
        await _look(desk)
        return
    if answer.is_done:
        desk.take(answer)
    else:
        await _pause_and_look(desk)


async def _name_travellers(desk: Desk) -> None:
    named = [
        {
            "code": traveller["code"],
            "first_name": desk.chance.choice(["Anna", "Zoë", "Beat", "Jérôme"]),
            "last_name": desk.chance.choice(["Keller", "Müller", "Rochat", "Bernasconi"]),
            "born_on": f"{desk.customer.travel_on.year - 41}-12-31",
        }
        for traveller in desk.order["travellers"]
    ]
    answer = await desk.counter.ask("PUT", f"{desk.path}/travellers", {"travellers": named})
    if answer.is_done:
        desk.take(answer)
    else:
        await _pause_and_look(desk)


async def _hold(desk: Desk) -> None:
    total = desk.order["total"]["amount"] if desk.total is None else desk.total
    desk.total = None
    answer = await desk.counter.ask("POST", f"{desk.path}/hold", {"expected_total": total}, key=desk.make_key())
    if answer.is_done:
        desk.take(answer)
        return
    if answer.code == "price-changed":
        desk.total = answer.body["new_total"]
    elif answer.code in _CHOOSE_ANEW:
        desk.offers_are_stale = True
        desk.wants_saver = False
    await _pause_and_look(desk)


# --- selling ----------------------------------------------------------------------------------------------------------


async def _sell_held(desk: Desk) -> None:
    """Some customers think again; the others buy."""
    customer = desk.customer
    if customer.is_giving_up:
        await desk.counter.ask("POST", f"{desk.path}/abandon")
        await _look(desk)
    elif customer.is_reopening and not desk.has_reopened:
        desk.has_reopened = True
        await desk.counter.ask("POST", f"{desk.path}/reopen")
        await _look(desk)
    else:
        await _press_sell(desk)


async def _press_sell(desk: Desk) -> None:
    body = {"expected_total": desk.order["held_total"]["amount"]}
    path, key = f"{desk.path}/confirm", desk.make_key()
    match desk.customer.press:
        case "twice_same_key":
            await _press_twice(desk, path, body, key, key)
        case "twice_two_keys":
            await _press_twice(desk, path, body, key, desk.make_key())
        case "cut_off":
            await _cut_off(desk, path, body, key)
        case press:
            answer = await desk.counter.ask("POST", path, body, key=key)
            if press == "again":
                desk.counter.turn_to_the_other()
                answer = await desk.counter.ask("POST", path, body, key=key)
            desk.take(answer)
            if not answer.is_done:
                await _pause_and_look(desk)


async def _press_twice(desk: Desk, path: str, body: Json, first: str, second: str) -> None:
    """Two requests at once, at two replicas; what they lead to, the order tells."""

    async def press(key: str) -> None:
        desk.counter.turn_to_the_other()
        await desk.counter.ask("POST", path, body, key=key)

    await asyncio.gather(press(first), press(second))
    await _look(desk)


async def _cut_off(desk: Desk, path: str, body: Json, key: str) -> None:
    """The answer never reaches the page; it asks again with the same key, elsewhere."""
    try:
        patience = desk.chance.uniform(0.005, 0.5)
        desk.take(await desk.counter.ask_once("POST", path, body, key=key, patience_seconds=patience))
    except NoAnswerError:
        desk.counter.turn_to_the_other()
        desk.take(await desk.counter.ask("POST", path, body, key=key))
    await _look(desk)


async def _undo(desk: Desk) -> None:
    desk.visit.has_asked_undo = True
    answer = await desk.counter.ask("POST", f"{desk.path}/undo", key=desk.make_key())
    desk.take(answer)
    if not answer.is_done:
        await _pause_and_look(desk)
