"""`POST /api/v2/payments/b2b/sbb/invoice`: the sale is put on the partner's invoice. Precedes the booking."""

import msgspec

from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.records import Payment, Prebooking
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.wire import Request, Response, decode_body

MAX_PREBOOKINGS = 80


class InvoiceRequest(msgspec.Struct, rename="camel"):
    """The body; both references come back on the invoice."""

    prebooking_ids: list[int]
    reference1: str | None = None
    reference2: str | None = None


def read_prebookings(
    sandbox: Sandbox, request: Request, prebooking_ids: list[int], *, service: str
) -> list[Prebooking]:
    """The contract's prebookings by number: 1 to 80, none twice; 404 for what is not there."""
    if not 1 <= len(prebooking_ids) <= MAX_PREBOOKINGS or len(set(prebooking_ids)) != len(prebooking_ids):
        raise B2pProblem(
            f"{service}/prebooking-ids-invalid",
            f"Between 1 and {MAX_PREBOOKINGS} different prebooking ids are needed.",
            detail="prebookingIds",
        )
    found: list[Prebooking] = []
    for prebooking_id in prebooking_ids:
        held = sandbox.store.prebookings.get(prebooking_id)
        if held is None or held.contract_id != request.contract_id:
            raise B2pProblem(
                f"{service}/prebooking-not-found", "There is no such prebooking.", status=404, detail=str(prebooking_id)
            )
        found.append(held)
    return found


def answer_invoice_payment(sandbox: Sandbox, request: Request) -> Response:
    """201 without a number: there is no look-up and no undo of a payment."""
    order = decode_body(request, InvoiceRequest, service="payments")
    for name, value in (("reference1", order.reference1), ("reference2", order.reference2)):
        if value is not None and len(value) > 255:
            raise B2pProblem("payments/reference-too-long", "A reference has at most 255 characters.", detail=name)
    chosen = read_prebookings(sandbox, request, order.prebooking_ids, service="payments")
    for held in chosen:
        if held.has_lapsed:
            raise B2pProblem("payments/prebooking-expired", "The prebooking has expired.", detail=str(held.id))
        if held.payment_id is not None:
            raise B2pProblem("payments/already-paid", "The prebooking is paid.", detail=str(held.id))
    payment = Payment(
        id=sandbox.store.draw_number("payment", 9_000_000),
        contract_id=request.contract_id,
        conversation_id=request.conversation_id,
        prebooking_ids=order.prebooking_ids,
        amount=sum(held.offer.price for held in chosen),
        reference1=order.reference1,
        reference2=order.reference2,
        created_at=sandbox.clock.now(),
    )
    sandbox.store.save(payment)
    for held in chosen:
        held.payment_id = payment.id
        sandbox.store.save(held)
    return Response(201, {})
