from torch.utils.data import DataLoader, Dataset


class Data(Dataset):
    def __getitem__(self, i):
        return i


for batch in DataLoader(Data(), shuffle=True):
    pass
