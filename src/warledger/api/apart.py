"""Iterate in a process of its own, so that questions are answered meanwhile: a function in, what it gives out.

What it gives comes some at a time. The process ends when nobody listens any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from warledger.domain.errors import StoreError

T = TypeVar("T")
_AT_ONCE = 50
"""Items sent together: few, since whoever takes them does nothing else while they are unpacked."""


def apart(work: Callable[..., Iterable[T]], *args: object) -> Iterator[T]:
    """Give what a function gives, from another process.

    Args:
        work: a function of a module; its arguments and what it gives can be pickled.
        args: its arguments.

    Raises:
        StoreError: the process failed.
    """
    context = get_context("spawn")
    listen, speak = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(speak, work, args), daemon=True)
    process.start()
    speak.close()
    try:
        while items := _received(listen):
            yield from items
    finally:
        listen.close()
        process.join(timeout=1)


def _received(listen: Connection) -> list[Any]:
    try:
        told = listen.recv()
    except EOFError as error:
        raise StoreError("a process beside the server ended early") from error
    if isinstance(told, str):
        raise StoreError(f"a process beside the server failed: {told}")
    return list(told)


def _send(speak: Connection, work: Callable[..., Iterable[Any]], args: tuple[object, ...]) -> None:
    try:
        items = iter(work(*args))
        while some := list(islice(items, _AT_ONCE)):
            speak.send(some)
        speak.send([])
    except BrokenPipeError:
        return  # nobody listens any more
    except Exception as error:  # whatever it is, the other process must know
        speak.send(f"{type(error).__name__}: {error}")
