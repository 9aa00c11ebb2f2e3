import torch


class LinearRegression:
    def __init__(self, n_features):
        self.weights = torch.zeros(n_features, 1, requires_grad=True)
        self.bias = torch.zeros(1, requires_grad=True)

    def predict(self, X):
        return X @ self.weights + self.bias

    def fit(self, X, y, epochs=10, lr=0.01):
        for epoch in range(epochs):
            loss = torch.mean((self.predict(X) - y) ** 2)
            loss.backward()
            self.weights = self.weights - lr * self.weights.grad  # <- cause
            self.bias = self.bias - lr * self.bias.grad  # <- cause
            self.weights.grad.zero_()
            self.bias.grad.zero_()


model = LinearRegression(2)
model.fit(torch.randn(10, 2), torch.randn(10, 1))
