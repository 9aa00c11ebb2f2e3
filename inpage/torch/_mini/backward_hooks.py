"""Hooks of a module on the gradients of what it takes and gives (register_full_backward_hook)."""

from torch._mini import modes
from torch._mini.custom import Function
from torch._mini.tensor import Tensor
from torch._mini.warn import warn

NO_INPUTS = (
    "Full backward hook is firing when gradients are computed with respect to module outputs since no "
    "inputs require gradients. See https://docs.pytorch.org/docs/main/generated/torch.nn.Module.html"
    "#torch.nn.Module.register_full_backward_hook for more details."
)


class BackwardHookFunction(Function):
    """What stands in the graph where a module begins and ends."""

    @staticmethod
    def forward(ctx, *tensors):
        ctx.mark_non_differentiable(*(t for t in tensors if not t.requires_grad))
        return tensors

    @staticmethod
    def backward(ctx, *gradients):
        return gradients


class BackwardHook:
    """One call of a module: from the gradients of its outputs to those of its inputs."""

    def __init__(self, module):
        self.module = module
        self.hooks = list(module._backward_hooks.values())
        self.prehooks = list(module._backward_pre_hooks.values())
        self.gradients = None

    def _through(self, values, watch):
        """Pass the tensors among values through a node of their own; where they stand, or None."""
        places = [i for i, value in enumerate(values) if isinstance(value, Tensor)]
        if not (modes.recording[0] and any(values[i].requires_grad for i in places)):
            return values, None
        passed = list(values)
        for i, t in zip(
            places, BackwardHookFunction.apply(*(values[i] for i in places)), strict=True
        ):
            passed[i] = t
        watch(next(passed[i].grad_fn for i in places if passed[i].grad_fn is not None))
        return tuple(passed), places

    def enter(self, inputs):
        """Watch what goes in."""
        inputs, self.places_in = self._through(
            inputs, lambda node: node.register_hook(self._at_inputs)
        )
        self.count_in = len(inputs)
        return inputs

    def leave(self, result):
        """Watch what comes out."""
        if not isinstance(result, (Tensor, tuple)):
            warn(
                "For backward hooks to be called, module output should be a Tensor or a tuple of "
                f"Tensors but received {type(result)}"
            )
        outputs = result if isinstance(result, tuple) else (result,)
        outputs, self.places_out = self._through(
            outputs, lambda node: node.register_hook(self._at_outputs)
        )
        self.count_out = len(outputs)
        return outputs if isinstance(result, tuple) else outputs[0]

    def _at_outputs(self, _, gradients):
        packed = _packed(self.places_out, gradients, self.count_out)
        for hook in self.prehooks:
            changed = hook(self.module, packed)
            if changed is None:
                continue
            if len(changed) != self.count_out:
                raise RuntimeError(
                    "Backward pre hook returned an invalid number of grad_output, "
                    f"got {len(changed)}, but expected {self.count_out}"
                )
            packed = changed
        self.gradients = packed
        if self.places_in is None:
            warn(NO_INPUTS)
            for hook in self.hooks:
                changed = hook(self.module, (None,) * self.count_in, packed)
                if changed is not None and not (
                    isinstance(changed, tuple) and all(g is None for g in changed)
                ):
                    raise RuntimeError(
                        "Backward hook for Modules where no input requires gradient should always "
                        "return None or None for all gradients."
                    )
            self.gradients = None
        return tuple(packed[i] for i in self.places_out)

    def _at_inputs(self, gradients, _):
        if self.gradients is None:
            return None
        packed = _packed(self.places_in, gradients, self.count_in)
        for hook in self.hooks:
            changed = hook(self.module, packed, self.gradients)
            if changed is None:
                continue
            if len(changed) != self.count_in:
                raise RuntimeError(
                    "Backward hook returned an invalid number of grad_input, "
                    f"got {len(changed)}, but expected {self.count_in}"
                )
            packed = changed
        self.gradients = None
        return tuple(packed[i] for i in self.places_in)


def _packed(places, gradients, count):
    packed = [None] * count
    for i, gradient in zip(places, gradients, strict=True):
        packed[i] = gradient
    return tuple(packed)
