import torch

torch.nn.Linear(2, 1).load_state_dict({})
