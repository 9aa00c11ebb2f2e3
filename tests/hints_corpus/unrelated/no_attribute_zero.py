class Counter:
    pass


Counter().zero()
