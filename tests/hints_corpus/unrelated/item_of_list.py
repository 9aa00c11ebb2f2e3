losses = [1.0, 2.0]
losses.item()
