"""Faults to order: which rules exist, and which of them strikes a call.

A rule names an operation (or `*`), a kind, and when: `nth` (this or these calls of the operation, counted from 1 since
the rule was set), or `probability` (seeded), or always; `times` limits how often it strikes. Rules are tried in order
and every rule that matches strikes.
"""

import random
from typing import Annotated, Literal, get_args

import msgspec

FaultKind = Literal[
    "delay_before",
    "delay_after",
    "reset_before",
    "reset_after",
    "error_before",
    "error_after",
    "truncated_body",
    "wrong_content_type",
    "invalid_json",
    "wrong_shape",
    "slow_trickle",
    "too_many_requests",
    "token_expired",
    "price_offset",
    "unknown_enum",
    "extra_fields",
    "no_content",
]
FAULT_KINDS: tuple[str, ...] = get_args(FaultKind)
BEFORE_KINDS = {"reset_before", "error_before", "too_many_requests", "token_expired"}


Nth = Annotated[int, msgspec.Meta(ge=1)]


class FaultRule(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One rule. `seconds` is the delay, the trickle's length, or Retry-After; `status` the 5xx; `amount` in Rappen."""

    operation: str
    kind: FaultKind
    nth: Nth | list[Nth] | None = None
    probability: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    times: Nth | None = None
    contract_id: str | None = None
    seconds: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 1.0
    status: Annotated[int, msgspec.Meta(ge=500, le=599)] = 503
    amount: Annotated[int, msgspec.Meta(ge=-1_000_000_000, le=1_000_000_000)] = 100


class _ArmedRule:
    def __init__(self, rule: FaultRule, seed: str) -> None:
        self.rule = rule
        self.random = random.Random(seed)
        self.seen = 0
        self.struck = 0

    def strike(self, operation: str, contract_id: str) -> bool:
        rule = self.rule
        if rule.operation not in {"*", operation} or rule.contract_id not in {None, contract_id}:
            return False
        self.seen += 1
        if rule.times is not None and self.struck >= rule.times:
            return False
        if rule.nth is not None:
            is_due = self.seen in (rule.nth if isinstance(rule.nth, list) else [rule.nth])
        else:
            is_due = rule.probability is None or self.random.random() < rule.probability
        self.struck += is_due
        return is_due


class FaultRules:
    """The rules in force, and their counters."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._armed: list[_ArmedRule] = []

    def replace(self, rules: list[FaultRule], *, seed: int | None = None) -> None:
        """Put other rules in force; counters and dice start anew."""
        base = self._seed if seed is None else seed
        self._armed = [_ArmedRule(rule, f"{base}|{index}") for index, rule in enumerate(rules)]

    def clear(self) -> None:
        """No faults."""
        self._armed = []

    def draw(self, operation: str, contract_id: str) -> list[FaultRule]:
        """The rules that strike this call."""
        return [armed.rule for armed in self._armed if armed.strike(operation, contract_id)]

    def describe(self) -> list[dict[str, object]]:
        """The rules with how many calls each saw and struck."""
        return [{"rule": armed.rule, "seen": armed.seen, "struck": armed.struck} for armed in self._armed]
