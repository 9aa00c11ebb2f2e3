"""Messages of modules and optimizers that alone say what is certain."""

# Key of the sentences, type, and what the message begins with; named groups fill the sentences.
MESSAGES = [
    ("params", TypeError, r"params argument given to the optimizer should be an iterable"),
    ("params", TypeError, r"optimizer can only optimize Tensors, but one of the params is"),
    (
        "closure",
        TypeError,
        r"(\w+\.)?step\(\) missing 1 required positional argument: 'closure'",
    ),
    ("param-twice", ValueError, r"some parameters appear in more than one parameter group"),
    (
        "super-init",
        AttributeError,
        r"cannot assign (module|parameter|buffer)s? before Module\.__init__\(\) call",
    ),
    (
        "super-init",
        AttributeError,
        r"'\w+' object has no attribute '_(modules|parameters|buffers|backward_hooks|"
        r"backward_pre_hooks|forward_hooks)'",
    ),
    (
        "holder",
        NotImplementedError,
        r"Module \[(?P<module>ModuleList|ModuleDict|ParameterList|ParameterDict)\] is missing",
    ),
    (
        "no-forward",
        NotImplementedError,
        r"Module \[(?P<module>\w+)\] is missing the required \"forward\" function",
    ),
    (
        "no-object",
        TypeError,
        r"(?P<method>[\w.]+\(\)) missing 1 required positional argument: 'self'",
    ),
    (
        "plateau",
        TypeError,
        r"ReduceLROnPlateau\.step\(\) missing 1 required positional argument: 'metrics'",
    ),
    ("no-optimizer", TypeError, r"(?P<kind>\w+) is not an Optimizer$"),
    ("buffer", TypeError, r"cannot assign '(?P<kind>[\w.]+)' object to buffer '(?P<name>\w+)'"),
    ("fan", ValueError, r"Fan in and fan out can not be computed for tensor with fewer than 2"),
    ("negative-rate", ValueError, r"Invalid learning rate: (?P<rate>-\S+)"),
    ("child-module", TypeError, r"cannot assign '\S+' as child module '(?P<name>\w+)'"),
]
