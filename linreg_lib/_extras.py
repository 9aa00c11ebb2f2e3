"""What is said where a part of the package needs packages that are not installed."""

from importlib.util import find_spec


def require(part: str, *packages: str) -> None:
    """Raise ModuleNotFoundError, with the cure, unless all these packages are installed."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise ModuleNotFoundError(
            f"linreg_lib.{part} needs {' and '.join(missing)}, not installed here. "
            f'Install the extra "notebook": pip install "linreg_lib[notebook]".',
            name=missing[0],
        )
