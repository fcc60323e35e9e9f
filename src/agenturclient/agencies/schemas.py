"""What is known of an agency."""

from typing import Literal

import msgspec

from agenturclient.identity.schemas import Language

MeansOfPayment = Literal["invoice", "cash", "card", "voucher"]


class Branch(msgspec.Struct, frozen=True):
    """A counter or office. ``code`` is unique within its agency."""

    code: str
    name: str


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """A business customer. ``default_language`` is that of tickets, ``means_of_payment`` what a basket starts with;
    ``reference_pattern`` is a regular expression that the whole of "your reference" must match; with
    ``is_final_at_once`` what is sold is committed at once and never undone."""

    code: str
    name: str
    contract_id: str
    default_language: Language
    is_reference_mandatory: bool
    reference_pattern: str | None
    means_of_payment: MeansOfPayment
    is_final_at_once: bool = False
    branches: tuple[Branch, ...]
