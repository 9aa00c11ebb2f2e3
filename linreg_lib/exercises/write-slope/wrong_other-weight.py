def slope(loss, w, j):
    moved = w.clone()
    moved[j - 1] += 0.001
    return (loss(moved) - loss(w)) / 0.001
