"""A few processes that share a list of tasks: forked, so that what is loaded once is loaded for all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any

from diptych.pdf.run import Runs

_PATIENCE = 5.0
"""Seconds that a process has to end by itself."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something has happened to a task."""

    task: int
    """Its place in the list."""
    kind: str
    """``started``, ``done``, or ``lost`` when the process that worked on it is gone."""
    result: Any = None
    """What the work returned."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: ForkProcess
    connection: Connection


def processors() -> int:
    """How many processors this process may use; macOS only knows how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(count: int, work: Callable[[int, Runs], Any], jobs: int) -> Iterator[Event]:
    """Do ``work(task, runs)`` for the tasks from 0 to ``count`` - 1, ``jobs`` at a time, begun in order.

    All that ``work`` starts must be among ``runs``: that is ended when the one who asks stops listening, is
    interrupted, or is gone. Raises what ``work`` raises.
    """
    tasks = iter(range(count))
    busy: dict[Connection, tuple[_Worker, int]] = {}
    workers: list[_Worker] = []
    with _termination_raises():
        try:
            for _ in range(min(jobs, count)):
                yield _begin(_start(work, workers), next(tasks), busy)
            while busy:
                for ready in wait(list(busy)):
                    worker, task = busy.pop(ready)  # type: ignore[index]
                    try:
                        kind, result = worker.connection.recv()
                    except (EOFError, ConnectionError):
                        kind, result = "lost", None
                        workers.remove(worker)
                        _end([worker])
                    if kind == "raised":
                        raise result
                    following = next(tasks, None)
                    if following is not None:
                        worker = worker if kind == "done" else _start(work, workers)
                        started = _begin(worker, following, busy)
                    yield Event(task, kind, result)
                    if following is not None:
                        yield started
        finally:
            _end(workers)


def _begin(worker: _Worker, task: int, busy: dict[Connection, tuple[_Worker, int]]) -> Event:
    busy[worker.connection] = worker, task
    with suppress(ConnectionError):  # one that is gone shows when it is waited for
        worker.connection.send(task)
    return Event(task, "started")


def _start(work: Callable[[int, Runs], Any], workers: list[_Worker]) -> _Worker:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    others = [ours, *(worker.connection for worker in workers)]
    process = context.Process(target=_serve, args=(work, theirs, others), daemon=True)
    process.start()
    theirs.close()
    worker = _Worker(process, ours)
    workers.append(worker)
    return worker


def _serve(work: Callable[[int, Runs], Any], connection: Connection, others: list[Connection]) -> None:
    """What a worker does: one task after the other, until nobody asks any more."""
    for other in others:
        other.close()  # else nobody would notice that the one who asks is gone
    runs = Runs(connection.fileno())

    def stop(signum: int, frame: object) -> None:
        runs.end()
        os._exit(1)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks gets it too, and says what to do
    while True:
        try:
            task = connection.recv()
        except (EOFError, ConnectionError):
            return
        try:
            answer = "done", work(task, runs)
        except Exception as error:  # it is raised again where it was asked for
            answer = "raised", error
        with suppress(ConnectionError):
            connection.send(answer)


def _end(workers: Sequence[_Worker]) -> None:
    for worker in workers:
        worker.connection.close()  # one that has just begun may miss the signal
        worker.process.terminate()
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


@contextmanager
def _termination_raises() -> Iterator[None]:
    """Being told to end is an exception, so that what was started is ended too."""

    def leave(signum: int, frame: object) -> None:
        raise SystemExit(128 + signum)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
