import torch
q = torch.tensor([[1., 2., 3.], [4., 5., 6.]])
actions = torch.tensor([[0], [2]])
print(q.gather(1, actions))
print(q.gather(1, actions).squeeze(1))
onehot = torch.zeros(2, 3).scatter_(1, actions, 1.0)
print(onehot)
print(q[torch.arange(2), actions.squeeze()])
