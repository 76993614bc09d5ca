"""Rules of the kind Køge had in 2021, for the tests of who stands."""

from datetime import UTC, date, datetime, time

import pytest

from candidates.rules import ElectionRules, EligibilityRules, NominationRules


@pytest.fixture(scope="session")
def election() -> ElectionRules:
    """The election of 23 November 2021 in Køge."""
    return ElectionRules(
        name="Valg til Integrationsrådet i Køge 2021",
        municipality="Køge",
        municipality_code="0259",
        election_day=date(2021, 11, 23),
        opens=time(17),
        closes=time(20),
        term_start=date(2022, 1, 1),
        term_end=date(2025, 12, 31),
        adopted_by="Byrådet",
        adopted_on=date(2021, 6, 22),
    )


@pytest.fixture(scope="session")
def eligibility() -> EligibilityRules:
    """Eighteen, resident and declared, without proposers."""
    return EligibilityRules(minimum_age=18, residence=True, declaration="anden-etnisk-baggrund-1", proposers=0)


@pytest.fixture(scope="session")
def nominations() -> NominationRules:
    """Open until 12:00 in Copenhagen (11:00 UTC) on 16 November, curable for two days more."""
    return NominationRules(
        opens=datetime(2021, 11, 3, 23, tzinfo=UTC),
        closes=datetime(2021, 11, 16, 11, tzinfo=UTC),
        cure_until=datetime(2021, 11, 18, 11, tzinfo=UTC),
        statement_limit=1000,
    )
