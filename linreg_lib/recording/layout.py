"""Places for the nodes of a graph that grows and shrinks: layers from left to right.

Leaves stand in layer 0. Nodes that belong together form a component; components that live at the
same time stand below each other, others may follow in the same place. So a node never moves while
it is shown. Units: one layer, one row.
"""

import itertools
import math

LONGEST_ROUTED = 12  # longer edges are drawn straight
SWEEPS = 6
MANY = 2000  # items in one component: more are not arranged, for nobody could read them
TWINS_APART = 0.2  # rows between edges that join the same two nodes


def place(nodes, edges, lives):
    """Compute places for nodes and routes for edges.

    Args:
        nodes: {id: {"kind": "leaf" | "operation", ...}} in the order of their birth.
        edges: {(from, slot): to}; from computed from to, so that to is further left.
        lives: {id: (first, last)} step at which the node is present.

    Returns:
        {id: (layer, row)}, {(from, slot): [(layer, row), ...]} and (layers, rows) of the drawing.
    """
    inputs = {label: [] for label in nodes}
    for (source, _), target in edges.items():
        inputs[source].append(target)
    leaves = [label for label in nodes if nodes[label]["kind"] == "leaf"]
    leaves.sort(key=lambda label: int(label[1:]))  # in the order of their tensors
    slots = _share({label: lives[label] for label in leaves})
    places = {label: (0, float(slots[label])) for label in leaves}
    height = 1 + max(slots.values(), default=-1)
    groups = _components(nodes, inputs)
    drawn = [_Component(group, inputs, edges, places) for group in groups]
    spans = {
        i: (min(lives[n][0] for n in c.nodes), max(lives[n][1] for n in c.nodes))
        for i, c in enumerate(drawn)
    }
    bands = _share(spans)
    heights = {}
    for i, component in enumerate(drawn):
        heights[bands[i]] = max(heights.get(bands[i], 0), component.height)
    tops, total = {}, 0.0
    for band in sorted(heights):
        tops[band] = total
        total += heights[band]
    routes = {}
    for i, component in enumerate(drawn):
        component.put(tops[bands[i]], places, routes)
    layers = 1 + max((layer for layer, _ in places.values()), default=-1)
    return places, routes, (layers, math.ceil(100 * max(height, total)) / 100)


def _share(spans) -> dict:
    """Give each span (first, last) the lowest number that is free all the while."""
    taken, numbers = [], {}
    for key, (first, last) in sorted(spans.items(), key=lambda item: item[1]):
        number = next((i for i, end in enumerate(taken) if end < first), len(taken))
        taken[number : number + 1] = [last]
        numbers[key] = number
    return numbers


def _components(nodes, inputs) -> list[list]:
    """Group the operations that are joined by edges, leaves left out."""
    parent = {label: label for label in nodes}

    def find(label):
        while parent[label] != label:
            parent[label] = parent[parent[label]]
            label = parent[label]
        return label

    for label, targets in inputs.items():
        for target in targets:
            if nodes[label]["kind"] != "leaf" and nodes[target]["kind"] != "leaf":
                parent[find(label)] = find(target)
    groups = {}
    for label in nodes:
        if nodes[label]["kind"] != "leaf":
            groups.setdefault(find(label), []).append(label)
    return list(groups.values())


class _Component:
    """One component: layers, order within each layer, rows."""

    def __init__(self, group, inputs, edges, leaf_places):
        self.nodes = group
        self.layer = _layers(group, inputs)
        self.rows = {}  # of nodes and of bends, relative to the component's top
        self.twins = {}  # (from, to) -> its edges
        self.paths = {}  # edge -> chain of items from its left end to its right end
        self.columns = [[] for _ in range(max(self.layer.values()) + 1)]
        for label in group:
            self.columns[self.layer[label]].append(label)
        members = set(group)
        for edge, target in edges.items():
            if edge[0] in members:
                self._route(edge, target, leaf_places)
        self._arrange()

    def _route(self, edge, target, leaf_places):
        """Bend a long edge at each layer that it crosses, so that it avoids the boxes there."""
        twin = self.twins.setdefault((edge[0], target), [])
        twin.append(edge)
        if len(twin) > 1:  # `w * w` has two edges: they run side by side
            self.paths[edge] = self.paths[twin[0]]
            return
        if target in leaf_places:
            self.rows[target] = leaf_places[target][1]
        left, right = self.layer.get(target, 0), self.layer[edge[0]]
        path = [target]
        if right - left <= LONGEST_ROUTED:
            for layer in range(left + 1, right):
                bend = (edge, layer)
                self.columns[layer].append(bend)
                path.append(bend)
        self.paths[edge] = [*path, edge[0]]

    def _arrange(self):
        for column in self.columns:
            self.rows.update({item: float(i) for i, item in enumerate(column)})
        if sum(map(len, self.columns)) <= MANY:
            self._sweep()
        own = [self.rows[item] for column in self.columns for item in column]
        self.top, self.height = min(own), max(own) - min(own) + 1

    def _sweep(self):
        """Move each item near the middle of its neighbors, from left to right and back."""
        before, after = {}, {}
        for path in self.paths.values():
            for a, b in itertools.pairwise(path):
                before.setdefault(b, []).append(a)
                after.setdefault(a, []).append(b)
        turns = [(self.columns, before), (self.columns[::-1], after)] * (SWEEPS // 2)
        for columns, neighbors in turns:  # the order within each column
            for column in columns:
                wish = self._wish(column, neighbors)
                column.sort(key=wish.__getitem__)
                self.rows.update({item: float(i) for i, item in enumerate(column)})
        for columns, neighbors in turns:  # the rows, not too near each other
            for column in columns:
                self._space(column, self._wish(column, neighbors))

    def _wish(self, column, neighbors) -> dict:
        wish = {}
        for item in column:
            rows = [self.rows[n] for n in neighbors.get(item, ())]
            wish[item] = sum(rows) / len(rows) if rows else self.rows[item]
        return wish

    def _space(self, column, wish):
        down, up = [], []
        for item in column:
            above = column[len(down) - 1]
            down.append(max(wish[item], down[-1] + _gap(above, item)) if down else wish[item])
        for item in reversed(column):
            below = column[-len(up)] if up else None
            up.append(min(wish[item], up[-1] - _gap(item, below)) if up else wish[item])
        for item, a, b in zip(column, down, reversed(up), strict=True):
            self.rows[item] = (a + b) / 2  # halfway between both, and still far enough apart

    def put(self, top, places, routes):
        """Write places and routes, with the component's first row at `top`."""
        shift = top - self.top
        for label in self.nodes:
            places[label] = (self.layer[label], round(self.rows[label] + shift, 2))
        for edge, path in self.paths.items():
            together = self.twins[edge[0], path[0]]
            aside = TWINS_APART * (together.index(edge) - (len(together) - 1) / 2)
            points = [
                places[item]
                if not isinstance(item, tuple)
                else (item[1], round(self.rows[item] + shift, 2))
                for item in reversed(path)
            ]
            routes[edge] = [(layer, round(row + aside, 2)) for layer, row in points]


def _gap(upper, lower) -> float:
    """Return the rows between two neighbors of a column: bends need less room than boxes."""
    bends = isinstance(upper, tuple) + isinstance(lower, tuple)
    return (1.0, 0.7, 0.4)[bends]


def _layers(group, inputs) -> dict:
    """Number the layers: right of all inputs, then as far right as the first use allows."""
    members = set(group)
    users = {label: [] for label in group}
    waiting = {}
    for label in group:
        targets = [t for t in inputs[label] if t in members]
        waiting[label] = len(targets)
        for target in targets:
            users[target].append(label)
    order = [label for label in group if waiting[label] == 0]
    for label in order:  # grows while we walk
        for user in users[label]:
            waiting[user] -= 1
            if waiting[user] == 0:
                order.append(user)
    layer = {}
    for label in order:
        layer[label] = 1 + max((layer.get(t, 0) for t in inputs[label]), default=0)
    for label in reversed(order):
        if users[label]:
            layer[label] = min(layer[user] for user in users[label]) - 1
    return layer
