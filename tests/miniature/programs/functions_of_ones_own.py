import torch
class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i): r = i.exp(); ctx.save_for_backward(r); return r
    @staticmethod
    def backward(ctx, g): r, = ctx.saved_tensors; return g * r
x = torch.tensor([0., 1.], requires_grad=True); y = Exp.apply(x); print(y, y.grad_fn, y.grad_fn.name(), y.requires_grad); y.sum().backward(); print(x.grad)
class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i): return i.round()
    @staticmethod
    def backward(ctx, g): return g
w = torch.tensor([0.3, 1.7], requires_grad=True); (Round.apply(w) * torch.tensor([2., 3.])).sum().backward(); print(w.grad, Round.apply(w))
class Two(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b): ctx.save_for_backward(a, b); return a + b, a * b
    @staticmethod
    def backward(ctx, gs, gp): a, b = ctx.saved_tensors; return gs + gp * b, gs + gp * a
a, b = torch.tensor(2., requires_grad=True), torch.tensor(3., requires_grad=True); s, p = Two.apply(a, b); (s + p).backward(); print(a.grad, b.grad, s, p); s, p = Two.apply(a, b); a.grad = None; p.backward(); print(a.grad)
class Wrong(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b): return a * b
    @staticmethod
    def backward(ctx, g): return g
try: Wrong.apply(a, b).backward()
except RuntimeError as e: print(e)
class WrongType(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a): return a * 2
    @staticmethod
    def backward(ctx, g): return 3
try: WrongType.apply(a).backward()
except Exception as e: print(type(e).__name__, e)
class Again(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a): ctx.save_for_backward(a); return a ** 2
    @staticmethod
    def backward(ctx, g): a, = ctx.saved_tensors; return 2 * a * g
q = Again.apply(a); q.backward()
try: q.backward()
except RuntimeError as e: print(str(e)[:50])
