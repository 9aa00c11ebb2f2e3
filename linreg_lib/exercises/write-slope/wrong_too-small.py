def slope(loss, w, j):
    moved = w.clone()
    moved[j] += 1e-6
    return (loss(moved) - loss(w)) / 1e-6
