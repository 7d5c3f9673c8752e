"""Every exception that Holdfire raises on purpose."""


class HoldfireError(Exception):
    """Something a user can mend; the message says what was done, to what, what was found and what to do."""


class UsageError(HoldfireError):
    """The call itself is wrong: a bad option, date or path. Exit code 2."""


class RuleError(HoldfireError):
    """A rule, knowledge-base record or setting cannot be used; raised before the first document is read."""


class IntakeError(HoldfireError):
    """One document cannot be read; the rest of the batch goes on."""


class LedgerError(HoldfireError):
    """The ledger cannot be opened, read or written."""


class OlderLedger(LedgerError):
    """The ledger must be migrated, and it was opened for reading only."""


class RefusedDocument(LedgerError):
    """The ledger is sound and one document cannot be kept in it; the rest of the batch goes on."""


class SeriesError(HoldfireError):
    """Daily counts cannot be used: negative, broken, of unequal shape, or too short for what is asked of them."""
