raise RuntimeError("saw: element 0 of tensors does not require grad and does not have a grad_fn")
