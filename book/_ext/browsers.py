"""Where this machine has Chromium or Chrome."""

import shutil

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    # A Mac has it here and not on the PATH.
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
CURE = (
    "Chromium or Chrome is needed: 'apt-get install chromium' on Debian, "
    "'brew install --cask google-chrome' on a Mac"
)


def find_browser() -> str | None:
    """Return the path of the first that is here."""
    return next(filter(None, map(shutil.which, NAMES)), None)
