"""Where PyTorch keeps its classes: what `type(x)` and messages show of them."""

_HOMES = {
    "torch": "Tensor device dtype",
    "torch._C": "Generator",
    "torch.autograd.function": "Function",
    "torch.autograd.grad_mode": "enable_grad inference_mode no_grad set_grad_enabled",
    "torch.nn.modules.activation": "Mish SELU Softmin Softsign ELU GELU Hardtanh LeakyReLU LogSigmoid LogSoftmax ReLU ReLU6 SiLU Sigmoid "
    "Softmax Softplus Tanh",
    "torch.nn.modules.batchnorm": "BatchNorm1d",
    "torch.nn.modules.container": "ModuleDict ModuleList ParameterList Sequential",
    "torch.nn.modules.dropout": "Dropout",
    "torch.nn.modules.flatten": "Flatten",
    "torch.nn.modules.linear": "Identity Linear",
    "torch.nn.modules.loss": "BCELoss BCEWithLogitsLoss CrossEntropyLoss HuberLoss L1Loss MSELoss "
    "NLLLoss SmoothL1Loss",
    "torch.nn.modules.module": "Module",
    "torch.nn.modules.normalization": "LayerNorm",
    "torch.nn.modules.sparse": "Embedding",
    "torch.nn.parameter": "Parameter",
    "torch.optim.adagrad": "Adagrad",
    "torch.optim.adam": "Adam",
    "torch.optim.adamw": "AdamW",
    "torch.optim.lr_scheduler": "ConstantLR CosineAnnealingLR ExponentialLR LRScheduler LambdaLR "
    "LinearLR MultiStepLR OneCycleLR PolynomialLR ReduceLROnPlateau StepLR",
    "torch.optim.optimizer": "Optimizer",
    "torch.optim.rmsprop": "RMSprop",
    "torch.optim.sgd": "SGD",
    "torch.overrides": "TorchFunctionMode",
    "torch.utils.data.dataloader": "DataLoader",
    "torch.utils.data.sampler": "BatchSampler RandomSampler Sampler SequentialSampler "
    "SubsetRandomSampler WeightedRandomSampler",
    "torch.utils.data.dataset": "ConcatDataset Dataset IterableDataset Subset TensorDataset",
}


def settle(*namespaces) -> None:
    """Give the classes in these namespaces the modules that PyTorch has them in."""
    home = {name: module for module, names in _HOMES.items() for name in names.split()}
    for namespace in namespaces:
        for name, thing in list(vars(namespace).items()):
            if isinstance(thing, type) and name in home:
                thing.__module__ = home[name]
