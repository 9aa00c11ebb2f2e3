raise TypeError("unsupported operand type(s) for *: 'float' and 'NoneType'")
