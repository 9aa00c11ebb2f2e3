def gradients(X, y, w, b):
    error = X @ w + b - y
    grad_w = (error * X).sum(dim=0).reshape(w.shape)
    grad_b = error.sum().reshape(b.shape)
    return grad_w, grad_b
