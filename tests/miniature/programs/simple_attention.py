import torch, math
import torch.nn.functional as F
torch.manual_seed(0)
def attention(q, k, v, mask=None):
    d = q.size(-1)
    scores = torch.matmul(q, k.transpose(-2, -1)) / math.sqrt(d)
    if mask is not None:
        scores = scores.masked_fill(mask == 0, -1e9)
    p = F.softmax(scores, dim=-1)
    return torch.matmul(p, v), p
x = torch.randn(1, 3, 4, requires_grad=True)
out, p = attention(x, x, x, torch.tril(torch.ones(3, 3)))
print(p)
out.sum().backward()
print(x.grad.shape, x.grad[0, 0])
