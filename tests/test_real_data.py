import pytest
import torch

import linreg_lib
from linreg_lib.real_data import SPECIES


def test_shapes_dtypes_and_devices(dtype, device):
    birds = linreg_lib.penguins(dtype=dtype, device=device)
    assert birds.features.shape == (344, 3) and birds.labels.shape == (344, 1)
    assert birds.features.dtype == birds.labels.dtype == dtype
    assert birds.species.shape == (344,) and birds.species.dtype == torch.int64
    assert {t.device.type for t in birds} == {device.type}


def test_the_first_and_the_last_bird():
    features, labels, species = linreg_lib.penguins(dtype=torch.float64)
    assert features[0].tolist() == [39.1, 18.7, 181] and labels[0].item() == 3750
    assert features[-1].tolist() == [50.2, 18.7, 198] and labels[-1].item() == 3775
    assert (species[0], species[-1]) == (0, 1)


def test_counts_and_means_are_the_published_ones():
    features, labels, species = linreg_lib.penguins(dtype=torch.float64)
    assert species.bincount().tolist() == [152, 68, 124]
    assert SPECIES == ("Adelie", "Chinstrap", "Gentoo")
    missing = features.isnan().any(dim=1)
    assert missing.nonzero().flatten().tolist() == [3, 271]
    assert torch.equal(missing, labels.isnan().flatten())
    # Means of the data's documentation (palmerpenguins 0.1.0), to the digits given there.
    means = features.nanmean(dim=0)
    assert means.tolist() == pytest.approx([43.92, 17.15, 200.9], abs=0.02)
    assert labels.nanmean().item() == pytest.approx(4202, abs=1)
    by_species = [labels[species == k].nanmean().item() for k in range(3)]
    assert by_species == pytest.approx([3701, 3733, 5076], abs=1)


def test_every_number_is_a_possible_one():
    features, labels, _ = linreg_lib.penguins()
    measured = ~labels.isnan().flatten()
    low, high = features[measured].aminmax(dim=0)
    assert low.tolist() == pytest.approx([32.1, 13.1, 172], rel=1e-6)
    assert high.tolist() == pytest.approx([59.6, 21.5, 231], rel=1e-6)
    assert labels[measured].aminmax() == (2700, 6300)


def test_an_integer_type_is_refused():
    with pytest.raises(TypeError, match=r"dtype must be floating point.*Write dtype=torch.float32"):
        linreg_lib.penguins(dtype=torch.int64)
