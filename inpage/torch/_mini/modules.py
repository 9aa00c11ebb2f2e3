"""Parameter and Module: what a model is made of."""

import itertools
from collections import OrderedDict
from collections.abc import Mapping

from torch._mini.backward_hooks import BackwardHook
from torch._mini.converting import convert
from torch._mini.dtypes import float32, float64
from torch._mini.nodes import Handle, Hooks
from torch._mini.parameters import Parameter, _typename
from torch._mini.refusal import guarded, refuse
from torch._mini.tensor import Tensor


class _Loaded:
    """What load_state_dict returns."""

    def __init__(self, missing, unexpected):
        self.missing_keys, self.unexpected_keys = missing, unexpected

    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return (
            f"_IncompatibleKeys(missing_keys={self.missing_keys}, "
            f"unexpected_keys={self.unexpected_keys})"
        )


_HOMES = ("_parameters", "_buffers", "_modules")


@guarded
class Module:
    """A part of a model: parameters, buffers and other modules by name, and `forward`."""

    def __init__(self, *args, **kwargs):
        name = type(self).__name__
        if kwargs:
            raise TypeError(
                f"{name}.__init__() got an unexpected keyword argument '{next(iter(kwargs))}'"
            )
        if args:
            raise TypeError(
                f"{name}.__init__() takes 1 positional argument but {len(args) + 1} were given"
            )
        object.__setattr__(self, "training", True)
        for home in _HOMES:
            object.__setattr__(self, home, {})
        object.__setattr__(self, "_transient", set())
        object.__setattr__(self, "_forward_hooks", Hooks())
        object.__setattr__(self, "_forward_pre_hooks", Hooks())
        object.__setattr__(self, "_backward_hooks", Hooks())
        object.__setattr__(self, "_backward_pre_hooks", Hooks())

    def __call__(self, *args, **kwargs):
        if "_backward_hooks" not in self.__dict__:  # before Module.__init__()
            name = type(self).__name__
            raise AttributeError(f"'{name}' object has no attribute '_backward_hooks'")
        for hook in list(self._forward_pre_hooks.values()):
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        watch = None
        if self._backward_hooks or self._backward_pre_hooks:
            watch = BackwardHook(self)
            args = watch.enter(args)
        result = self.forward(*args, **kwargs)
        for hook in list(self._forward_hooks.values()):
            changed = hook(self, args, result)
            if changed is not None:
                result = changed
        return result if watch is None else watch.leave(result)

    def forward(self, *args):
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    def register_forward_hook(self, hook):
        return Handle(self._forward_hooks, hook)

    def register_forward_pre_hook(self, hook):
        return Handle(self._forward_pre_hooks, hook)

    def register_full_backward_hook(self, hook):
        return Handle(self._backward_hooks, hook)

    def register_full_backward_pre_hook(self, hook):
        return Handle(self._backward_pre_hooks, hook)

    # Attributes ---------------------------------------------------------------------------------

    def __setattr__(self, name, value):
        own = self.__dict__
        if isinstance(value, (Parameter, Module)):
            home = "_parameters" if isinstance(value, Parameter) else "_modules"
            if home not in own:
                what = "parameters" if home == "_parameters" else "module"
                raise AttributeError(f"cannot assign {what} before Module.__init__() call")
            own.pop(name, None)
            for other in _HOMES:
                if other != home:
                    own[other].pop(name, None)
            own[home][name] = value
            return
        if name in own.get("_parameters", ()):
            if value is not None:
                raise TypeError(
                    f"cannot assign '{_typename(value)}' as parameter '{name}' "
                    "(torch.nn.Parameter or None expected)"
                )
            own["_parameters"][name] = None
            return
        if name in own.get("_modules", ()):
            if value is not None:
                raise TypeError(
                    f"cannot assign '{_typename(value)}' as child module '{name}' "
                    "(torch.nn.Module or None expected)"
                )
            own["_modules"][name] = None
            return
        if name in own.get("_buffers", ()):
            if value is not None and not isinstance(value, Tensor):
                raise TypeError(
                    f"cannot assign '{_typename(value)}' as buffer '{name}' "
                    "(torch.Tensor or None expected)"
                )
            own["_buffers"][name] = value
            return
        object.__setattr__(self, name, value)

    def __getattr__(self, name):
        for home in _HOMES:
            if name in self.__dict__.get(home, ()):
                return self.__dict__[home][name]
        from torch._mini.names import MODULE

        if name in MODULE:
            refuse(f"Module.{name}")
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        for home in _HOMES:
            if name in self.__dict__[home]:
                del self.__dict__[home][name]
                return
        object.__delattr__(self, name)

    def __dir__(self):
        names = {*object.__dir__(self)}
        for home in _HOMES:
            names.update(self.__dict__[home])
        return sorted(names)

    def register_parameter(self, name, param):
        if param is None:
            self._parameters[name] = None
        elif not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{_typename(param)}' object to parameter '{name}' "
                "(torch.nn.Parameter or None required)"
            )
        else:
            setattr(self, name, param)

    def register_buffer(self, name, tensor, persistent=True):
        if not persistent:
            self._transient.add(name)
        self._buffers[name] = tensor

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            if callable(module) and not isinstance(module, type):
                refuse("a function as a module")
            raise TypeError(f"{_typename(module)} is not a Module subclass")
        self._modules[name] = module

    register_module = add_module

    # Walking through ----------------------------------------------------------------------------

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        memo = set() if memo is None else memo
        if id(self) in memo:
            return
        memo.add(id(self))
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, prefix + ("." if prefix else "") + name)

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def named_children(self):
        for name, module in self._modules.items():
            if module is not None:
                yield name, module

    def children(self):
        for _, module in self.named_children():
            yield module

    def _named(self, home, prefix=""):
        seen = set()
        for path, module in self.named_modules(prefix=prefix):
            for name, tensor in module.__dict__[home].items():
                if tensor is not None and id(tensor) not in seen:
                    seen.add(id(tensor))
                    yield path + ("." if path else "") + name, tensor

    def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
        if recurse:
            yield from self._named("_parameters", prefix)
        else:
            for name, parameter in self._parameters.items():
                if parameter is not None:
                    yield prefix + ("." if prefix else "") + name, parameter

    def parameters(self, recurse=True):
        for _, parameter in self.named_parameters(recurse=recurse):
            yield parameter

    def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
        yield from self._named("_buffers", prefix)

    def buffers(self, recurse=True):
        for _, buffer in self.named_buffers():
            yield buffer

    def get_parameter(self, target):
        *path, name = target.split(".")
        module = self
        for step in path:
            module = getattr(module, step)
        return getattr(module, name)

    def apply(self, function):
        for module in self.children():
            module.apply(function)
        function(self)
        return self

    # All at once --------------------------------------------------------------------------------

    def zero_grad(self, set_to_none=True):
        for parameter in self.parameters():
            if parameter.grad is not None:
                if set_to_none:
                    parameter.grad = None
                else:
                    parameter.grad.detach_().requires_grad_(False).zero_()

    def train(self, mode=True):
        for module in self.modules():
            object.__setattr__(module, "training", mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def state_dict(self, *, destination=None, prefix="", keep_vars=False):
        if destination is not None:
            refuse("state_dict with a destination")
        state = OrderedDict()
        for path, module in self.named_modules(prefix=prefix.rstrip(".")):
            for home in ("_parameters", "_buffers"):
                for name, tensor in module.__dict__[home].items():
                    if tensor is not None and name not in module._transient:
                        key = path + ("." if path else "") + name
                        state[key] = tensor if keep_vars else tensor.detach()
        return state

    def load_state_dict(self, state_dict, strict=True, assign=False):
        from torch._mini.modes import no_grad

        if assign:
            refuse("load_state_dict with assign")
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        own = self.state_dict(keep_vars=True)
        missing = [key for key in own if key not in state_dict]
        unexpected = [key for key in state_dict if key not in own]
        errors = []
        if strict and missing:
            keys = ", ".join(f'"{key}"' for key in missing)
            errors.append(f"Missing key(s) in state_dict: {keys}. ")
        if strict and unexpected:
            keys = ", ".join(f'"{key}"' for key in unexpected)
            errors.append(f"Unexpected key(s) in state_dict: {keys}. ")
        with no_grad():
            for key, tensor in own.items():
                if key not in state_dict:
                    continue
                new = state_dict[key]
                if new._shape != tensor._shape:
                    errors.append(
                        f"size mismatch for {key}: copying a param with shape {new.shape} from "
                        f"checkpoint, the shape in current model is {tensor.shape}."
                    )
                else:
                    tensor.copy_(new)
        if errors:
            lines = "\n\t".join(errors)
            raise RuntimeError(
                f"Error(s) in loading state_dict for {type(self).__name__}:\n\t{lines}"
            )
        return _Loaded(missing, unexpected)

    def _converted(self, kind):
        for tensor in itertools.chain(self.parameters(), self.buffers()):
            if tensor.is_floating_point():
                new = convert(tensor.detach(), kind)
                tensor._storage, tensor._strides, tensor._offset = (
                    new._storage,
                    new._strides,
                    new._offset,
                )
                if tensor._gradient is not None:
                    tensor._gradient = convert(tensor._gradient, kind)
        return self

    def double(self):
        return self._converted(float64)

    def float(self):
        return self._converted(float32)

    def to(self, *args, **kwargs):
        from torch._mini.devices import device, on_cpu
        from torch._mini.dtypes import dtype

        for argument in (*args, *kwargs.values()):
            if isinstance(argument, dtype):
                self._converted(argument)
            elif isinstance(argument, (str, int, device)) or argument is None:
                argument = argument if argument is None else device(argument)
                if any(True for _ in itertools.chain(self.parameters(), self.buffers())):
                    on_cpu(argument)
            else:
                refuse(f"Module.to({argument!r})")
        return self

    def cpu(self):
        return self

    def cuda(self, device=None):
        return self.to("cuda")

    def extra_repr(self):
        return ""

    def _get_name(self):
        return type(self).__name__

    def __repr__(self):
        if "_modules" not in self.__dict__:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '_modules'")
        lines = []
        for name, module in self._modules.items():
            first, *rest = repr(module).split("\n")
            lines.append(f"({name}): " + "\n".join([first, *("  " + line for line in rest)]))
        extra = self.extra_repr()
        if not lines:
            return f"{self._get_name()}({extra})"
        return f"{self._get_name()}(\n  " + "\n  ".join(lines) + "\n)"
