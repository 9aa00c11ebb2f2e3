"""How the miniature works, one idea a file; `torch` itself only collects the names."""
