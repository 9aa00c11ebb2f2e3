"""Drawings of a graph: no other program needed, text escaped, nothing said by color alone."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import torch

from linreg_lib.autograd import autograd_graph

SVG = "{http://www.w3.org/2000/svg}"


def loss_graph(backward=False, name="l"):
    w = torch.ones(2, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    loss = ((torch.ones(3, 2) @ w + b) ** 2).sum()
    if backward:
        loss.backward()
    return autograd_graph(w=w, b=b, **{name: loss})


def texts(svg):
    return [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_drawing_is_well_formed_and_says_what_it_shows():
    svg = loss_graph().to_svg("The model's loss")
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "The model's loss"
    assert root.find(f"{SVG}desc").text == "4 operations, from left to right, computed from w, b."
    assert {"w", "b", "l", "MmBackward0", "(3, 1)", "saves self", "grad: none"} <= set(texts(svg))
    assert len(root.findall(f"{SVG}path")) == 5  # one for each edge


def test_freed_is_said_in_words():
    svg = loss_graph(backward=True).to_svg()
    assert texts(svg).count("freed: self") == 2
    assert texts(svg).count("grad: value") == 2
    assert "The saved tensors of 2 of them are freed." in svg


def test_stale_is_said_in_words():
    w = torch.ones(2, requires_grad=True)
    loss = (w**2).sum()
    with torch.no_grad():
        w.add_(1)
    assert "stale: self" in texts(autograd_graph(loss=loss).to_svg())


def test_colors_follow_the_page_and_have_a_fallback():
    svg = loss_graph().to_svg()
    assert "var(--lr-ink, var(--pst-color-text-base, var(--jp-ui-font-color1, #" in svg
    assert " id=" not in svg  # ids would clash when a page shows two drawings


def test_a_name_is_never_markup():
    graph = loss_graph(name="<img src=x onerror=alert(1)>&\"'")
    assert "<img" not in graph._repr_html_()
    assert "<img src=x onerror=alert(1)>&\"'" in texts(graph.to_svg())


def test_in_a_notebook_a_table_says_the_same():
    html = loss_graph(backward=True)._repr_html_()
    assert "<svg" in html and "<table>" in html
    assert "<td>MmBackward0</td><td></td><td>self freed, mat2 none</td>" in html
    assert "AccumulateGrad of w" in html


def test_nothing_to_draw_and_too_much_to_draw():
    none = autograd_graph(X=torch.ones(2))
    assert "No graph" in none.to_svg() and "No graph" in none._repr_html_()
    x = torch.ones(1, requires_grad=True)
    for _ in range(300):
        x = x * 2
    graph = autograd_graph(x=x)
    assert texts(graph.to_svg()) == ["301 nodes: too many to draw (at most 200)."]


def test_matplotlib_is_not_loaded():
    code = "import sys, linreg_lib.autograd; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
