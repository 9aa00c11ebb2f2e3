"""What Colab has and the book's environment has not: old packages, to stand before newer ones."""

# IPython 9 needs some of these no more.
IPYTHON = ["ipython==7.34.0", "ipykernel==6.17.1", "backcall==0.2.0", "pickleshare==0.7.5"]
IPYTHON += ["decorator==5.1.1", "nest-asyncio==1.6.0"]
IPYWIDGETS = ["ipywidgets==7.7.1", "ipython_genutils==0.2.0"]
