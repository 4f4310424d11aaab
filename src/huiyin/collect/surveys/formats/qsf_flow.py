"""The flow of a Qualtrics file: in which order its blocks are asked, and what else it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huiyin.collect.surveys.formats.drafts import LEFT_QUOTA, plain
from huiyin.core.text import Text

Payload = Mapping[str, Any]
_ASKS = frozenset({"Root", "Block", "Standard", "Default", "Branch", "Group", "None"})
_PARTS = {
    "BlockRandomizer": Text("随机分组", "a randomizer"),
    "Randomizer": Text("随机分组", "a randomizer"),
    "EmbeddedData": Text("内嵌数据", "embedded data"),
    "EndSurvey": Text("提前结束", "an early end"),
    "WebService": Text("网络服务", "a web service"),
    "Authenticator": Text("身份验证", "an authenticator"),
    "QuotaCheck": Text("配额检查", "a quota check"),
}
_LEFT_PART = Text("流程里的{what}没有带过来。", "{what} in the flow was left behind.")
_LEFT_OUT = Text(
    "“{q}”没有带过来：它不在问卷流程里。", "“{q}” was left behind: it stands nowhere in the flow."
)
_LEFT_UNKNOWN = Text(
    "“{block}”里有 {n} 处指向文件里没有的题，已略过。",
    "“{block}” names {n} questions that the file does not have; they were passed over.",
)
_LEFT_TWICE = Text(
    "题号“{q}”在文件里出现了几次，只带过来最后一道。",
    "The number “{q}” stands for several questions; only the last of them was carried over.",
)


def flow_of(elements: Sequence[Any]) -> Iterator[tuple[Payload, tuple[object, ...]]]:
    """List the parts of the flow in order, each with the conditions of its branches."""
    for element in elements:
        if not isinstance(element, dict) or element.get("Element") != "FL":
            continue
        waiting: list[tuple[Any, tuple[object, ...]]] = [(element.get("Payload"), ())]
        while waiting:
            part, logics = waiting.pop()
            if not isinstance(part, dict):
                continue
            if part.get("Type") == "Branch" and "BranchLogic" in part:
                logics = (*logics, part["BranchLogic"])
            yield part, logics
            inside = part.get("Flow")
            if isinstance(inside, list):
                waiting += [(one, logics) for one in reversed(inside)]


def branches_of(elements: Sequence[Any]) -> dict[str, list[object]]:
    """Give, by block, the conditions of the branches that it stands in."""
    found: dict[str, list[object]] = {}
    for part, logics in flow_of(elements):
        if part.get("ID") is not None:
            found.setdefault(str(part["ID"]), list(logics))
    return found


def blocks_of(elements: Sequence[Any]) -> list[Payload]:
    """List the blocks as the flow asks them; as they stand where the file has no flow."""
    listed = list(_blocks(elements))
    order = {name: place for place, name in enumerate(branches_of(elements))}
    if not any(str(block.get("ID")) in order for block in listed):
        return listed
    asked = [block for block in listed if str(block.get("ID")) in order]
    return sorted(asked, key=lambda block: order[str(block.get("ID"))])


def _blocks(elements: Sequence[Any], *, thrown: bool = False) -> Iterator[Payload]:
    """List the blocks, or those of deleted questions: nobody misses them."""
    for element in elements:
        if isinstance(element, dict) and element.get("Element") == "BL":
            payload = element.get("Payload")
            blocks = list(payload.values()) if isinstance(payload, dict) else payload
            for block in blocks if isinstance(blocks, list) else ():
                if isinstance(block, dict) and (block.get("Type") == "Trash") == thrown:
                    yield block


def names_in(block: Payload) -> list[str]:
    """List the questions that a block names."""
    inside = block.get("BlockElements")
    return [
        str(one["QuestionID"])
        for one in (inside if isinstance(inside, list) else ())
        if isinstance(one, dict) and one.get("QuestionID") is not None
    ]


def left_of_flow(elements: Sequence[Any], asked: Mapping[str, Payload]) -> Iterator[Text]:
    """Say what of blocks, flow and quotas has no place in a questionnaire of ours."""
    kinds = dict.fromkeys(str(part.get("Type")) for part, _ in flow_of(elements))
    for kind in kinds:
        if kind not in _ASKS:
            yield _LEFT_PART.format(what=_PARTS.get(kind, Text.same(f"“{kind[:40]}”")))
    named: set[str] = set()
    for block in blocks_of(elements):
        unknown = sum(name not in asked for name in names_in(block))
        named.update(names_in(block))
        if unknown:
            name = plain(block.get("Description")) or str(block.get("ID"))
            yield _LEFT_UNKNOWN.format(block=name[:60], n=unknown)
    thrown = {name for block in _blocks(elements, thrown=True) for name in names_in(block)}
    for name, payload in asked.items():
        if name not in named and name not in thrown:
            yield _LEFT_OUT.format(q=plain(payload.get("QuestionText"))[:60] or name)
    yield from _doubled(elements)


def _doubled(elements: Sequence[Any]) -> Iterator[Text]:
    seen: set[str] = set()
    for element in elements:
        if not isinstance(element, dict):
            continue
        name, payload = str(element.get("PrimaryAttribute")), element.get("Payload")
        if element.get("Element") == "QO" and isinstance(payload, dict):
            yield LEFT_QUOTA.format(q=plain(payload.get("Name"))[:60] or name[:60])
        if element.get("Element") == "SQ":
            if name in seen:
                yield _LEFT_TWICE.format(q=name[:60])
            seen.add(name)
