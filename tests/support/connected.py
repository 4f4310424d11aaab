"""A small survey, and the token of somebody who may ask about it."""


def write_survey(path):
    """Write a survey of 240 customers, in which 华南 is less happy."""
    lines = ["编号,答题时间,大区,客户,总体满意度,服务满意度"]
    for i in range(240):
        region = ("华东", "华南", "华北")[i % 3]
        level = 5 - (i * 7 % 11 > 6) - (region == "华南") * (1 + i % 2)
        lines.append(
            f"{i},2025-0{1 + i % 3}-{1 + i % 27:02d} 10:00,{region},K{i:04d},{level},{5 - i % 3}"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def token_of(browser, *scope, **limits):
    """Make a token as its owner does on the page; gives the secret."""
    body = {"name": "脚本", "scope": list(scope), **limits}
    made = browser.post("/api/v1/tokens", json=body)
    assert made.status_code == 201, made.text
    return made.json()["secret"]
