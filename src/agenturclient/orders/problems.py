"""What can go wrong with an order, named. Titles are for logs and machines; people read translations."""

from agenturclient.core.problems import Problem


class OrderStateChanged(Problem):
    """The order is not in a state in which this can be done; ``state`` is the present one."""

    code = "order-state-changed"
    title = "The order is in another state"


class OrderBusy(Problem):
    """Something else is being done with this order at this moment."""

    code = "order-busy"
    title = "The order is being worked on"


class OrderEmpty(Problem):
    code = "order-empty"
    title = "The order has no items"


class OrderTooLarge(Problem):
    """B2P books at most 80 prebookings at once."""

    code = "order-too-large"
    title = "The order has too many tickets for one booking"


class NoOffers(Problem):
    code = "no-offers"
    title = "Nothing is on sale for this"


class OfferExpired(Problem):
    """The offer is no longer known; ``item`` names the item: search again."""

    code = "offer-expired"
    title = "The offer has expired"


class SoldOut(Problem):
    code = "sold-out"
    title = "The ticket is sold out"


class PerhapsHeldByOurselves(Problem):
    """Refused after a lost answer: the offers may be held by ourselves until ``held_until``."""

    code = "perhaps-held-by-ourselves"
    title = "The places are perhaps held by ourselves"


class PriceChanged(Problem):
    """``old_total`` and ``new_total`` in Rappen; hold again with the new total to accept it."""

    code = "price-changed"
    title = "The price has changed"


class TravellerIncomplete(Problem):
    """``errors`` name each traveller and field that is missing."""

    status = 422
    code = "traveller-incomplete"
    title = "A traveller's name or date of birth is missing"


class TravellerRefused(Problem):
    code = "traveller-refused"
    title = "SBB does not accept a traveller's data for this offer"


class SalesParameterMissing(Problem):
    status = 422
    code = "sales-parameter-missing"
    title = "The offer needs a further input"


class HoldExpired(Problem):
    code = "hold-expired"
    title = "The places are no longer held"


class HoldTooShort(Problem):
    """The hold ends too soon to confirm safely."""

    code = "hold-too-short"
    title = "The hold ends too soon to sell safely"


class PaymentUnknown(Problem):
    """Nothing was sold; the basket is open again and must be priced and held anew."""

    code = "payment-unknown"
    title = "The payment is not certain; nothing was sold"


class WrongPrice(Problem):
    """The booking had another price than was held and was undone; ``held_total`` and ``booked_total`` in Rappen."""

    code = "wrong-price"
    title = "The booking had a wrong price and was undone"


class SaleRefused(Problem):
    code = "sale-refused"
    title = "SBB refused the sale; nothing was sold"


class UndoTooLate(Problem):
    code = "undo-too-late"
    title = "The booking can no longer be undone"


class NotInDoubt(Problem):
    code = "not-in-doubt"
    title = "The order is not in doubt"


class BookingNotFound(Problem):
    status = 422
    code = "booking-not-found"
    title = "SBB knows no booking with this ticket number under the order's contract"


class BookingDoesNotFit(Problem):
    """``faults`` says in what the booking differs from the order."""

    code = "booking-does-not-fit"
    title = "The booking is not this order's"


class BookingBelongsToAnotherOrder(Problem):
    code = "booking-belongs-to-another-order"
    title = "The booking belongs to another order"
