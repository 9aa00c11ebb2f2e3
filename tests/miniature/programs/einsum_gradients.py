import torch
torch.manual_seed(0)
a = torch.randn(2, 3, 4, requires_grad=True); b = torch.randn(4, 5, requires_grad=True); c = torch.randn(3, requires_grad=True)
for eq, ops in (("bij,jk->bik", (a, b)), ("bij->bj", (a,)), ("bij,i->bj", (a, c)), ("bij,bij->b", (a, a)), ("i,j->ij", (c, c)), ("bij->jib", (a,)), ("ij->", (b,)), ("...ij,jk->...ik", (a, b)), ("bij,bkj->bik", (a, a)), ("i,i->", (c, c)), ("ij,jk", (b.t(), b))):
    out = torch.einsum(eq, *ops)
    print(eq, out.shape, out.stride(), out.grad_fn.name())
    for t in (a, b, c): t.grad = None
    (out ** 2).sum().backward()
    print([None if t.grad is None else round(t.grad.sum().item(), 3) for t in (a, b, c)])
torch.einsum("ij,jk->ik", b, b)
