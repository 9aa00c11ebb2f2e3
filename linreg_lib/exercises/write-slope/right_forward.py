def slope(loss, w, j):
    h = 0.001
    moved = w.clone()
    moved[j] += h
    return (loss(moved) - loss(w)) / h
