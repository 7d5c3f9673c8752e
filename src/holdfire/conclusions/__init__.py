"""From an open ledger to what a reader sees: boards, actors, timelines, networks. Opens nothing itself."""
