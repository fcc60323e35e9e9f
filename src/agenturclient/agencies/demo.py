"""The demo's agencies. Their contracts exist at the sandbox only."""

from typing import Final

from agenturclient.agencies.schemas import Agency, Branch
from agenturclient.agencies.service import find_agency, put_agency
from agenturclient.core.database import Transactions

DEMO_AGENCIES: Final = (
    Agency(
        code="gipfel",
        name="Gipfel Reisen AG (Demo)",
        contract_id="DEMO-GIPFEL",
        default_language="de",
        is_reference_mandatory=False,
        reference_pattern=None,
        means_of_payment="cash",
        branches=(Branch("zuerich", "Zürich"), Branch("bern", "Bern")),
    ),
    Agency(
        code="rivage",
        name="Voyages Rivage SA (démo)",
        contract_id="DEMO-RIVAGE",
        default_language="fr",
        is_reference_mandatory=True,
        reference_pattern=r"[A-Z]{2}-\d{4}",
        means_of_payment="invoice",
        branches=(Branch("geneve", "Genève"), Branch("lausanne", "Lausanne")),
    ),
)


async def seed_demo_agencies(transactions: Transactions) -> None:
    """Onboard the demo's agencies unless they are there already (perhaps changed by whoever tries the demo)."""
    for agency in DEMO_AGENCIES:
        if await find_agency(transactions, agency.code) is None:
            await put_agency(transactions, agency, subject="demo")
