import torch
import torch.nn as nn
import numpy as np
import matplotlib.pyplot as plt
torch.manual_seed(0); np.random.seed(0)
x_train = np.array([[3.3], [4.4], [5.5], [6.71], [6.93]], dtype=np.float32)
y_train = np.array([[1.7], [2.76], [2.09], [3.19], [1.694]], dtype=np.float32)
model = nn.Linear(1, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.001)
for epoch in range(10):
    inputs = torch.from_numpy(x_train); targets = torch.from_numpy(y_train)
    loss = nn.MSELoss()(model(inputs), targets)
    opt.zero_grad(); loss.backward(); opt.step()
print(loss.item(), model(torch.from_numpy(x_train)).detach().numpy().shape)
print(x_train.shape, x_train.dtype, type(x_train))
