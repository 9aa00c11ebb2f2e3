"""Data that somebody measured (book: Beyond, Real data)."""

from importlib.resources import files
from math import nan
from typing import NamedTuple

import torch
from torch import Tensor

SPECIES = ("Adelie", "Chinstrap", "Gentoo")


class Penguins(NamedTuple):
    """What `penguins` gives.

    Attributes:
        features: (344, 3) bill length, bill depth and flipper length, in millimeters.
        labels: (344, 1) body mass, in grams.
        species: (344,) int64: 0 Adelie, 1 Chinstrap, 2 Gentoo.
    """

    features: Tensor
    labels: Tensor
    species: Tensor


def penguins(
    *, dtype: torch.dtype = torch.float32, device: torch.device | str | None = None
) -> Penguins:
    """Give the measurements of 344 penguins of the Palmer Archipelago, Antarctica, 2007 to 2009.

    Two birds were not measured: their row is nan, in features and labels.

    Source: Gorman, Williams & Fraser 2014 (PLoS ONE 9(3): e90081), prepared by Horst, Hill &
    Gorman 2020 (palmerpenguins); public domain (CC0).

    Args:
        dtype: a floating point type.
        device: where the tensors live; None for the default one.

    Returns:
        `Penguins`: features (344, 3) in millimeters, labels (344, 1) in grams, species (344,).

    Raises:
        TypeError: for an integer dtype, which has no nan.
    """
    if not (isinstance(dtype, torch.dtype) and dtype.is_floating_point):
        raise TypeError(
            f"dtype must be floating point, since two birds were not measured; got {dtype}. "
            "Write dtype=torch.float32."
        )
    text = files("linreg_lib").joinpath("penguins.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()[2:]]  # below the source and the heading
    numbers = [[float(cell) if cell else nan for cell in cells] for _, *cells in rows]
    table = torch.tensor(numbers, dtype=dtype, device=device)
    initials = [name[0] for name in SPECIES]
    species = torch.tensor([initials.index(initial) for initial, *_ in rows], device=device)
    return Penguins(table[:, :3], table[:, 3:], species)
