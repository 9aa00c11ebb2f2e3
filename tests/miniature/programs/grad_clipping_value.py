import torch
p = torch.nn.Parameter(torch.tensor([10.0, -20.0]))
(p ** 2).sum().backward()
print(torch.nn.utils.clip_grad_norm_([p], 1.0), p.grad)
p.grad = torch.tensor([5., -5.])
torch.nn.utils.clip_grad_value_([p], clip_value=2.0)
print(p.grad)
print(torch.nn.utils.parameters_to_vector([p]))
