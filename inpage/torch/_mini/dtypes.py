"""dtypes, the default one, and which dtype an operation computes in (type promotion)."""

from array import array

from torch._mini.refusal import refuse

BOOL, WHOLE, FLOAT = range(3)  # categories, in the order of promotion


class dtype:
    """One of PyTorch's dtypes. `code` is the type code of `array`, None where there is no such."""

    def __init__(self, name, code, rank, category, size, word, c_word):
        self.name, self.code, self.rank, self.category = name, code, rank, category
        self.itemsize = size
        self.word, self.c_word = word, c_word  # in PyTorch's messages: "Float", "float"

    is_floating_point = property(lambda self: self.category == FLOAT)
    is_complex = property(lambda self: False)
    is_signed = property(lambda self: self.category != BOOL and self.name != "uint8")

    def __repr__(self):
        return "torch." + self.name

    def __call__(self, *args, **kwargs):
        raise TypeError("'torch.dtype' object is not callable")

    def __reduce__(self):
        return self.name


bool_ = dtype("bool", "B", 0, BOOL, 1, "Bool", "bool")
uint8 = dtype("uint8", "B", 1, WHOLE, 1, "Byte", "unsigned char")
int8 = dtype("int8", "b", 1, WHOLE, 1, "Char", "signed char")
int16 = dtype("int16", "h", 1.5, WHOLE, 2, "Short", "short")
int32 = dtype("int32", "i", 2, WHOLE, 4, "Int", "int")
int64 = dtype("int64", "q", 3, WHOLE, 8, "Long", "long int")
bfloat16 = dtype("bfloat16", None, 4, FLOAT, 2, "BFloat16", "c10::BFloat16")
float16 = dtype("float16", None, 4, FLOAT, 2, "Half", "c10::Half")
float32 = dtype("float32", "f", 5, FLOAT, 4, "Float", "float")
float64 = dtype("float64", "d", 6, FLOAT, 8, "Double", "double")

_OF_PYTHON = {float: float64, int: int64, bool: bool_}


def as_dtype(kind):
    """A dtype; Python's own `float`, `int` and `bool` stand for the widest of theirs."""
    if kind is None or isinstance(kind, dtype):
        return kind
    if kind in _OF_PYTHON:
        return _OF_PYTHON[kind]
    refuse(f"the dtype {kind!r}")


default = [float32]  # a list, since it can be changed (torch.set_default_dtype)


def of_number(x) -> dtype:
    """The dtype that a Python number has in an operation."""
    if isinstance(x, bool):
        return bool_
    if isinstance(x, int):
        return int64
    if isinstance(x, float):
        return default[0]
    refuse(f"arithmetic with {type(x).__name__}")


def promote(*operands) -> dtype:
    """The dtype in which an operation on tensors and Python numbers computes.

    Tensors with dimensions decide; those without count only where their category is higher;
    Python numbers count last.
    """
    best = [None, None, None]
    for operand in operands:
        kind = getattr(operand, "dtype", None)
        if kind is None:
            place, kind = 2, of_number(operand)
        else:
            place = 0 if operand._shape else 1
        if best[place] is None or kind.rank > best[place].rank:
            best[place] = kind
    result = best[0]
    if result is uint8 and any(getattr(x, "dtype", None) is int8 for x in operands):
        refuse("int8 beside uint8")
    for kind in best[1:]:
        if kind is not None and (result is None or kind.category > result.category):
            result = kind
    return result


def floating(*operands) -> dtype:
    """As `promote`, but whole numbers become the default floating point dtype."""
    kind = promote(*operands)
    return kind if kind.category == FLOAT else default[0]


def element(x, kind: dtype):
    """A Python number as an element of this dtype, rounded as storing it would."""
    if kind.category == FLOAT:
        try:
            return array(kind.code, [x])[0]
        except OverflowError:
            refuse("a number beyond this dtype")
    if kind is bool_:
        return bool(x)
    if x != x or x in (float("inf"), float("-inf")):
        refuse("nan or inf as a whole number")
    low, high = limits_of(kind)
    if not low <= x < high:
        if kind is int64:
            raise OverflowError("int too big to convert")
        word = "int" if kind is int32 else f"{kind.name}_t"
        raise RuntimeError(f"value cannot be converted to type {word} without overflow")
    return int(x)


def limits_of(kind: dtype) -> tuple[int, int]:
    """The least whole number of a dtype, and that after the largest."""
    bits = 8 * kind.itemsize
    return (-(2 ** (bits - 1)), 2 ** (bits - 1)) if kind.is_signed else (0, 2**bits)


def single(x: float) -> float:
    """Round to float32."""
    return array("f", [x])[0]


# Questions about dtypes -----------------------------------------------------------------------------


def promote_types(type1, type2):
    """The dtype of tensors of these two together."""
    if {type1, type2} == {uint8, int8}:
        return int16
    return max(type1, type2, key=lambda kind: kind.rank)


def result_type(tensor1, tensor2):
    """The dtype of what an operation on these makes."""
    return promote(tensor1, tensor2)


def can_cast(from_, to):
    """Whether a conversion stays within the category, or goes up."""
    if from_.is_signed and to is uint8 and from_.category == WHOLE:
        return False
    return from_.category <= to.category


class finfo:
    """The limits of a floating point dtype."""

    def __init__(self, type=None):
        type = default[0] if type is None else type
        if not isinstance(type, dtype) or type.category != FLOAT:
            refuse("finfo of this")
        if type.code is None:
            refuse(f"finfo({type})")
        wide = type is float64
        self.dtype, self.bits = type.name, 8 * type.itemsize
        self.eps = 2.0**-52 if wide else 2.0**-23
        self.max = 1.7976931348623157e308 if wide else 3.4028234663852886e38
        self.min = -self.max
        self.tiny = self.smallest_normal = 2.0**-1022 if wide else 2.0**-126
        self.resolution = 1e-15 if wide else 1e-6

    def __repr__(self):
        return (
            f"finfo(resolution={self.resolution:g}, min={self.min:g}, max={self.max:g}, "
            f"eps={self.eps:g}, smallest_normal={self.tiny:g}, tiny={self.tiny:g}, "
            f"dtype={self.dtype})"
        )


class iinfo:
    """The limits of a dtype of whole numbers."""

    def __init__(self, type):
        if not isinstance(type, dtype) or type.category != WHOLE:
            refuse("iinfo of this")
        self.dtype, self.bits = type.name, 8 * type.itemsize
        self.min = -(2 ** (self.bits - 1)) if type.is_signed else 0
        self.max = 2 ** (self.bits - (1 if type.is_signed else 0)) - 1

    def __repr__(self):
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"
