"""Coding by a language model: a reading in, the claims that pass the gate and what was dropped out.

A report longer than a part is asked about part by part; a part whose answer does not fit is asked about in halves.
Where one answer fails the whole report goes without the model: a report that is coded in part would look coded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from warledger.coding.coder import parts_of, without_repeating_headings
from warledger.coding.llm.comparing import compare
from warledger.coding.llm.gate import Gate
from warledger.coding.llm.proposals import Proposal, read_answer
from warledger.coding.llm.schema import answer_schema
from warledger.coding.precedents import precedents_of, without_their_times
from warledger.domain.claim import Claim
from warledger.domain.coded import Coded, Dropped, not_coded
from warledger.domain.errors import ModelError, Problem, TooLong
from warledger.domain.mention import Reading
from warledger.domain.records import claim_id
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.ports import LanguageModel

PART_CHARS = 4_000
"""Characters of a report that one question holds: some thirty claims, which answer in about as many tokens."""


@frozen(kw_only=True, eq=False)
class ModelCoder:
    """A coder that asks a language model.

    Args:
        model: whom to ask.
        instructions: how to code, with the codebook's codes.
        gate: what its proposals are held against.
    """

    model: LanguageModel
    instructions: str
    gate: Gate

    def alone(self, reading: Reading) -> Coded:
        """Code a report by the model alone; where the model fails it has no claims and the reason."""
        try:
            return self.code(reading)
        except ModelError as error:
            return not_coded(reading.report, self._failure(error))

    def beside(self, reading: Reading, claims: Sequence[Claim]) -> Coded:
        """Set the model beside the rules: their claims stay as they are, and where the model differs is listed."""
        try:
            second = self.code(reading)
        except ModelError as error:
            what = f"coded by the rules alone: {self._failure(error)}"
            told = Problem(file=reading.report.filed_as or reading.report.id, what=what, refused=False)
            return Coded(claims=tuple(claims), problem=told)
        return evolve(second, claims=tuple(claims), disagreements=compare(claims, second.claims))

    def code(self, reading: Reading) -> Coded:
        """Code a report.

        Raises:
            ModelError: an answer did not come, or holds no claims that can be read.
        """
        said = [
            proposal for part in parts_of(reading, PART_CHARS) for proposal in self._ask(part.sentences, reading.report)
        ]
        precedents = precedents_of(reading, self.gate.precedents)
        read = without_their_times(precedents, reading)
        judged = [s if isinstance(s, Dropped) else self.gate.admit(s, read, precedents) for s in said]
        claims = {claim_id(c): c for c in judged if isinstance(c, Claim)}
        in_order = sorted(claims.values(), key=lambda c: c.quotes[0].start)
        return Coded(
            claims=without_repeating_headings(in_order, reading),
            dropped=tuple(d for d in judged if isinstance(d, Dropped)),
        )

    def _ask(self, sentences: Sequence[Span], report: Report) -> Iterator[Proposal | Dropped]:
        text = report.text[sentences[0].start : sentences[-1].end]
        question = f'Report, published {report.published:%A, %d %B %Y}:\n"""\n{text}\n"""\nAnswer:'
        try:
            yield from read_answer(self.model.answer(self.instructions, question, answer_schema()))
        except TooLong:
            if len(sentences) == 1:
                raise
            half = len(sentences) // 2
            yield from self._ask(sentences[:half], report)
            yield from self._ask(sentences[half:], report)

    def _failure(self, error: ModelError) -> str:
        return f"language model {self.model.name}: {error}"
