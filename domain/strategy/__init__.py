"""What a unit wants: its mission and vision, long-term goals, themes, and the map of its strategic objectives.

Words: a **perspective** is a point of view from which a group looks at itself (finance, customers, processes,
learning); a **theme** is a direction with its declared weight; a **strategic objective** stands in one perspective and
one theme; a **causal link** says that one leads to another, with a sign, a lag and a hypothesis; an **intent** says
why, what changes and what we will not do, in versions.
"""
