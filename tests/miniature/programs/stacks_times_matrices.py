import torch
torch.manual_seed(0)
for a, b in (((4,5,3),(3,2)), ((4,5,3),(3,)), ((5,3),(4,3,2)), ((3,),(4,3,2)), ((2,1,5,3),(4,3,2))):
    for ra, rb in ((True, True), (False, True), (True, False)):
        x = torch.randn(a, requires_grad=ra); y = torch.randn(b, requires_grad=rb)
        z = x @ y
        print(z.shape, z.is_contiguous(), z.grad_fn.name())
        z.sum().backward()
        print(None if x.grad is None else x.grad.sum(), None if y.grad is None else y.grad.sum())
w = torch.randn(3, 2, requires_grad=True)
torch.randn(2, 4, 3).transpose(0, 1) @ w
print(torch.randn(4, 3, 2).transpose(1, 2) @ torch.ones(3, 2))
