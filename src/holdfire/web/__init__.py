"""The ledger as pages: board, actor, report, claim and what belongs to them, made on the server and read-only."""
