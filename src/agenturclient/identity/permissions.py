"""What a role allows: the one table (design section 6)."""

import enum
from typing import Final


class Permission(enum.StrEnum):
    """What a route may need: the feature's noun and a verb."""

    PLACES_READ = "places:read"
    OFFERS_SEARCH = "offers:search"
    ORDERS_SEARCH = "orders:search"
    ORDERS_READ = "orders:read"
    ORDERS_READ_ALL_BRANCHES = "orders:read_all_branches"
    ORDERS_SELL = "orders:sell"
    ORDERS_CONFIRM = "orders:confirm"
    ORDERS_UNDO = "orders:undo"
    TICKETS_READ = "tickets:read"
    DOUBTS_READ = "doubts:read"
    DOUBTS_SETTLE = "doubts:settle"
    STATUS_READ = "status:read"
    CARE_READ = "care:read"


class Role(enum.StrEnum):
    """A role at an agency (``seller`` to ``accountant``), at the operator, or at SBB."""

    SELLER = "seller"
    MANAGER = "manager"
    ACCOUNTANT = "accountant"
    OPERATOR_ADMIN = "operator_admin"
    OPERATOR_SUPPORT = "operator_support"
    SBB_CARE = "sbb_care"


_SELLING: Final = frozenset(
    {
        Permission.PLACES_READ,
        Permission.OFFERS_SEARCH,
        Permission.ORDERS_SEARCH,
        Permission.ORDERS_READ,
        Permission.ORDERS_READ_ALL_BRANCHES,
        Permission.ORDERS_SELL,
        Permission.ORDERS_CONFIRM,
        Permission.ORDERS_UNDO,
        Permission.TICKETS_READ,
        Permission.STATUS_READ,
    }
)
_OPERATING: Final = frozenset(
    {
        Permission.ORDERS_SEARCH,
        Permission.ORDERS_READ,
        Permission.ORDERS_READ_ALL_BRANCHES,
        Permission.DOUBTS_READ,
        Permission.DOUBTS_SETTLE,
        Permission.STATUS_READ,
    }
)

ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.SELLER: _SELLING,
    Role.MANAGER: _SELLING,
    Role.ACCOUNTANT: frozenset(
        {
            Permission.ORDERS_SEARCH,
            Permission.ORDERS_READ,
            Permission.ORDERS_READ_ALL_BRANCHES,
            Permission.TICKETS_READ,
            Permission.STATUS_READ,
        }
    ),
    Role.OPERATOR_ADMIN: _OPERATING,
    Role.OPERATOR_SUPPORT: _OPERATING,
    Role.SBB_CARE: frozenset(
        {
            Permission.ORDERS_SEARCH,
            Permission.ORDERS_READ,
            Permission.ORDERS_READ_ALL_BRANCHES,
            Permission.TICKETS_READ,
            Permission.STATUS_READ,
            Permission.CARE_READ,
        }
    ),
}

# Held only for the whole agency: a role at one branch does not give them.
WHOLE_AGENCY_PERMISSIONS: Final = frozenset({Permission.ORDERS_READ_ALL_BRANCHES})
