"""From ledger entries to conclusions; pure."""
