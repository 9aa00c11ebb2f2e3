class A:
    pass


a = A()
a.x = None
a.x.grad
