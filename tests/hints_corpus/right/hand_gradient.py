def step(params, X, y):
    w, b = params
    error = X @ w.detach() + b.detach() - y
    w.data -= 0.1 * X.T @ error / len(X)
    b.data -= 0.1 * error.mean(0)
