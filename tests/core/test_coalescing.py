"""Equal questions at once are asked once; answers are kept for their time; failures are not."""

import asyncio

import pytest

from agenturclient.core.coalescing import SharedAnswers


class Oracle:
    """Answers with how often it was asked, once it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = asyncio.Event()
        self.failure: Exception | None = None

    async def ask(self) -> int:
        self.asked += 1
        number = self.asked
        await self.may_answer.wait()
        if self.failure is not None:
            raise self.failure
        return number


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def ask_at_once(answers: SharedAnswers[int], oracle: Oracle, count: int) -> "list[asyncio.Task[int]]":
    tasks = [asyncio.create_task(answers.get_answer("key", oracle.ask)) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


async def test_equal_questions_at_once_are_asked_once() -> None:
    answers, oracle = SharedAnswers[int](seconds=60, size=10), Oracle()
    tasks = await ask_at_once(answers, oracle, 5)
    oracle.may_answer.set()
    assert await asyncio.gather(*tasks) == [1] * 5
    assert await answers.get_answer("another", oracle.ask) == 2


async def test_an_answer_is_kept_for_its_time() -> None:
    clock, oracle = Clock(), Oracle()
    answers = SharedAnswers[int](seconds=60, size=10, read_clock=clock)
    oracle.may_answer.set()
    assert await answers.get_answer("key", oracle.ask) == 1
    clock.seconds = 59
    assert await answers.get_answer("key", oracle.ask) == 1
    clock.seconds = 61
    assert answers.find_kept("key") is None
    assert await answers.get_answer("key", oracle.ask) == 2


async def test_a_failure_is_told_to_all_who_waited_and_not_kept() -> None:
    answers, oracle = SharedAnswers[int](seconds=60, size=10), Oracle()
    oracle.failure = ZeroDivisionError()
    tasks = await ask_at_once(answers, oracle, 3)
    oracle.may_answer.set()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(failure) for failure in told] == [ZeroDivisionError] * 3
    oracle.failure = None
    assert await answers.get_answer("key", oracle.ask) == 2


async def test_who_leaves_does_not_take_the_question_along() -> None:
    answers, oracle = SharedAnswers[int](seconds=60, size=10), Oracle()
    first, second = await ask_at_once(answers, oracle, 2)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    oracle.may_answer.set()
    assert await second == 1
    assert oracle.asked == 1


async def test_the_oldest_make_room() -> None:
    answers, oracle = SharedAnswers[int](seconds=60, size=2), Oracle()
    oracle.may_answer.set()
    for key in ("a", "b", "c"):
        await answers.get_answer(key, oracle.ask)
    assert [answers.find_kept(key) for key in ("a", "b", "c")] == [None, 2, 3]
