"""Every recording that the built pages carry keeps the contract."""

import json
import re

from linreg_lib.recording import expand, validate
from linreg_lib.recording.narration import say_stop
from linreg_lib.recording.sentences import say, say_cut, say_end

STATE = re.compile(r'id="linreg-widget-state"[^>]*>(.*?)</script>', re.DOTALL)


def recordings(site):
    for page in sorted(site.rglob("*.html")):
        found = STATE.search(page.read_text(encoding="utf-8"))
        if found is None:
            continue
        for model in json.loads(found[1]).values():
            for recording in model["state"].get("recordings", []):
                yield page.relative_to(site), recording


def test_recordings_fit_the_format_and_can_be_said(site):
    films = pages = 0
    for page, recording in recordings(site):
        validate(recording)
        pages += 1
        assert recording["engine"].startswith("PyTorch "), page
        told = [say_end(recording), *map(say_cut, recording["cut"])]
        for k, step in enumerate(recording["steps"]):
            told += map(say, step.get("changed", []))
            for film in step.get("films", []):
                films += 1
                for i in range(len(film["stops"])):
                    told += say_stop(recording, expand(recording, k), film, i)
        assert all("{" not in text or "{" in recording["code"] for text in told), page
    assert pages > 30 and films > 30
