"""Steps from one shape of the ledger to the next; shipped, run by Alembic."""
