"""What the answer pages say themselves, in the languages we speak; others get English."""

from __future__ import annotations

from huiyin.core.text import EN, LANGUAGES, Text

WORDS = {
    "next": Text("下一页", "Next"),
    "back": Text("上一页", "Back"),
    "send": Text("提交", "Send"),
    "required": Text("必答", "required"),
    "page_of": Text("第 {page} 页，共约 {pages} 页", "Page {page} of about {pages}"),
    "na": Text("不适用", "Not applicable"),
    "agree": Text("同意", "I agree"),
    "tick_most": Text("最多选 {most} 项", "Choose at most {most}"),
    "tick_least": Text("至少选 {least} 项", "Choose at least {least}"),
    "tick_between": Text("选 {least}–{most} 项", "Choose {least} to {most}"),
    "tick_exactly": Text("选 {most} 项", "Choose {most}"),
    "rank_most": Text("选出前 {most} 位", "Rank your top {most}"),
    "choose": Text("请选择", "Please choose"),
    "other": Text("请写下来", "In your own words"),
    "place": Text("排第几", "Place"),
    "some_wrong": Text("有 {n} 处需要看一下", "Please take another look ({n})"),
    "more": Text(
        "根据您的回答，还有几道题。", "Because of your answers there are a few more questions."
    ),
    "thanks": Text("谢谢！您的回答已经收到。", "Thank you! We have received your answers."),
    "thanks_more": Text("我们会认真读每一条。", "We read every one of them."),
    "leads_on": Text("马上转到", "Taking you to"),
    "already": Text("您已经答过这份问卷了，谢谢！", "You have already answered this. Thank you!"),
    "again": Text("再答一份", "Answer again"),
    "screened": Text(
        "谢谢！这次的题目主要问另一部分客户，到这里就结束了。",
        "Thank you! This time the questions are for another group of customers, so that was all.",
    ),
    "full": Text(
        "谢谢！这一类客户的名额已经满了。",
        "Thank you! We already have enough answers from this group.",
    ),
    "closed": Text("这份问卷现在不收答卷。", "This questionnaire is not open at the moment."),
    "closed_more": Text(
        "如果您有话想说，请联系发给您链接的人。",
        "If there is something you want to tell us, please contact whoever sent you the link.",
    ),
    "stop": Text("以后不再给您发问卷？", "Stop receiving questionnaires?"),
    "stop_more": Text(
        "点下面的按钮后，我们不再向您的邮箱和手机发问卷。",
        "If you confirm, we send no more questionnaires to your e-mail address or phone.",
    ),
    "stop_yes": Text("不再接收", "Stop sending"),
    "stopped": Text(
        "好的，以后不再打扰您。", "Done. You will receive no more questionnaires from us."
    ),
    "nothing": Text("这个链接打不开问卷。", "This link does not open a questionnaire."),
    "nothing_more": Text("请检查链接是不是完整。", "Please check that the link is complete."),
    "stale": Text(
        "页面放得太久了，请再提交一次，您填的都还在。",
        "This page was open for a long time. Please send it once more: "
        "nothing you entered is lost.",
    ),
    "send_again": Text("再提交一次", "Send it again"),
    "slow_down": Text(
        "提交得太频繁，请过一分钟再试，您填的都还在。",
        "Too many answers at once. Please try again in a minute: nothing you entered is lost.",
    ),
    "not_kept": Text(
        "暂时存不下来，请稍后再提交一次。您填的都还在。",
        "Your answers could not be saved just now. Please send them again: "
        "nothing you entered is lost.",
    ),
    "human": Text(
        "请点一下确认，证明是您本人在答。", "Please tap once more to confirm that you are a person."
    ),
    "wait": Text(
        "请稍等几秒，再点一下确认。您填的都还在。",
        "Please wait a few seconds, then tap to confirm: nothing you entered is lost.",
    ),
    "confirm": Text("确认提交", "Confirm and send"),
    "privacy": Text("隐私说明", "Privacy"),
    "file_limits_image": Text("一张图片，最大 {n} MB", "One picture, at most {n} MB"),
    "file_limits_pdf": Text("一个 PDF，最大 {n} MB", "One PDF document, at most {n} MB"),
    "file_limits_image_pdf": Text(
        "一张图片或一个 PDF，最大 {n} MB", "One picture or PDF document, at most {n} MB"
    ),
    "file_kept": Text("已收到：{name}", "Received: {name}"),
    "file_remove": Text("不要这个文件了", "Remove this file"),
    "minutes": Text("约 {n} 分钟", "About {n} min"),
    "resumed": Text("接着上次继续", "Picking up where you left off"),
    "stars": Text("{n} 星", "{n} stars"),
    "of": Text("{n} 分", "{n}"),
}
_FACES = ("😡", "😞", "😕", "😐", "😊", "😃", "😍")
"""Of Unicode 6: what came later is an empty box on old phones and desks."""
_CHOICE = {2: (1, 4), 3: (1, 3, 5), 4: (0, 1, 4, 5), 5: (0, 1, 3, 4, 5), 7: (0, 1, 2, 3, 4, 5, 6)}


def word(key: str, language: str, **facts: object) -> str:
    """Say one of our words in a language; in English where we do not speak it."""
    text = WORDS[key].format(**facts) if facts else WORDS[key]
    return text.say(language if language in LANGUAGES else EN)


def how_many(kind: str, least: int, most: int | None, language: str) -> str:
    """Say how many options may be chosen; "" where any number may be."""
    if kind == "ranking":
        return word("rank_most", language, most=most) if most else ""
    if most is None:
        return word("tick_least", language, least=least) if least else ""
    if least == most:
        return word("tick_exactly", language, most=most)
    return word("tick_between" if least else "tick_most", language, least=least, most=most)


def face(level: int, points: int) -> str:
    """Give the face of a level, unhappy to happy."""
    chosen = _CHOICE.get(points)
    return _FACES[chosen[level - 1]] if chosen else str(level)
