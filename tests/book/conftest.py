import pytest
from building import SmallBook


@pytest.fixture
def book(tmp_path):
    return SmallBook(tmp_path / "book")
