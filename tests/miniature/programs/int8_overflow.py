import torch
a = torch.tensor([250, 255], dtype=torch.uint8)
print(a + 10, a * 2, a - 251)
b = torch.tensor([127], dtype=torch.int8)
print(b + 1)
print(torch.iinfo(torch.int32).max, torch.finfo(torch.float32).eps)
