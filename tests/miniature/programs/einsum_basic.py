import torch
a = torch.arange(6.).reshape(2, 3)
b = torch.arange(12.).reshape(3, 4)
print(torch.einsum('ij,jk->ik', a, b))
print(torch.einsum('ij->i', a))
print(torch.einsum('ij->ji', a))
print(torch.einsum('i,i->', b[0], b[1]))
