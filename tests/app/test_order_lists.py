"""The lists of orders over HTTP: pages and their CSV, and the operator's list of doubts."""

import csv
import datetime as dt
import io

from sqlalchemy import insert, select, update

from agenturclient.core.database import Transactions
from agenturclient.orders.models import order_prebookings, orders
from app.conftest import Counter
from app.test_foreign import create_order


async def test_the_csv_is_the_page_that_the_list_shows(counter: Counter) -> None:
    await counter.sign_in("anna.keller@gipfel.example")
    numbers = [await create_order(counter) for _ in range(5)][::-1]
    page: dict[str, str | int] = {"limit": 2, "is_mine": "true"}
    seen = []
    while True:
        shown = (await counter.get("/api/orders", params=page)).json()
        exported = await counter.get("/api/orders.csv", params=page)
        rows = list(csv.DictReader(io.StringIO(exported.text)))
        assert [row["number"] for row in rows] == [order["number"] for order in shown["items"]]
        seen += [row["number"] for row in rows]
        if shown["next_cursor"] is None:
            break
        page["cursor"] = shown["next_cursor"]
    assert seen == numbers
    assert (await counter.get("/api/orders.csv", params={"cursor": "nonsense"})).status_code == 422


async def test_a_spreadsheet_takes_nothing_in_the_csv_for_a_formula(counter: Counter) -> None:
    await counter.sign_in("anna.keller@gipfel.example")
    numbers = {}
    for reference in ('=HYPERLINK("https://evil.example")', "+1+1", "-1+1", "@SUM(1)", "4711-KEL"):
        numbers[await create_order(counter)] = reference
    for number, reference in numbers.items():
        changed = await counter.send("PATCH", f"/api/orders/{number}", {"your_reference": reference})
        assert changed.json()["your_reference"] == reference
    rows = list(csv.DictReader(io.StringIO((await counter.get("/api/orders.csv")).text)))
    told = {row["number"]: row["reference"] for row in rows}
    assert told == {
        number: reference if reference == "4711-KEL" else f"'{reference}" for number, reference in numbers.items()
    }


async def test_a_doubt_has_what_sbbs_care_asks_for_until_it_is_settled(
    counter: Counter, transactions: Transactions
) -> None:
    await counter.sign_in("anna.keller@gipfel.example")
    number = await create_order(counter)
    assert (await counter.get(f"/api/doubts/{number}")).status_code == 403
    expires_at = dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC)
    async with transactions() as session:
        order_id = (await session.execute(select(orders.c.id).where(orders.c.number == number))).scalar_one()
        await session.execute(update(orders).where(orders.c.id == order_id).values(state="in_doubt", held_total=2600))
        await session.execute(
            insert(order_prebookings).values(
                order_id=order_id, prebooking_id=77001, expires_at=expires_at, state="paid"
            )
        )
    await counter.sign_in("nina.graf@operator.example")
    assert [order["number"] for order in (await counter.get("/api/doubts")).json()["items"]] == [number]
    doubt = (await counter.get(f"/api/doubts/{number}")).json()
    assert doubt["contract_id"] == "DEMO-GIPFEL"
    assert (doubt["order"]["number"], doubt["order"]["held_total"]["amount"]) == (number, 2600)
    assert [(one["prebooking_id"], one["state"]) for one in doubt["prebookings"]] == [(77001, "paid")]
    assert (await counter.get("/api/doubts/AC-0000-0000")).json()["code"] == "not-found"
    settled = await counter.send("POST", f"/api/doubts/{number}/declare-not-sold", {"note": "Care, Ms Rossi, 14:10"})
    assert (settled.status_code, settled.json()["state"]) == (200, "failed")
    again = await counter.get(f"/api/doubts/{number}")
    assert (again.status_code, again.json()["code"]) == (409, "not-in-doubt")
    assert (await counter.get("/api/doubts")).json()["items"] == []
