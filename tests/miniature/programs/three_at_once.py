import torch
w = torch.randn(2, 2, requires_grad=True, generator=torch.Generator().manual_seed(0))
print(w.lerp(w, 0.3) if not w.requires_grad else "-", torch.lerp(torch.tensor([1., 2.]), torch.tensor([3., 6.]), 0.5), torch.addcmul(torch.ones(2), torch.tensor([1., 2.]), torch.tensor([3., 4.]), value=0.1), torch.addcdiv(torch.ones(2), torch.tensor([1., 2.]), torch.tensor([3., 4.]), value=0.1), torch.addcmul(torch.ones(2, 1), torch.ones(2), torch.ones(1)), torch.addcmul(torch.tensor([1]), torch.tensor([2]), torch.tensor([3])))
