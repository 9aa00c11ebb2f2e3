def slope(loss, w, j):
    moved = w.clone()
    moved[j] += 0.001
    return loss(moved) - loss(w)
