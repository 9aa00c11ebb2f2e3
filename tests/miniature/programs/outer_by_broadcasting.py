import torch
u = torch.arange(3); v = u.unsqueeze(1); print(u + v, u * v, torch.outer(u, u), (u[:, None] - u[None, :]).abs(), (u[:, None] == u).int(), u.expand(2, 3), v.expand(-1, 2), u.repeat(2), u.repeat(2, 2), u.repeat_interleave(2), u.tile((2,)), v.squeeze(), v.squeeze(0).shape)
