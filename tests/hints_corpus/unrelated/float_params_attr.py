lr = 0.1
lr.step()
