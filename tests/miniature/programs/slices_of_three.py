import torch
x = torch.arange(24).reshape(2, 3, 4)
print(x[0], x[:, 1], x[..., 2], x[1, :, ::2], x[:, -1, -1], x[0, 1:, 1:3], x[:, :, None].shape, x[0][1][2], x[:1], x[5:], x[:, 5:].shape, x[::2].shape, x[(0, 1)], x[[0, 1]].shape, x[[[0, 1]]].shape if False else "")
print(x.select(1, 0), x.narrow(2, 1, 2), x.index_select(0, torch.tensor([1])).shape, x.unbind(0)[1], x.permute(2, 0, 1).shape, x.transpose(0, 2).stride(), x.flatten(1).shape, x.view(6, -1).shape, x.unsqueeze(-1).shape, x.squeeze().shape, x.movedim(0, 2).shape)
print(x.T.shape)
