"""The append-only, bitemporal store; SQLAlchemy lives here and nowhere else."""
