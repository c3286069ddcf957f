"""Who holds what, and what was said of a place: questions over `ports.Ledger`, each as known at a time."""

from warledger.ledger.control import control_states
from warledger.ledger.history import Said, history

__all__ = ["Said", "control_states", "history"]
