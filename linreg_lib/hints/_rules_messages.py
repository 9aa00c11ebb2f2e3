"""Errors whose message alone says what is certain; of the program nothing is asked.

Each has a key of its sentences in the table of hints: `happened`, and `general` for its cure.
A named group of the pattern fills them.
"""

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._rules import Rule, rule
from linreg_lib.words import words

# Where each is at home: a page that tells pitfalls apart, or a chapter.
_TOPICS = {
    "leaves-and-updates": [
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
    ],
    "shapes-and-dtypes": [
        ("mean-of-integers", RuntimeError, r"mean\(\): (could not infer|input dtype should be)"),
        ("mean-of-integers", RuntimeError, r"Can only calculate the mean of floating"),
        ("class-labels", RuntimeError, r"expected target dtype to be Long"),
        ("class-labels", RuntimeError, r"0D or 1D target tensor expected"),
        ("class-labels", RuntimeError, r"Expected floating point type for target with class"),
        ("class-range", IndexError, r"Target (?P<label>-?\d+) is out of bounds"),
        ("table-range", IndexError, r"index out of range in self"),
        (
            "index-dtype",
            RuntimeError,
            r"Expected tensor for argument #1 'indices' to have (one of the following )?scalar",
        ),
        ("index-dtype", IndexError, r"tensors used as indices must be long"),
        ("whole-number", TypeError, r"only integer tensors of a single element can be converted"),
        (
            "no-such-dimension",
            IndexError,
            r"Dimension out of range \(expected to be in range of \[-?\d+, -?\d+\], but got "
            r"(?P<dim>-?\d+)\)",
        ),
        (
            "too-many-indices",
            IndexError,
            r"too many indices for tensor of dimension (?P<dims>\d+)",
        ),
        ("zero-dim", TypeError, r"(len\(\) of|iteration over) a 0-d tensor"),
        (
            "zero-dim",
            IndexError,
            r"(invalid index of|slice\(\) cannot be applied to) a 0-dim tensor",
        ),
        (
            "truth",
            RuntimeError,
            r"([Bb]oolean value|bool value) of Tensor with more than one value is ambiguous",
        ),
        ("number-format", TypeError, r"unsupported format string passed to Tensor\.__format__"),
        (
            "stack",
            RuntimeError,
            r"stack expects each tensor to be equal size, but got (?P<one>\[.*?\]) at entry \d+ "
            r"and (?P<other>\[.*?\])",
        ),
        (
            "cat",
            RuntimeError,
            r"(torch\.cat\(\): )?Sizes of tensors must match except in dimension (?P<dim>\d+)",
        ),
        (
            "element-no-tensor",
            TypeError,
            r"expected Tensor as element (?P<index>\d+) in argument \d+, but got (?P<kind>\w+)",
        ),
        (
            "list-of-tensors",
            TypeError,
            r"(?P<function>\w+)\(\): argument 'tensors' \(position 1\) must be tuple of Tensors, "
            r"not Tensor",
        ),
        ("ragged-list", ValueError, r"expected sequence of length \d+ at dim \d+ \(got \d+\)"),
        ("no-numbers", ValueError, r"too many dimensions 'str'"),
        ("no-numbers", TypeError, r"can't convert np\.ndarray of type numpy\.(object_|str_)"),
        ("from-numpy", TypeError, r"expected np\.ndarray \(got (?P<kind>\w+)\)"),
        (
            "element-count",
            RuntimeError,
            r"shape '(?P<shape>\[.*?\])' is invalid for input of size (?P<count>\d+)",
        ),
        ("view-order", RuntimeError, r"view size is not compatible with input tensor's size and"),
        (
            "channels",
            RuntimeError,
            r"Given groups=1, weight of size .*?, expected input\[.*?\] to have (?P<wanted>\d+) "
            r"channels, but got (?P<given>\d+) channels",
        ),
        (
            "recurrent-input",
            RuntimeError,
            r"input\.size\(-1\) must be equal to input_size\. Expected (?P<wanted>\d+), got "
            r"(?P<given>\d+)",
        ),
        (
            "recurrent-state",
            RuntimeError,
            r"Expected hidden(\[\d\])? size (?P<wanted>\(.*?\)), got (?P<given>[(\[].*?[)\]])",
        ),
        (
            "one-per-channel",
            ValueError,
            r"Expected more than 1 value per channel when training",
        ),
        ("cuda-missing", AssertionError, r"Torch not compiled with CUDA enabled"),
        ("cuda-missing", RuntimeError, r"Found no NVIDIA driver on your system"),
        ("saved-on-cuda", RuntimeError, r"Attempting to deserialize object on a CUDA device but"),
    ],
    "modules-and-optimizers": [
        ("params", TypeError, r"params argument given to the optimizer should be an iterable"),
        ("params", TypeError, r"optimizer can only optimize Tensors, but one of the params is"),
        (
            "closure",
            TypeError,
            r"(\w+\.)?step\(\) missing 1 required positional argument: 'closure'",
        ),
        ("param-twice", ValueError, r"some parameters appear in more than one parameter group"),
        (
            "optimizer-state",
            ValueError,
            r"loaded state dict (contains a parameter group that doesn't match the size|has a "
            r"different number of parameter groups)",
        ),
    ],
}
_CHAPTERS = {
    "pitfalls/index": [
        (
            "no-object",
            TypeError,
            r"(?P<method>[\w.]+\(\)) missing 1 required positional argument: 'self'",
        ),
    ],
    "beyond/torch-nn": [
        (
            "super-init",
            AttributeError,
            r"cannot assign (module|parameter|buffer)s? before Module\.__init__\(\) call",
        ),
        (
            "super-init",
            AttributeError,
            r"'\w+' object has no attribute '_(modules|parameters|buffers|backward_hooks|"
            r"backward_pre_hooks|forward_hooks)'",
        ),
        ("state-path", TypeError, r"Expected state_dict to be dict-like"),
        (
            "holder",
            NotImplementedError,
            r"Module \[(?P<module>ModuleList|ModuleDict|ParameterList|ParameterDict)\] is missing",
        ),
        (
            "no-forward",
            NotImplementedError,
            r"Module \[(?P<module>\w+)\] is missing the required \"forward\" function",
        ),
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
    ],
}


def _certain(key: str, place: dict[str, str]) -> Rule:
    kind = key if key in words("hints")["general"] else None
    return lambda error, match, places: Diagnosis(
        key, kind=kind, facts=dict(match.groupdict()), **place
    )


for field, table in (("topic", _TOPICS), ("chapter", _CHAPTERS)):
    for home, entries in table.items():
        for key, types, *patterns in entries:
            rule(types, *patterns, last=True)(_certain(key, {field: home}))
