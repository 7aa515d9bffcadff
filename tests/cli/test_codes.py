"""One exit code for many verdicts: that of the worst."""

import pytest

from cesym.cli.codes import code_of_all


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([], 0),
        (["proved", "proved"], 0),
        (["proved", "unknown"], 3),
        (["unknown", "unreadable"], 2),
        (["unknown", "unreadable", "refuted"], 1),
    ],
)
def test_the_worst_counts(statuses, code):
    assert code_of_all(statuses) == code
    assert code_of_all(reversed(statuses)) == code
