"""Switches for what SBB's description leaves open, and for making prices move."""

from typing import Annotated, Literal

import msgspec


class Switches(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One possibility each of what a real B2P might do. Set by `PUT /control/switches`; the defaults are the mildest.

    - `repeated_booking`: a second POST with the same prebooking ids gives the same booking, a refusal, or a second
      booking
    - `undo_after_commit`: DELETE within 20 minutes also works once the booking is committed
    - `documents_while_pending`: tickets can be fetched before the booking is committed
    - `unbooked_payment_invoiced`: a payment that was never booked appears on the invoice
    - `read_after_undo`: reading an undone booking shows its tickets as cancelled, or finds nothing
    - `price_change_rappen`: added to every price that is computed from now on and is not zero
    - `saver_tickets`: whether saver tickets are on sale at all
    - `service_status`, `service_message`: what the service pages say
    """

    repeated_booking: Literal["same", "refuse", "second"] = "refuse"
    undo_after_commit: bool = True
    documents_while_pending: bool = True
    unbooked_payment_invoiced: bool = False
    read_after_undo: Literal["cancelled", "nothing"] = "cancelled"
    price_change_rappen: Annotated[int, msgspec.Meta(ge=-1_000_000, le=1_000_000)] = 0
    saver_tickets: bool = True
    service_status: Literal["OK", "ERROR"] = "OK"
    service_message: dict[str, str] | None = None
