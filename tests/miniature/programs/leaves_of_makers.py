import torch
a = torch.ones(2, requires_grad=True)
print(a.sum().grad_fn, a.sum(), (a * 1).grad_fn.name(), a.grad_fn, (a + 0).requires_grad, a.detach().requires_grad, a.data.requires_grad, a.clone().is_leaf, torch.ones(2).is_leaf, (torch.ones(2) * 2).is_leaf, a.cpu().is_leaf, a.to(torch.float64).is_leaf, a.view(2).is_leaf, a[:].is_leaf, a.T.is_leaf if a.dim() == 2 else "-", torch.stack([a, a]).is_leaf)
b = a.new_tensor([1., 2.]); c = torch.empty_like(a); d = torch.ones_like(a, requires_grad=True); print(b.requires_grad, c.requires_grad, d.requires_grad, d.is_leaf, a.new_zeros(1).requires_grad)
