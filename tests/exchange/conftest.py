"""The ledgers of tests/ledger, on each database in turn."""

from tests.ledger.conftest import fresh_url, postgresql, quick_path

__all__ = ["fresh_url", "postgresql", "quick_path"]
