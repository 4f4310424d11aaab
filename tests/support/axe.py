"""What axe-core finds on a page (WCAG 2.2 AA), and pages that are wider than the screen."""

import json

AXE = "frontend/node_modules/axe-core/axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that a change of look alone can break."""


def faults_of(page, axe, *, colours_only=False):
    """Run axe; gives one line for each fault, and one where the page is wider than the screen."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    rules = {"type": "rule", "values": COLOURS} if colours_only else LEVELS
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    found = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    nodes = [(one["id"], node) for one in found for node in one["nodes"]]
    faults = [f"{rule}: {node['target']} {node['html'][:160]}" for rule, node in nodes]
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return faults + (["wider than the screen"] if page.evaluate(wide) > 0 else [])
