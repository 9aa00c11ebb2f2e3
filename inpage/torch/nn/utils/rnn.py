"""torch.nn.utils.rnn: sequences of several lengths in one tensor."""

from torch._mini.creation import full
from torch._mini.nodes import tracking
from torch._mini.refusal import lacking, refuse


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    """Stack sequences, the shorter ones filled up at their ends."""
    sequences = list(sequences)
    if padding_side != "right" or tracking(*sequences):
        refuse("this kind of pad_sequence")
    first = sequences[0]
    rest, length = first._shape[1:], max(len(s) for s in sequences)
    if any(s._shape[1:] != rest or s.dtype is not first.dtype for s in sequences):
        refuse("pad_sequence of sequences that differ")
    count = len(sequences)
    shape = (count, length, *rest) if batch_first else (length, count, *rest)
    out = full(shape, padding_value, dtype=first.dtype)
    out._counter.changes += 1  # PyTorch fills it in place
    for i, s in enumerate(sequences):
        if batch_first:
            out[i, : len(s)] = s
        else:
            out[: len(s), i] = s
    return out


_KNOWN = frozenset(
    "PackedSequence invert_permutation pack_padded_sequence pack_sequence "
    "pad_packed_sequence unpack_sequence unpad_sequence".split()
)
__getattr__ = lacking("torch.nn.utils.rnn", _KNOWN)
