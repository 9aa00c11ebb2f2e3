"""Messages of autograd that alone say what is certain."""

# Key of the sentences, type, and what the message begins with; named groups fill the sentences.
MESSAGES = [
    ("grad-assigned", TypeError, r"assigned grad expected to be a Tensor"),
    (
        "unused",
        RuntimeError,
        r"(The|One of the) differentiated Tensors?( at index \d+)? appears? to not have been",
    ),
    ("not-asked", RuntimeError, r"One of the differentiated Tensors does not require grad"),
    ("inference", RuntimeError, r"Inference tensors cannot be saved"),
    ("flag", RuntimeError, r"you can only change requires_grad flags of leaf variables"),
    (
        "deepcopy",
        RuntimeError,
        r"Only Tensors created explicitly by the user \(graph leaves\) support the deepcopy",
    ),
    (
        "parts",
        RuntimeError,
        r"Output \d+ of \w+ is a view and (is being|its base or another view of its base has "
        r"been) modified inplace\. This view is the output of a function that returns multiple",
    ),
    (
        "old-view",
        RuntimeError,
        r"(A view was created in (no_grad|inference) mode|Output \d+ of \w+ is a view and is "
        r"being modified inplace\. This view was created in (no_grad|inference) mode)",
    ),
    (
        "gradient-shape",
        RuntimeError,
        r"Mismatch in shape: grad_output\[\d+\] has a shape of torch\.Size\((?P<given>.*?)\) "
        r"and output\[\d+\] has a shape of torch\.Size\((?P<wanted>.*?)\)",
    ),
    (
        "gradients-count",
        RuntimeError,
        r"function \w+ returned an incorrect number of gradients "
        r"\(expected (?P<wanted>\d+), got (?P<given>\d+)\)",
    ),
    (
        "gradients-shape",
        RuntimeError,
        r"[Ff]unction \w+ returned an invalid gradient at index \d+ - got (?P<given>\[.*?\]) "
        r"but expected shape compatible with (?P<wanted>\[.*?\])",
    ),
    (
        "function-static",
        RuntimeError,
        r"Legacy autograd function with non-static forward method is deprecated",
    ),
    (
        "gradient-nan",
        RuntimeError,
        r"Function '(?P<node>\w+)' returned nan values in its \d+th output",
    ),
    ("inference", RuntimeError, r"(Inplace update to|Setting requires_grad=True on) inference"),
    (
        "grad-size",
        RuntimeError,
        r"attempting to assign a gradient of size '(?P<given>\[.*?\])' to a tensor of size "
        r"'(?P<wanted>\[.*?\])'",
    ),
    ("not-recorded", RuntimeError, r"can't retain_grad on Tensor that has requires_grad=False"),
    ("not-recorded", RuntimeError, r"cannot register a hook on a tensor that doesn't require"),
    (
        "overlap",
        RuntimeError,
        r"unsupported operation: (more than one element of the written-to|some elements of the)",
    ),
]
