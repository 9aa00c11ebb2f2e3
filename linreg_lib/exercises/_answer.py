"""An answer in code: from the text, or the function itself, to calls whose failures are told."""

import builtins
import contextlib
import inspect
import io
import math
import re

import torch

import linreg_lib
from linreg_lib.exercises._exercise import Exercise
from linreg_lib.exercises._feedback import Feedback, Told
from linreg_lib.exercises._isolation import ANSWER, Clock
from linreg_lib.exercises._text import TICK, Text
from linreg_lib.hints import explain
from linreg_lib.words import words

IN_VAIN = 3  # seconds to wait for a loop that nothing can end
PLACE = re.compile(r"\s*\((<answer>|.*), line \d+\)$")


class Answer:
    """A reader's answer to an exercise that asks for code.

    Attributes:
        exercise: what was asked.
        text: the source text, where it is known.
        function: what was written: a function or a class; None for a program.
    """

    def __init__(self, exercise: Exercise, given, clock: Clock, printed: io.StringIO):
        self.exercise = exercise
        self.printed = printed
        self._clock = clock
        self._facts: dict = {}
        self.text = self._read(given)
        if isinstance(given, str) and self.text.never_ends():
            clock.shorten(IN_VAIN)
        if exercise.asks == "program":
            self.function = None
            if self.text.same_as(Text(exercise.start)):
                raise Told(exercise.state("not-started-program"))
            return
        self.function = self._defined() if isinstance(given, str) else given
        if self.text is not None and self._is_placeholder():
            raise Told(exercise.state("not-started"))
        if not callable(self.function):
            raise Told(exercise.state("not-callable", type=type(self.function).__name__))

    # From what was given to a function -----------------------------------------------------------

    def _read(self, given) -> Text | None:
        if given is None or given is ... or (isinstance(given, str) and not given.strip()):
            raise Told(self.exercise.state("not-answered"))
        if not isinstance(given, str):
            if self.exercise.asks == "program":
                wanted = words("exercises")["wanted"]["program"]
                came = words("exercises")["came"]["thing"].format(type=type(given).__name__)
                raise Told(self.exercise.state("not-text", wanted=wanted, came=came))
            return Text.of(given)
        try:
            text = Text(given)
            text.compiled()
        except SyntaxError as error:
            raise Told(self._unreadable(given, error)) from None
        return text

    def _unreadable(self, given: str, error: SyntaxError) -> Feedback:
        reason = PLACE.sub("", error.msg or str(error))
        if "outside function" in reason:
            return self.exercise.state("return-outside")
        rows = given.strip("\n").splitlines()
        number = error.lineno or 1
        code = rows[number - 1].strip() if number <= len(rows) else ""
        return self.exercise.state(
            "syntax", self.exercise.quoted(number, code), number=number, reason=reason
        )

    def namespace(self) -> dict:
        """Give what a chapter's cell has at hand, but not what is to be written here."""
        names = {"torch": torch, "nn": torch.nn, "math": math, "linreg_lib": linreg_lib}
        names |= {name: getattr(linreg_lib, name) for name in self.exercise.names}
        hooks = {**vars(builtins), TICK: self._clock.tick}
        return {"__name__": "__main__", "__builtins__": hooks, **names}

    def _defined(self):
        names = self.namespace()
        wanted = self.exercise.function
        try:
            exec(self.text.compiled(), names)
        except (Exception, SystemExit) as error:
            # What follows the definition, a try-out perhaps, is not the answer.
            if wanted not in names:
                raise Told(self.error(error)) from None
        if wanted in names:
            return names[wanted]
        if inside := self.text.method_of(wanted):
            raise Told(self.exercise.state("in-class", own=inside))
        own = [name for name in self.text.functions() if name != wanted]
        if len(own) == 1:
            raise Told(self.exercise.state("name", own=own[0]))
        kind = words("exercises")["kind"][self.exercise.asks]
        raise Told(self.exercise.state("no-function", kind=kind))

    def _is_placeholder(self) -> bool:
        function = self.exercise.function
        return self.text.is_placeholder(function) or self.text.same_as(Text(self.exercise.start))

    # Calls ---------------------------------------------------------------------------------------

    def call(self, *args, gives_nothing: bool = False):
        """Call the function; where that fails, end the check with what the reader is to know."""
        self._fits(args)
        try:
            with self.explained():
                result = self.function(*args)
        except NotImplementedError as error:
            if "not implemented for" in str(error):  # PyTorch says so of a dtype
                raise Told(self.error(error)) from None
            raise Told(self.exercise.state("not-started")) from None
        if result is ...:
            raise Told(self.exercise.state("not-started"))
        if result is None and not gives_nothing:
            if self.printed.getvalue().strip() and "printed" in self.exercise.mistakes:
                raise Told(self.mistake("printed"))
            printed = "-printed" if self.printed.getvalue().strip() else ""
            raise Told(self.exercise.state("no-return" + printed))
        return result

    def within(self, max_seconds: float):
        """Let what is called inside run no longer than this."""
        return self._clock.within(max_seconds)

    @contextlib.contextmanager
    def expecting(self, **facts):
        """Let an error in this block be told with these facts."""
        self._facts = facts
        yield
        self._facts = {}

    def run(self, names: dict) -> Exception | None:
        """Run a program in these names; return the error that ends it."""
        try:
            exec(self.text.compiled(), names)
        except (Exception, SystemExit) as error:
            return error
        return None

    @contextlib.contextmanager
    def explained(self):
        """End the check with the hint for an error that the reader's code raises."""
        try:
            yield
        except NotImplementedError:
            raise
        except Exception as error:
            raise Told(self.error(error)) from None

    def _fits(self, args) -> None:
        try:
            signature = inspect.signature(self.function)
        except (TypeError, ValueError):
            return  # a built-in one: the call will tell
        try:
            signature.bind(*args)
        except TypeError:
            own = self.own_signature()
            state = "self-argument" if "(self" in own else "arguments"
            raise Told(self.exercise.state(state, own=own)) from None

    def own_signature(self) -> str:
        """The function as the reader would call it."""
        name = getattr(self.function, "__name__", self.exercise.function)
        return f"{name}{inspect.signature(self.function)}"

    def swapped_arguments(self) -> bool:
        """Tell whether the arguments bear the names asked for, in another order."""
        try:
            own = list(inspect.signature(self.function).parameters)
        except (TypeError, ValueError):
            return False
        wanted = self.exercise.signature.partition("(")[2].rstrip(")").split(", ")
        return own != wanted and sorted(own) == sorted(wanted)

    # What to tell --------------------------------------------------------------------------------

    def mistake(self, name: str, /, **facts) -> Feedback:
        """Tell a known mistake, with the line where the text has one that looks like it."""
        patterns = self.exercise.mistakes[name].get("line", [])
        number = None
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            pattern = pattern.replace("{name}", str(facts.get("name", "")))
            number = number or (self.text and self.text.find(pattern))
        line = self._with_lost(number)
        return self.exercise.mistake(name, line, **facts)

    def wrong(self, prop: str, /, **facts) -> Feedback:
        """Tell which property does not hold; last, where `facts` has both, expected and got."""
        return self.exercise.not_understood(prop, self._with_lost(None), **facts)

    def _with_lost(self, number: int | None) -> str:
        """Quote a line, and one whose result is thrown away, which is often the cause."""
        for kind in ("lost", "not-called") if self.text else ():
            lost = self.text.thrown_away() if kind == "lost" else self.text.not_called()
            if lost:
                break
        else:
            return self.quoted(number)
        said = words("exercises")[kind].format(number=lost, code=self.text.line(lost))
        return said if number in (None, lost) else f"{self.quoted(number)}\n{said}"

    def unfinished(self) -> Feedback | None:
        """Tell a placeholder that was left in."""
        left = self.text.unfinished() if self.text else None
        return self.exercise.state("unfinished", self.quoted(left)) if left else None

    def stop(self, feedback: Feedback):
        """End the check here."""
        raise Told(feedback)

    def quoted(self, number: int | None) -> str:
        """Give a line of the reader's text as a message quotes it."""
        return self.exercise.quoted(number, self.text.line(number) if self.text else None)

    def error(self, error: BaseException) -> Feedback:
        """Tell an error: as the exercise's own mistake, by its hint, or as it is."""
        line = self._with_lost(self._line_of(error))
        hint = explain(error) if isinstance(error, Exception) else None
        text = f"{type(error).__name__}: {_first_sentence(error)}".rstrip(":. ")
        pitfall = hint.pitfall if hint else None
        for name, told in self.exercise.mistakes.items():
            if not set(told.get("only", ())) <= set(self._facts):
                continue
            if "text" in told and not (self.text and self.text.find(told["text"])):
                continue
            by_pitfall = pitfall is not None and pitfall in told.get("pitfalls", ())
            by_text = any(re.search(pattern, text) for pattern in told.get("errors", ()))
            if by_pitfall or by_text:
                return self.exercise.mistake(name, line, error=text, **self._facts)
        said = self.exercise.state(
            "error", line, type=type(error).__name__, message=_first_sentence(error)
        )
        if pitfall is None and (common := self._common(error, line)):
            return common
        if hint is None:
            return said
        # A cause may follow a "because" elsewhere; here each part is a sentence.
        parts = [part for part in (hint.happened, hint.cause, hint.cure) if part]
        told = " ".join(part[0].upper() + part[1:] for part in parts)
        message = f"{told}\n{said.message}"
        return Feedback(False, hint.pitfall or "error", message, hint.address)

    def _common(self, raised: BaseException, line: str) -> Feedback | None:
        """Tell an error that may happen in any exercise, with its cure."""
        error = f"{type(raised).__name__}: {_first_line(raised)}".partition(", but expected")[0]
        for name, told in words("exercises")["common"].items():
            if any(re.search(pattern, error) for pattern in told["errors"]):
                text = told["did"].format(error=error)
                return self.exercise.told(name, text, line)
        return None

    def _line_of(self, error: BaseException) -> int | None:
        number, tb = None, error.__traceback__
        while tb is not None:
            if tb.tb_frame.f_code.co_filename == ANSWER:
                number = tb.tb_lineno
            tb = tb.tb_next
        return number


def _first_sentence(error: BaseException) -> str:
    """Of a long message, the first sentence."""
    line = _first_line(error)
    return line if len(line) < 200 else re.split(r"\.\s", line)[0]


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or ["(no message)"])[0].rstrip(".")
