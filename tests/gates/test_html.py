"""html-validate finds nothing in the built pages but what `htmlvalidate.config.cjs` excuses."""

import json
from pathlib import Path

CONFIG = Path(__file__).parent / "htmlvalidate.config.cjs"


def test_the_pages_are_valid_html(tool, site):
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    done = tool("html-validate", "--formatter=json", f"--config={CONFIG}", *pages, cwd=site)
    reports = json.loads(done.stdout)
    found = [
        f"{report['filePath']}:{message['line']}: {message['ruleId']}: {message['message']}"
        for report in reports
        for message in report["messages"]
    ]
    assert not found, "\n".join(found[:50])
    assert done.returncode == 0


def test_a_fault_is_found(tool, tmp_path):
    page = '<!DOCTYPE html><html lang="en"><title>A</title><ul><p id="a">x</p></ul><p id="a">y</p>'
    (tmp_path / "page.html").write_text(page)
    done = tool("html-validate", "--formatter=json", f"--config={CONFIG}", tmp_path / "page.html")
    rules = {m["ruleId"] for report in json.loads(done.stdout) for m in report["messages"]}
    assert rules >= {"element-permitted-content", "no-dup-id"}
