import torch
torch.manual_seed(0)
x = torch.randn(10)
dl = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, x * 2), batch_size=4, shuffle=True)
for epoch in range(2):
    for i, batch in enumerate(dl):
        print(epoch, i, type(batch), len(batch), batch[0].shape)
        a, b = batch; assert torch.equal(a * 2, b)
print(len(dl), len(dl.dataset), dl.batch_size, dl.drop_last, dl.num_workers)
it = iter(dl); first = next(it); print(len(first)); print(sum(1 for _ in dl))
for (a,) in torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x), 5): print(a.mean())
