def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    for i, p in enumerate(params):
        params[i] = p - 0.1 * p.grad
