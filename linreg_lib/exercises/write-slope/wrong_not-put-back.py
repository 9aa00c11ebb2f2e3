def slope(loss, w, j):
    before = loss(w)
    w[j] += 0.001
    return (loss(w) - before) / 0.001
