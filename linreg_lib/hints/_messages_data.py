"""Messages of data sets, loaders and files that alone say what is certain."""

# Key of the sentences, type, and what the message begins with; named groups fill the sentences.
MESSAGES = [
    (
        "optimizer-state",
        ValueError,
        r"loaded state dict (contains a parameter group that doesn't match the size|has a "
        r"different number of parameter groups)",
    ),
    ("state-path", TypeError, r"Expected state_dict to be dict-like"),
    (
        "state-shapes",
        RuntimeError,
        r"(?s)Error\(s\) in loading state_dict for (?P<module>\w+):"
        r"(?!.*(Missing|Unexpected) key).*size mismatch for",
    ),
    (
        "state-prefix",
        RuntimeError,
        r"(?s)Error\(s\) in loading state_dict for (?P<module>\w+):"
        r"(?=.*Missing key.*Unexpected key\(s\) in state_dict: \"module\.)",
    ),
    (
        "state-names",
        RuntimeError,
        r"(?s)Error\(s\) in loading state_dict for (?P<module>\w+):.*(Missing|Unexpected) key",
    ),
    (
        "collate",
        TypeError,
        r"default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        r"found <class '(?P<kind>[\w.]+)'>",
    ),
    (
        "ragged-batch",
        RuntimeError,
        r"each element in list of batch should be of equal size",
    ),
    (
        "workers-main",
        RuntimeError,
        r"(?s)\s*An attempt has been made to start a new process before the",
    ),
    ("saved-on-cuda", RuntimeError, r"Attempting to deserialize object on a CUDA device but"),
    (
        "no-getitem",
        NotImplementedError,
        r"Subclasses of Dataset should implement __getitem__",
    ),
    ("loader-index", TypeError, r"'DataLoader' object is not subscriptable"),
    ("loader-next", TypeError, r"'DataLoader' object is not an iterator"),
    ("split-lengths", ValueError, r"Sum of input lengths does not equal the length of the input"),
    ("no-examples", ValueError, r"num_samples should be a positive integer value, but got num_sa"),
    ("dataset-lengths", AssertionError, r"Size mismatch between tensors"),
    (
        "weights-only",
        Exception,
        r"(?s)Weights only load failed.*Unsupported (global|class)",
    ),
    ("broken-file", RuntimeError, r"PytorchStreamReader failed reading"),
    ("no-folder", RuntimeError, r"Parent directory (?P<folder>.+) does not exist\."),
    (
        "class-unknown",
        AttributeError,
        r"Can't get attribute '(?P<name>\w+)' on <module '(?P<module>[\w.]+)'",
    ),
    (
        "worker-killed",
        RuntimeError,
        r"DataLoader worker \(pid\(?s?\)? [\d, ]+\) (exited|is killed)",
    ),
]
