def slope(loss, w, j):
    before, here = loss(w), w[j].clone()
    w[j] += 0.002
    after = loss(w)
    w[j] = here
    return float(after - before) / 0.002
