"""Who holds what, what was said of a place, and the ledger's own care: checked against its hashes, copied whole."""

from warledger.ledger.control import control_states
from warledger.ledger.copying import copy_ledger
from warledger.ledger.history import Said, history
from warledger.ledger.verify import Verdict, verify

__all__ = ["Said", "Verdict", "control_states", "copy_ledger", "history", "verify"]
