match = None
match.group(0)
