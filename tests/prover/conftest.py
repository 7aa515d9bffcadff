"""What tests of the prover share."""

import pytest


@pytest.fixture
def no_point_refutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no point looked at, only the proofs stand between a false claim and `proved`."""
    monkeypatch.setattr("cesym.prover.refutation._first", lambda *_, **__: None)
