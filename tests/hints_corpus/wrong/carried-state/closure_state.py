import torch


def make_model():
    w = torch.randn(2, 2, requires_grad=True)
    state = torch.zeros(2)

    def step(x):
        nonlocal state
        state = torch.tanh(w @ state + x)  # <- cause
        return state.sum()

    return w, step


w, step = make_model()
for i in range(3):
    loss = step(torch.randn(2)) ** 2
    loss.backward()
