"""Messages of single operations that alone say what is certain."""

# Key of the sentences, type, and what the message begins with; named groups fill the sentences.
MESSAGES = [
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
    (
        "number-format",
        TypeError,
        r"unsupported format string passed to (Tensor|Parameter)\.__format__",
    ),
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
    ("objects", TypeError, r"can't convert np\.ndarray of type numpy\.(object_|str_)"),
    ("series", TypeError, r"expected np\.ndarray \(got (?P<kind>Series|DataFrame)\)"),
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
    (
        "random-integers",
        RuntimeError,
        r"\"(normal|uniform|bernoulli)\w*\" not implemented for '(Long|Int|Short|Byte|Char)'",
    ),
    (
        "class-labels",
        RuntimeError,
        r"\"(nll_loss|cross_entropy)\w*\" not implemented for '(Int|Short|Byte|Char)'",
    ),
    ("no-integers", RuntimeError, r"\"\w+\" not implemented for '(?P<dtype>Long|Int|Short|Byte)'"),
    ("no-integers", RuntimeError, r"\"\w+\" not implemented for '(?P<dtype>Char|Bool)'"),
    (
        "no-integers",
        RuntimeError,
        r"linalg\.\w+: Expected a floating point or complex tensor as input\. Got (?P<dtype>\w+)",
    ),
    ("no-integers", RuntimeError, r"(?P<dtype>Bool)ean inputs not supported for"),
    ("no-half", RuntimeError, r"\"\w+\" not implemented for '(?P<dtype>Half|BFloat16)'"),
    ("std-of-integers", RuntimeError, r"std and var only support floating point"),
    ("bool-minus", RuntimeError, r"Subtraction, the `-` operator, with (two|a) bool tensors? is"),
    ("bce-input", RuntimeError, r"all elements of input should be between 0 and 1"),
    ("bce-target", RuntimeError, r"all elements of target should be between 0 and 1"),
    (
        "in-place-shape",
        RuntimeError,
        r"output with shape (?P<shape>\[.*?\]) doesn't match the broadcast shape "
        r"(?P<result>\[.*?\])",
    ),
    (
        "mask-shape",
        IndexError,
        r"The shape of the mask (?P<mask>\[.*?\]) at index \d+ does not match the shape of the "
        r"indexed tensor (?P<shape>\[.*?\])",
    ),
    (
        "value-shape",
        RuntimeError,
        r"shape mismatch: value tensor of shape (?P<given>\[.*?\]) cannot be broadcast to indexing "
        r"result of shape (?P<wanted>\[.*?\])",
    ),
    (
        "index-shapes",
        IndexError,
        r"shape mismatch: indexing tensors could not be broadcast together with shapes "
        r"(?P<shapes>\[.*\])",
    ),
    (
        "value-kind",
        TypeError,
        r"can't assign an? (?P<kind>[\w.]+) to a torch\.\w+",
    ),
    (
        "expand-dims",
        RuntimeError,
        r"expand\([\w.]+\{(?P<given>\[.*?\])\}, size=(?P<wanted>\[.*?\])\): the number of sizes",
    ),
    (
        "permute-dims",
        RuntimeError,
        r"permute\(.*?\): number of dimensions in the tensor input does not match the length of "
        r"the desired ordering of dimensions i\.e\. input\.dim\(\) = (?P<dims>\d+) is not equal to "
        r"len\(dims\) = (?P<given>\d+)",
    ),
    (
        "t-dims",
        RuntimeError,
        r"t\(\) expects a tensor with <= 2 dimensions, but self is (?P<dims>\d+)D",
    ),
    (
        "whole-sizes",
        TypeError,
        r"\w+\(\): argument '(size|shape)' (\(position \d+\) )?must be tuple of ints, not "
        r"(?P<kind>[\w.]+)",
    ),
    (
        "whole-sizes",
        TypeError,
        r"\w+\(\): argument '(size|shape)' (\(position \d+\) )?must be tuple of ints, but found "
        r"element of type (?P<kind>[\w.]+)",
    ),
    (
        "whole-sizes",
        TypeError,
        r"\w+\(\): argument '(size|shape)' failed to unpack the object at pos \d+ with error "
        r"\"type must be tuple of ints,but got (?P<kind>[\w.]+)\"",
    ),
    (
        "whole-sizes",
        TypeError,
        r"(randn?|zeros|ones|empty|full|view|reshape)\(\) received an invalid combination of "
        r"arguments - got \((int, )*(?P<kind>float)(, (int|float))*\)",
    ),
    (
        "combination",
        TypeError,
        r"(?P<function>\w+)\(\) received an invalid combination of arguments - got "
        r"\((?P<given>.*?),? ?\), but expected",
    ),
    (
        "argument-kind",
        TypeError,
        r"(?P<function>\w+)\(\): argument '(?P<argument>\w+)' (\(position \d+\) )?must be "
        r"(?P<wanted>[\w ]+), not (?P<kind>[\w.]+)",
    ),
    (
        "empty-reduction",
        (RuntimeError, IndexError),
        r"(?P<function>\w+)\(\): Expected reduction dim (\w+ )?to be specified for input\.numel",
    ),
    (
        "cat-dims",
        RuntimeError,
        r"Tensors must have same number of dimensions: got (?P<one>\d+) and (?P<other>\d+)",
    ),
    ("cat-numbers", RuntimeError, r"zero-dimensional tensor \(at position \d+\) cannot be"),
    (
        "join-nothing",
        (RuntimeError, ValueError),
        r"(torch\.cat\(\): )?expected a non-empty list of",
    ),
    ("join-nothing", RuntimeError, r"stack expects a non-empty TensorList"),
    ("singular", RuntimeError, r"(torch\.)?linalg\.\w+: .*matrix is singular"),
    ("singular", ValueError, r"Singular matrix$"),
    (
        "not-square",
        RuntimeError,
        r"(torch\.)?linalg\.\w+: A must be batches of square matrices, but they are (?P<n>\d+) by "
        r"(?P<m>\d+)",
    ),
    (
        "linalg-dtype",
        RuntimeError,
        r"(torch\.)?linalg\.(?P<function>\w+): Expected \w+ and \w+ to have the same dtype, but "
        r"got \w+'s dtype (?P<one>\w+) and \w+'s dtype (?P<other>\w+)",
    ),
    ("not-positive", RuntimeError, r"(torch\.)?linalg\.cholesky: The factorization could not be"),
    ("batch-matrices", RuntimeError, r"batch\d must be a 3D tensor"),
    ("number-factor", RuntimeError, r"both arguments to matmul need to be at least 1D"),
    (
        "conv-dims",
        RuntimeError,
        r"Expected 3D \(unbatched\) or 4D \(batched\) input to conv2d, but got input of size: "
        r"(?P<given>\[.*?\])",
    ),
    (
        "kernel-size",
        RuntimeError,
        r"Calculated padded input size per channel: (?P<given>\(.*?\))\. Kernel size: "
        r"(?P<kernel>\(.*?\))\. Kernel size can't be greater",
    ),
    (
        "norm-features",
        RuntimeError,
        r"running_mean should contain (?P<given>\d+) elements not (?P<wanted>\d+)",
    ),
    (
        "norm-shape",
        RuntimeError,
        r"Given normalized_shape=(?P<wanted>\[.*?\]), expected input with shape \[.*?\], but got "
        r"input of size(?P<given>\[.*?\])",
    ),
    (
        "norm-dims",
        ValueError,
        r"expected (?P<wanted>\dD( or \dD)?) input \(got (?P<given>\dD) input\)",
    ),
    ("std-negative", RuntimeError, r"normal expects (all elements of )?std >= 0"),
    ("probabilities", RuntimeError, r"probability tensor contains either `inf`, `nan` or element"),
    (
        "memory",
        RuntimeError,
        r".*DefaultCPUAllocator: (can't allocate memory|not enough memory): you tried to allocate "
        r"(?P<size>\d+) bytes",
    ),
    ("cuda-memory", RuntimeError, r"CUDA out of memory"),
    ("cuda-assert", RuntimeError, r"CUDA error: device-side assert triggered"),
    ("cuda-fork", RuntimeError, r"Cannot re-initialize CUDA in forked subprocess"),
    ("mps-double", TypeError, r"Cannot convert a MPS Tensor to float64 dtype"),
    (
        "no-device",
        RuntimeError,
        r"(Expected one of .*device type at start of device string|Invalid "
        r"device string): '?(?P<name>[\w:]+)'?",
    ),
    (
        "split-sizes",
        RuntimeError,
        r"split_with_sizes expects split_sizes to sum exactly to (?P<size>\d+)",
    ),
    ("gather-dims", RuntimeError, r"Index tensor must have the same number of dimensions as"),
    ("one-hot", RuntimeError, r"one_hot is only applicable to index tensor"),
    ("one-hot-range", RuntimeError, r"Class values must be smaller than num_classes"),
    ("repeat-dims", RuntimeError, r"Number of dimensions of repeat dims can not be smaller than"),
    (
        "index-range",
        IndexError,
        r"index (?P<index>-?\d+) is out of bounds for (dimension|axis) (?P<dim>\d+) with size "
        r"(?P<size>\d+)",
    ),
    ("slice", TypeError, r"slice indices must be integers or None"),
    ("select-range", RuntimeError, r"selected index k out of range"),
    ("no-numbers", RuntimeError, r"Could not infer dtype of (NoneType|dict|str)"),
    ("no-numbers", TypeError, r"must be real number, not (NoneType|str|dict)$"),
    ("frame-shape", ValueError, r"could not determine the shape of object type '(?P<kind>\w+)'"),
    ("negative-strides", ValueError, r"At least one stride in the given numpy array is negative"),
    (
        "ragged-array",
        ValueError,
        r"setting an array element with a sequence\. The requested array has an inhomogeneous",
    ),
    (
        "array-shapes",
        ValueError,
        r"shapes (?P<one>\(.*?\)) and (?P<other>\(.*?\)) not aligned",
    ),
    (
        "array-shapes",
        ValueError,
        r"operands could not be broadcast together with shapes (?P<one>\(.*?\)) (?P<other>\(.*?\))",
    ),
    (
        "array-sizes",
        ValueError,
        r"matmul: Input operand \d has a mismatch in its core dimension .*size (?P<one>\d+) is "
        r"different from (?P<other>\d+)",
    ),
    (
        "plot-lengths",
        ValueError,
        r"x and y must have same first dimension, but have shapes (?P<one>\(.*?\)) and "
        r"(?P<other>\(.*?\))",
    ),
    ("plot-sizes", ValueError, r"x and y must be the same size$"),
]
