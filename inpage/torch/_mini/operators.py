"""The operators of Python on tensors: + - * / ** and their likes."""

from torch._mini.dtypes import of_number
from torch._mini.elementwise import add, div, mul, rsub, sub
from torch._mini.powers import _tensor_power, pow, square
from torch._mini.refusal import refuse
from torch._mini.remainders import floor_divide, remainder
from torch._mini.tensor import Tensor, make, method


def _operator(function, swapped=False):
    def operator(a, b):
        if isinstance(b, complex):
            refuse("complex numbers")
        if not isinstance(b, (Tensor, int, float)):
            return NotImplemented
        return function(b, a) if swapped else function(a, b)

    return operator


for _name, _function in {
    "add": add,
    "sub": sub,
    "mul": mul,
    "truediv": div,
    "floordiv": floor_divide,
    "mod": remainder,
    "pow": pow,
    "radd": lambda a, b: add(a, b),
    "rmul": lambda a, b: mul(a, b),
    "rsub": rsub,
    "rtruediv": lambda a, b: mul(a.reciprocal(), b),
    "rpow": lambda a, b: _tensor_power(b, a),
    "rfloordiv": lambda a, b: floor_divide(make([b], (), of_number(b)), a),
    "rmod": lambda a, b: remainder(make([b], (), of_number(b)), a),
}.items():
    _method = _operator(_function)
    _method.__name__ = f"__{_name}__"
    setattr(Tensor, _method.__name__, _method)
Tensor.__pos__ = lambda t: t

for _function in (add, sub, mul, div, floor_divide, remainder, pow, square):
    method(_function, _function.__name__)
for _old, _function in {
    "multiply": mul,
    "subtract": sub,
    "divide": div,
    "true_divide": div,
}.items():
    method(_function, _old)
