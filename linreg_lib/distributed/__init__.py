"""Training in several processes, each with its own rows (book: Beyond, Several processes).

PyTorch's `torch.distributed` carries the numbers: gloo between CPUs, nccl between GPUs. From a
shell:

    torchrun --nproc-per-node 2 -m linreg_lib.distributed --num-examples 1000000
"""

from linreg_lib.distributed.group import process_group
from linreg_lib.distributed.training import train

__all__ = ["process_group", "train"]
