"""What a run found, as a table of Markdown, and whether it is good."""

import statistics
from collections import Counter as Tally

import msgspec

from faults.books import Comparison
from faults.counter import Description
from faults.customers import Visit
from faults.settling import Promise


class Report(msgspec.Struct, kw_only=True):
    """Everything about a run."""

    parameters: dict[str, object]
    comparison: Comparison
    doubled_customers: list[str]
    broken_promises: list[Promise]
    shown_otherwise: list[str]
    visits: list[Visit]
    description: Description
    journal: dict[str, int]
    adopted: int
    declared: int
    refused_doubts: list[str]
    kills: int
    crashes: int
    logged_errors: Tally[str]
    faults_struck: int
    lost_answers: int
    selling_seconds: float
    settling_seconds: float

    @property
    def must_be_none(self) -> dict[str, int]:
        """What a good run has none of."""
        compared = self.comparison
        return {
            "Sales lost (sold at SBB, not in our books)": compared.lost,
            "Sales doubled (per order)": compared.doubled,
            "Customers with two orders or two bookings": len(self.doubled_customers),
            "Wrong in the books (booking, tickets or price)": compared.wrong,
            "Difference of SBB's invoices, in Rappen": compared.difference,
            "Not settled at the end": compared.unsettled,
            "Doubts that could not be settled": len(self.refused_doubts),
            "Told a seller, and no longer so": len(self.broken_promises),
            "Shown otherwise by the interface than stored": len(self.shown_otherwise),
            "Customers not served to an end": sum(visit.stuck is not None for visit in self.visits),
            "Replicas that ended by themselves": self.crashes,
            "Answers that are not described, or 500": self.description.undocumented.total(),
            "Errors in the replicas' logs": self.logged_errors.total(),
        }

    @property
    def is_good(self) -> bool:
        return not any(self.must_be_none.values())


def render_report(report: Report) -> str:
    """The table, and below it the first of what should not have been."""
    compared, journal = report.comparison, report.journal
    states = ", ".join(f"{count} {state}" for state, count in compared.by_state.items())
    taken = sorted(visit.seconds for visit in report.visits)
    rate = len(report.visits) / report.selling_seconds * 60
    facts: dict[str, object] = {
        "Customers served": len(report.visits),
        "Orders at the end": f"{compared.orders:,}: {states}",
        "SIGKILLs of a replica": report.kills,
        "Faults of the supplier that struck": report.faults_struck,
        "Requests without answer, repeated at the other replica": report.lost_answers,
        "Steps taken up by another replica or later, ended as unknown payment": journal.get("payment_unknown", 0),
        "Wrong prices undone": journal.get("wrong_price_undone", 0),
        "In doubt for a time": journal.get("in_doubt", 0),
        "– adopted by the operator": report.adopted,
        "– declared not sold": report.declared,
        "Payments without booking (listed apart)": compared.payments_without_booking,
        "A visit, p50 / p99 (s)": f"{statistics.median(taken):.1f} / {taken[int(len(taken) * 0.99)]:.1f}",
        "Visits a minute": f"{rate:.0f}",
        "Settling after the trouble (s)": f"{report.settling_seconds:.0f}",
    }
    lines = [", ".join(f"{name} {value}" for name, value in report.parameters.items()), ""]
    lines += ["| what | found |", "| --- | ---: |"]
    lines += [f"| **{name}** | **{count}** |" for name, count in report.must_be_none.items()]
    lines += [f"| {name} | {value} |" for name, value in facts.items()]
    answers = ", ".join(f"{count} × {status}" for status, count in sorted(report.description.statuses.items()))
    lines += ["", f"Answers: {answers}", f"Problems: {dict(report.description.problems.most_common(12))}"]
    return "\n".join([*lines, *_list_findings(report)])


def _list_findings(report: Report) -> list[str]:
    findings: list[object] = [
        *report.comparison.examples,
        *(f"two of customer {reference}" for reference in report.doubled_customers),
        *report.refused_doubts,
        *report.broken_promises,
        *report.shown_otherwise,
        *(f"{visit.number}: {visit.stuck}" for visit in report.visits if visit.stuck),
        *report.description.undocumented.items(),
        *report.logged_errors.items(),
    ]
    return [f"  !! {finding}" for finding in findings[:30]]
