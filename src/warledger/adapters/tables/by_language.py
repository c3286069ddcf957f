"""Tables of one sort, one a language, each loaded when it is first asked for: a report needs those of its own alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
CUES = Path(__file__).parents[2] / "data" / "cues"
LANGUAGES = ("en", "fr", "es", "ru", "uk", "ar", "tr")


class ByLanguage(Mapping[str, T]):
    """The tables `<name>.<language>.yaml` of a folder, by language.

    Args:
        folder: where they lie.
        name: of the sort of table.
        load: makes one language's; what it raises comes to whoever asks for that language.
    """

    def __init__(self, folder: Path, name: str, load: Callable[[str], T]) -> None:
        self._languages = tuple(code for code in LANGUAGES if (folder / f"{name}.{code}.yaml").exists())
        self._load, self._loaded = load, dict[str, T]()

    def __getitem__(self, language: str) -> T:
        if language not in self._loaded:
            if language not in self._languages:
                raise KeyError(language)
            self._loaded[language] = self._load(language)
        return self._loaded[language]

    def __contains__(self, language: object) -> bool:
        return language in self._languages

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)
