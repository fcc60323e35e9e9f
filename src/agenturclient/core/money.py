"""Money: integer minor units with a currency, never a float (design section 5)."""

import msgspec


class Money(msgspec.Struct, frozen=True, order=True):
    """An amount in the smallest unit of its currency: ``Money(2200)`` is CHF 22.00."""

    amount: int
    currency: str = "CHF"

    def __add__(self, other: "Money") -> "Money":
        self._require_same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._require_same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def _require_same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")
