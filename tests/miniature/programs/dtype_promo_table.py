import torch
types = [torch.bool, torch.uint8, torch.int32, torch.int64, torch.float32, torch.float64]
for a in types:
    print(str(a).ljust(14), [str((torch.ones(1, dtype=a) + torch.ones(1, dtype=b)).dtype)[6:] for b in types])
print((torch.tensor([1, 2]) * 1.5).dtype, (torch.tensor([1, 2]) / 2).dtype, (torch.tensor(2) * 2.0).dtype)
print(torch.result_type(torch.tensor([1, 2], dtype=torch.int), 1.0), torch.promote_types(torch.int32, torch.float32))
print(torch.can_cast(torch.double, torch.int))
i = torch.tensor([1, 2, 3])
i += 1.5
