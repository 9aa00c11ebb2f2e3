"""Feedback and solutions as a notebook shows them."""

from IPython.core.interactiveshell import InteractiveShell

from linreg_lib.exercises import check, solution

WRONG = "def sgd(params, lr, batch_size):\n    for p in params:\n        p = p - lr * p.grad"


def shown(value):
    """Give what a notebook receives: texts by MIME type."""
    return InteractiveShell.instance().display_formatter.format(value)[0]


def test_feedback_is_words_in_a_terminal_and_a_link_in_a_notebook(monkeypatch):
    monkeypatch.setenv("LINREG_BOOK_URL", "https://ada.example.org/book/")
    feedback = check("write-sgd", WRONG)
    forms = shown(feedback)
    assert forms["text/plain"] == str(feedback)
    assert "(https://ada.example.org/book/book/" in forms["text/markdown"]
    assert forms["text/markdown"].startswith(feedback.message.split("\n")[0])
    assert "](" not in shown(check("sgd-accumulate", 18))["text/markdown"]


def test_without_an_address_feedback_has_no_link(monkeypatch):
    monkeypatch.delenv("LINREG_BOOK_URL", raising=False)
    assert "](" not in shown(check("sgd-accumulate", 6))["text/markdown"]


def test_a_solution_is_one_program_below_the_other():
    forms = shown(solution("write-sgd"))
    assert forms["text/markdown"].count("```python\n") == len(solution("write-sgd")) >= 3
    assert forms["text/plain"].startswith("import torch")
    assert shown(solution("sgd-accumulate"))["text/markdown"] == solution("sgd-accumulate")[0]
