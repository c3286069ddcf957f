"""A span: the exact words of a report, and where they stand."""

from __future__ import annotations

from attrs import field, frozen


@frozen(kw_only=True, order=True)
class Span:
    """The words of a report from one character to another.

    Args:
        start: offset of the first character in the report's text, from 0.
        end: offset behind the last character.
        text: the words themselves, exactly as they stand there.
    """

    start: int
    end: int = field()
    text: str = field(default="", eq=False, order=False)

    @end.validator
    def _ordered(self, _: object, end: int) -> None:
        if not 0 <= self.start <= end:
            raise ValueError(f"span {self.start}..{end} runs backwards")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut a span out of a report's text."""
        return cls(start=start, end=end, text=text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Say whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start
