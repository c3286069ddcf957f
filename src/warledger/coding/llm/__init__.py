"""Coding by a language model: the question, the reading of its answer, the gate, and the comparison with the rules."""
