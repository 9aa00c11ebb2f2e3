# Steps written from scratch, each with a silent mistake. A program begins at a line `#: name expected`;
# torch, nn, F, X (25, 2) and y (25, 1) are there; it leaves `step` and `params`, and may leave batch_size.
#: plus_equals uphill-step
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p += 0.05 * p.grad
            p.grad.zero_()


#: bias_uphill uphill-step
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    loss = ((X @ w + b - y) ** 2 / 2).sum() / len(X)
    loss.backward()
    with torch.no_grad():
        w.sub_(0.05 * w.grad)
        b.add_(0.05 * b.grad)
    w.grad = b.grad = None


#: negative_loss uphill-step
w, b = torch.randn(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = -((y - (X @ w + b)) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.03 * p.grad
            p.grad.zero_()


#: gradient_by_hand_wrong_sign uphill-step
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y).abs()).mean()
    loss.backward()
    for p in params:
        p.data = p.data + 0.05 * p.grad
        p.grad = None


#: mean_and_len divided-twice
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2 / 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.3 * p.grad / len(X)
            p.grad.zero_()


#: d2l_sgd_after_mean divided-twice
def linreg(X, w, b):
    return torch.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


batch_size = 10
w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    l = squared_loss(linreg(X, w, b), y).mean()
    l.backward()
    sgd([w, b], 0.03, batch_size)


#: loss_divided_by_len divided-twice
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = F.mse_loss(X @ w + b, y) / X.shape[0]
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
    for p in params:
        p.grad.zero_()


#: sum_divided_twice divided-twice
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    n = len(y)
    loss = ((X @ w + b - y) ** 2).sum() / n
    loss.backward()
    with torch.no_grad():
        for p in params:
            p.sub_(p.grad / n, alpha=0.5)
            p.grad.zero_()


#: elementwise_weights broadcast-n-n
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    y_hat = X * w.T + b
    loss = ((y_hat - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: flat_weights broadcast-n-n
w, b = torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    error = torch.mv(X, w) + b - y
    (error**2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad = None


#: row_minus_column broadcast-n-n
w, b = torch.zeros(1, 2, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = (y - (w @ X.T + b)).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: data_between data-bypass
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    w.data.clamp_(-0.5, 0.5)
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: decay_through_data data-bypass
w, b = torch.ones(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    for p in params:
        p.data = p.data * 0.99
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: cleared_before_use zero-before-step
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    for p in params:
        p.grad.zero_()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad


#: none_before_use zero-before-step
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    for p in params:
        p.grad = None
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= 0.1 * p.grad


#: sub_without_underscore rebind-loop-variable
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p.sub(0.1 * p.grad)
            p.grad.zero_()


#: bias_never_updated parameter-not-in-optimizer
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
    b.grad.zero_()


#: rounded_prediction loss-without-derivative
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    y_hat = torch.round(X @ w + b)
    loss = ((y_hat - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.1 * p.grad
            p.grad.zero_()


#: share_of_right_answers loss-without-derivative
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]
t = (y > 0).float()


def step(params, X, y):
    w, b = params
    correct = ((X @ w + b) > 0).float() == (y > 0)
    loss = 1 - correct.float().mean()
    loss.requires_grad_(True)
    loss.backward()
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= 0.1 * p.grad


#: number_in_the_prediction rebuilt-from-numbers
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    y_hat = X @ w + b.item()
    loss = ((y_hat - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= 0.1 * p.grad
                p.grad.zero_()


#: loss_from_its_number item-then-backward
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean().item()
    loss = torch.tensor(loss, requires_grad=True)
    loss.backward()
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= 0.1 * p.grad


#: detached_loss no-grad-forward
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).mean().detach()
    loss.requires_grad = True
    loss.backward()
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= 0.1 * p.grad


#: never_cleared forgotten-zero
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    loss = ((torch.mm(X, w) + b - y) ** 2).sum() / len(X)
    loss.backward()
    w.data -= 0.01 * w.grad.data
    b.data -= 0.01 * b.grad.data
    return loss.item()


#: only_weights_cleared zero-one-of-two
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(X, y):
    global w, b
    if w.grad is not None:
        w.grad.zero_()
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        b -= 0.01 * b.grad


#: decay_instead_of_step weight-decay-typo
w, b = torch.ones(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        w -= 0.1 * w
        b -= 0.1 * b.grad
        w.grad.zero_()
        b.grad.zero_()


#: rate_of_five lr-too-large
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in params:
            p -= 5 * p.grad
            p.grad.zero_()


#: sum_with_a_rate_for_means lr-too-large
w, b = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
params = [w, b]


def step(params, X, y):
    w, b = params
    loss = ((X @ w + b - y) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p.copy_(p - 0.3 * p.grad)
            p.grad.zero_()
