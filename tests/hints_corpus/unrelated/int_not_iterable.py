for epoch in 10:
    pass
