"""What stands in the way of a query: what there is not, what is open, what nothing explains."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from huiyin.ask import leftovers
from huiyin.ask.contracts import AskBack, Kind, Missing, Refusal, Understood, Why
from huiyin.ask.kinds import read_threshold, several_bounds
from huiyin.ask.meanings import CONTENT, RATED_TARGETS, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.saying import Said
from huiyin.ask.turns import SAYS_WHAT, STRONG_VOICES, SUPPOSES, drives, explained_by_form
from huiyin.ask.wording import ask_back, refuse
from huiyin.measure.contracts import Against

BOTH_TIMES = re.compile(
    r"同环比|同比环比|环同比"
    r"|比[上前去今本][^,，、比]{0,6}?[高低好差多少强弱][^比]{0,4}比[上前去今本]"
    r"|\bthan (?:last|the previous|a) (?P<step>\w+)"
    r".{1,30}\bthan (?:last|the previous|a) (?!(?P=step))"
)
"""比上月高、比去年低: two times at once."""
SETS_APART = re.compile(
    r"比一下|比一比|对比|比较一下|相比|pk\b|compare|versus|\bvs\b|\bst(?:and|ands|ood) out\b"
)
POINTS_BACK = re.compile(
    r"[那这](?:一?[个家间位])?(?:组|门店|店|大区|区|城市|省|渠道|网点|支行|坐席|柜员|店员|班组"
    r"|版本|行业|地方)(?!员|长)"
    r"|它们|它(?=为|怎|咋|的|家)|[他她那这]家(?!公司|店|门店)|[这那][几\d一二两三四五六七八九"
    r"十]+[个家位座]|人家|这些|这几|那几|他们|她们|\bthey\b|\bthese\b|\bthose\b|\bthem\b|\bthe"
    r"ir\b"
)
ONE_OF_THEM = re.compile(
    r"[那这]一?[个家间](?:组|门店|店|大区|区|城市|省|渠道|网点|支行|坐席|柜员|班组|版本|行业)("
    r"?!员|长)"
)
"""那个组, after two were compared: which of them is not said."""
WHERE_THEY_ARE = re.compile(r"(?:它们|他们|这些|这几|那几|那些).{0,6}(?:在|是|属于|归)(?:哪|谁)")
AVERAGE = re.compile(
    r"(?:比|高于|低于|超过|不如|大于|小于|达到|不到|没到)"
    r"(?:(?:全国|总体|整体|公司|门店)?(?:的)?(?:平均|均值|大盘|整体水平|水平)|(?:全国|总体|整"
    r"体)(?=的))"
    r"|平均(?:线|水平|值)?(?:以上|以下|之上|之下)"
    r"|[和跟与同](?:全国|总体|整体|公司|门店)?(?:的)?(?:平均|均值|大盘|整体水平).{0,3}(?:比|差"
    r"|[高低])"
    r"|(?:above|below|over|under|than|beats?|exceeds?|surpass(?:es)?|outperforms?|tops?)"
    r" (?:the |our )?(?:(?:national|company|overall|group|general|country) )?average"
)
THEME = re.compile(
    r"(?:说|嫌|提到?|聊到?|讲|谈到?|抱怨|吐槽|夸|骂)(?:过|到|了|我们|咱们?|店里)*(?:太|很|有点"
    r"|挺|好)*[贵慢脏乱吵挤]的"
)
TOLD_OF = re.compile(r"(?:夸|骂|吐槽|抱怨|嫌|表扬|批评|提到|聊到|说到|谈到)(?:过|了)?$")
PLACE_ASKED = re.compile(
    r"排(?:名|在|到)?(?:全国|公司|全公司|所有|大区|省|市)?(?:里|中|内)?第几|第几名|排(?:名)?多"
    r"少名?|什么名次|名次(?:是)?多少"
    r"|排(?:名|在|到)?第[二三四五六七八九十2-9]|(?<!前)第[二三四五六七八九2-9]名"
    r"|倒数第[二三四五六七八九2-9](?!名?到)|第[二三四五六七八九2-9](?:高|低|好|差|大|多|少|强|弱)"
    r"|\b(?:second|third|fourth|fifth|\d(?:nd|rd|th))[- ](?:to[- ]last|from|best|worst|highest"
    r"|lowest|biggest|largest|most|least|place)"
    r"|\bwhat (?:rank|place|position)\b|\b(?:where|how) (?:does|do|did) .{1,40} rank\b"
)
"""Which place one group has is not answered: the whole ranking is."""
BACK_TO = re.compile(
    r"(?:恢复|回升|回落|反弹|退回|跌回|涨回|升回|降回|掉回|重回|重返|追[平上]|赶上|回|达|涨|升"
    r"|跌|降|掉)"
    r"(?:到|至|了)*(?:没|没有)?$"
)
LEVEL = re.compile(
    r"(?:那|那时|那会儿?|同期|的时候)?的?(?:水平|水准|高度|位置|高点|低点|样子|状态|成绩)"
)
BACK_TO_EN = re.compile(
    r"\b(?:back|recovered|returned|rebounded|bounced back|fallen back|gone back)"
    r"(?: up| down| again)? (?:to|at|above|below)(?: the| its| our)?(?: levels? (?:of|in|from)"
    r"| where (?:it|we|they) (?:was|were|stood)(?: in| at)?)?(?: the)? ?$"
)
ANSWERS_BOUND = re.compile(
    r"(?:样本|答卷|评价|回答|回收|评论|问卷|填写|作答)(?:数量?|量|份数|人数|人|条数)?(?:是|在|都)?"
    r"(?:不足|不到|不满|少于|低于|小于|没到|没有|超过|大于|多于|高于|至少|达到|够|满)了?\d+(?!"
    r"分|星|%)"
    r"|\d+(?:份|条|个)(?:以上|以下)?(?:的)?(?:样本|答卷|评价|回答|评论|问卷)"
    r"|\b(?:fewer|less|more|at least|over|under|above|below|minimum)(?: than| of)? \d+ "
    r"(?:answers?|responses?|reviews?|ratings?|replies|surveys|respondents|interviews|samples)\b"
)
"""样本不足30的店不要: how many answers there are is no number that groups are picked by."""
IN_A_ROW = re.compile(
    r"(?:连续|接连|连着|一连|连)(?:了|的)?[\d两二三四五六七八九十几]+个?(?:月|周|星期|季度?|天|年)"
    r"(?:都|在|没|持续|一直)?[^,，]{0,8}?"
    r"(?:[涨跌升降掉滑低高]|下|上|变|恶化|改善|达标|不到|超过|进步|退步|垫底|倒数|领先)"
    r"|\b(?:\d+|two|three|four|five|six) (?:(?:month|week|quarter|day|year)s"
    r" (?:in a row|running|straight)|(?:consecutive|straight) (?:month|week|quarter|day|year)s)\b"
)
"""连续两个月下滑的店: each step of a series is looked at."""
EVER_REACHED = re.compile(
    r"(?:有没有|是否|曾经?|从来?没?有?|从未)[^,，]{0,6}(?:到|达到?|超过|破|跌[到破]|低于|高于|"
    r"突破|掉到)过\d"
)
"""NPS有没有到过60: each step of its course is looked at."""
AMONG_REASONS = re.compile(r"(?:原因|理由|缘由|因素)(?:里面?|中|当中|之中)[^,，]{1,10}占")
"""不满意的原因里价格占几成: reasons are not counted."""
KIND_LEFT = re.compile(
    r"\b(?:by|per|each|every|into) (?:type|kind|sort|level|category|group|class)\b(?! of)"
    r"|\b(?:all|every|different|various|how do) (?:levels|types|kinds|categories|classes)\b(?! of)"
)
"""Split by type: of what is not said."""
SPLIT_LEFT = re.compile(
    r"(?<![划部积得打评学满百十充区])分(?:类|组|层|群体?|级|块|拨|批)(?:别)?(?:来)?(?:看|统计|"
    r"展示|列|一下|对比|分析|汇报)"
    r"|按照?(?:不同)?(?:类型|类别|种类|分类|分组)(?:来)?[看分拆列统]|(?:拆[分开解细]|细分)(?:"
    r"来)?(?:看|一下)?(?:$|[,，的])"
    r"|下钻|钻取|^(?:细分|拆[分开解])(?:看|一下)|按(?:什么|啥)分"
)
"""分类看NPS, 满意度拆开看: of what is not said."""
SINCE_WHEN = re.compile(
    r"\b(?:since|from) (?:when|which|what)\b|^when (?:did|was|were"
    r"|has|have|is) .*\b(?:peak|bottom|top out|turn|start|begin|stop"
    r"|(?:at its )?(?:best|worst|highest|lowest)|ris|ros|fall|fell"
    r"|drop|improv|change|slip|cross|reach|go|went)"
)
"""When a number began to fall is read from its course."""
PLACES = re.compile(
    r"\b(?:rank(?:ed|s|ing)?|places?|positions?|numbers?) (?:from )?\d+(?:st|nd|rd|th)?"
    r" ?(?:to|-|–|through|and) ?\d"
)
"""Ranked 6 to 10: the middle of a ranking is not how many of an end."""
STEADIEST = re.compile(
    r"(?:最(?!近)|更|比较|比(?!例|率))[^,，最]{0,8}?平?稳(?!定流畅|住)|(?:哪|谁)[^,，]{0,16}平"
    r"?稳(?!定流畅|住)"
    r"|\b(?:more|most|least|less) (?:stable|steady|volatile|consistent)\b|\bsteadiest\b"
)
MANY_OR_FEW = re.compile(
    r"的(?:客人|顾客|客户|人|用户)?(?:占|有)?(?:多不多|多吗|多么|少不少|少吗|多还是少)"
)
"""嫌贵的多不多: how many they are is asked."""
REACHED = re.compile(
    r"到没到|达没达到|过没过|过了?\s*\d|(?:到|达到?|够|有|上|破)了?\s*[\d一二两三四五六七八九十]"
)
BOUND_OF_ROWS = re.compile(
    r"\d\s*(?:元|块钱?|万|千|分|%|成)?(?:以上|以下|以内|往上|往下)?的(?:客户|顾客|用户|客人|人"
    r"|会员|订单|单子|单)"
)
"""金额超过500的客户满意吗: the bound picks customers, no number has to reach it."""
WHO_REACHES = re.compile(
    r"^(?:so |and )?who (?:has|have|had|is|are|was|were|scores?|scored|gets?|got)\b|谁的|哪类客户"
)
"""Who has an NPS below 20, 谁的满意率不到七成: of which groups is not said."""
SHARED_OUT = ("是", "为", "有", "多少", "得", "打", "占", "拿", "几")
EACH = frozenset({"各", "各个", "每个", "各类", "各种", "每种", "每类", "by", "per", "each"})
GROUPED_BY = frozenset({"按", "按照", "各", "每个", "每", "分", "by", "per"})
TOP_N = re.compile(r"top (?:\d|two|three|five|ten)")
BOTTOM_N = re.compile(r"\b(?:bottom|worst|last|lowest|weakest) (?:\d|two|three|five|ten)|\d worst")
"""The lowest, top 5: how many there are."""
FIRST_N = re.compile(r"最[^前后,，和与]{1,4}的?[^前后和与]{0,6}[,，]?前(?:\d|[两三四五六七八九十])")
"""最慢的门店,前三个: how many of that end."""
WHO_SAYS = re.compile(
    r"\bwhat (?:do|does|did|have) (?:the |our )?$"
    r"|\b(?:comments?|complaints?|feedback|reviews?|words|remarks) (?:of|from|by) (?:the |our )?$"
)
"""Before who says something."""
COUNTS = frozenset({Kind.RANKING, Kind.THRESHOLD, Kind.COMPARE, Kind.WHY})
Doubt = AskBack | Refusal | None


class Doubting:
    """Checks one question after the other doubt; the first that holds is the answer."""

    def __init__(
        self,
        mentions: Mentions,
        said: Said,
        so_far: Understood,
        last: Understood | None,
        *,
        passing: bool = False,
    ) -> None:
        """Take what was read; words that nothing explains are left alone where `passing`."""
        self._passing = passing
        self._mentions = mentions
        self._said = said
        self._so_far = so_far
        self._last = last

    def doubt(self) -> Doubt:
        """Give the first doubt, if any."""
        checks: tuple[Callable[[], Doubt], ...] = (
            self._steadiest,
            self._bounds_answers,
            self._not_there,
            self._days,
            self._open_value,
            self._unclear,
            self._rating_as_group,
            self._unexplained,
            self._each_left,
        )
        return next((found for check in checks if (found := check())), None)

    def _steadiest(self) -> Doubt:
        """Tell NPS最稳定的大区: how much a number moves is no number that groups are ranked by."""
        columns = [m.column for m in self._said.metrics if m.metric]
        rated = any(column and column.startswith("稳定") for column in columns)
        if columns and not rated and STEADIEST.search(self._mentions.text):
            return ask_back(Missing.WHAT, self._so_far, self._mentions.text)
        return None

    def _bounds_answers(self) -> Doubt:
        """Tell 样本不足30的店不要."""
        answers = ANSWERS_BOUND.search(self._mentions.text)
        if answers is None or self._said.n_metrics == 0:
            return None
        return refuse(Why.NO_SUCH_METRIC, answers[0])

    def _not_there(self) -> Doubt:
        said = self._said
        missing = next((m.missing for m in said.metrics if m.missing), None)
        if missing:
            return refuse(Why.NO_SUCH_METRIC, missing)
        absent = leftovers.absent(self._mentions, has_metric=said.n_metrics > 0)
        supposes = SUPPOSES.search(self._mentions.text) and not drives(self._mentions)
        if supposes and (absent or said.named.missing):
            return refuse(Why.CAUSAL)
        if absent:
            placed = absent[0] is Why.NO_SUCH_VALUE and PLACE_ASKED.search(self._mentions.text)
            what = ask_back(Missing.WHAT, self._so_far, self._mentions.text)
            themed = self._mentions.says("voices") and not said.n_metrics
            theme = themed and leftovers.ABOUT.search(self._mentions.text.partition(absent[1])[0])
            return what if placed or theme else refuse(*absent)
        groups = said.kind not in {Kind.VOICES, Kind.DRIVERS} and not self._words_about()
        head = self._group_of_group()
        if head and groups:
            return refuse(Why.NO_SUCH_COLUMN, head)
        if said.named.missing and (groups or self._who_says() or self._of_what()):
            return refuse(*said.named.missing)
        return None

    def _who_says(self) -> bool:
        """Tell “what do women complain about”: who is not in the data, not what is said."""
        return self._said.kind is Kind.VOICES and any(
            token.first is not None
            and token.first.sort is Sort.NO_COLUMN
            and WHO_SAYS.search(self._mentions.text[: token.start])
            for token in self._mentions.tokens
        )

    def _of_what(self) -> bool:
        """Tell 影响报销满意度的因素: whose number it is, is not in the data."""
        return self._said.kind is Kind.DRIVERS and any(
            before.first is not None
            and before.first.sort is Sort.NO_COLUMN
            and token.of(Sort.METRIC) is not None
            and self._mentions.text[before.end : token.start] in {"", "的"}
            for before, token in pairwise(self._mentions.tokens)
        )

    def _group_of_group(self) -> str | None:
        """Find 店长 of 各店店长: who is asked for is not the shop."""
        for before, token in pairwise(self._mentions.tokens):
            first = token.first
            missing = first is not None and first.sort is Sort.NO_COLUMN
            gap = self._mentions.text[before.end : token.start]
            if missing and before.of(Sort.COLUMN) and gap in {"", "的"} and len(token.text) > 1:
                return token.text
        return None

    def _days(self) -> Doubt:
        if self._back_to_then():
            return ask_back(Missing.PERIOD, self._so_far)
        trouble = self._said.times.trouble
        if isinstance(trouble, Why):
            return refuse(trouble)
        if trouble and self._says_nothing_else():
            return ask_back(Missing.WHAT, Understood(), self._mentions.text)
        return ask_back(trouble, self._so_far) if trouble else None

    def _back_to_then(self) -> bool:
        """Tell 恢复到去年水平了吗: what is set beside last year is not said."""
        text = self._mentions.text
        told = [token for token in self._mentions.tokens if token.period is not None]
        return self._last is None and len(told) == 1 and bool(
            (BACK_TO.search(text[: told[0].start]) and LEVEL.match(text, told[0].end))
            or BACK_TO_EN.search(text[: told[0].start])
        )  # fmt: skip

    def _says_nothing_else(self) -> bool:
        said, named = self._said, self._said.named
        return not (said.metrics or named.values or named.by or self._last or said.kind)

    def _open_value(self) -> Doubt:
        if self._said.named.open_value is None:
            return None
        word, options = self._said.named.open_value
        shop = leftovers.place_goes_on(self._mentions, word)
        if shop:
            return refuse(Why.NO_SUCH_VALUE, shop)
        return ask_back(Missing.VALUE, self._so_far, word, options)

    def _each_left(self) -> Doubt:
        """Tell 各区: a grouping of which the column is not known."""
        mentions, named = self._mentions, self._said.named
        left = KIND_LEFT.search(mentions.text) or self._split_left()
        if left and not (self._so_far.by or named.open_column or named.missing):
            columns = tuple(mentions.vocabulary.values)
            return ask_back(Missing.COLUMN, self._so_far, left[0], columns)
        grouped = self._so_far.by or named.open_column or named.missing or self._so_far.grain
        if grouped or self._said.all_aspects or self._said.kind not in {None, Kind.NUMBER}:
            return None
        for at in mentions.saying("each"):
            token = mentions.tokens[at]
            after = mentions.tokens[at + 1] if at + 1 < len(mentions.tokens) else None
            content = after is not None and after.of(*CONTENT)
            apart = mentions.text.startswith(SHARED_OUT, token.end)
            if token.text in EACH and not content and not apart:
                return ask_back(
                    Missing.COLUMN, self._so_far, token.text, tuple(mentions.vocabulary.values)
                )
        return None

    def _split_left(self) -> re.Match[str] | None:
        """Find 分类看, where nothing else says what is split: no steps, no groups, no aspects."""
        told = self._so_far.grain or self._so_far.compare or self._said.all_aspects
        several = any(len(one.values) > 1 for one in self._so_far.where)
        several = several or len(self._so_far.metrics) > 1 or self._last is not None
        if told or several or self._said.kind not in {None, Kind.NUMBER}:
            return None
        return SPLIT_LEFT.search(self._mentions.text)

    def _unclear(self) -> Doubt:
        if self._other_side_left() and self._mentions.says("vague", "event"):
            return ask_back(Missing.PERIOD, self._so_far)  # 上个月和前阵子比
        if (
            self._words_about()
            or self._bound_left()
            or self._both_ends()
            or several_bounds(self._mentions)
            or self._counts_who()
            or self._both_times()
            or IN_A_ROW.search(self._mentions.text)
            or EVER_REACHED.search(self._mentions.text)
            or AMONG_REASONS.search(self._mentions.text)
            or self._other_side_left()
            or self._points_back()
            or self._drives_itself()
            or self._part_of_ranking()
            or PLACE_ASKED.search(self._mentions.text)
            or SINCE_WHEN.search(self._mentions.text)
        ):
            return ask_back(Missing.WHAT, self._so_far, self._mentions.text)
        return None

    def _words_about(self) -> bool:
        """Tell 客户怎么说交付: what was said about a theme cannot be picked out by rows."""
        ratings = any(m.bare and m.metric and m.column for m in self._said.metrics)
        text = self._mentions.text
        strong = STRONG_VOICES.search(text) is not None and self._mentions.says("voices")
        about = strong or SAYS_WHAT.search(text) is not None
        if about and self._theme_of_words():
            return True
        return bool(ratings and about and self._said.kind is None)

    def _theme_of_words(self) -> bool:
        """Tell 说我们贵的原话, 夸店员的评论: rows do not tell what the words are about."""
        mentions = self._mentions
        if THEME.search(mentions.text):
            return True
        named = (t.start for t in mentions.tokens if t.of(Sort.COLUMN))
        return any(TOLD_OF.search(mentions.text[:start]) for start in named)

    def _bound_left(self) -> bool:
        """Tell 低于平均: a bound without a number is none."""
        numbers = any(token.number is not None for token in self._mentions.tokens)
        plain = self._said.compare is None and self._said.kind is None
        if self._against_average():
            return True
        return self._mentions.says("lt", "gt", "ge", "le") and plain and not numbers

    def _against_average(self) -> bool:
        """Tell 比平均水平低的: which group is compared with all is not said."""
        named = any(one.operator == "=" for one in self._said.where)
        return not named and AVERAGE.search(self._mentions.text) is not None

    def _other_side_left(self) -> bool:
        """Tell 比一下: a comparison of which the other side is not said."""
        whole, said = self._so_far, self._said
        sides = whole.by or len(whole.metrics) > 1 or any(len(f.values) > 1 for f in whole.where)
        sides = sides or said.named.open_column is not None  # 各地满意度对比: of which is asked
        apart = said.kind in {None, Kind.NUMBER} and whole.compare is None and not sides
        told = SETS_APART.search(self._mentions.text) is not None
        than = self._mentions.says("than") and read_threshold(self._mentions) is None
        return apart and (told or than)

    def _counts_who(self) -> bool:
        """Tell 嫌贵的多不多: how many they are is no number of theirs."""
        plain = self._said.kind in {None, Kind.NUMBER} and not self._so_far.by
        share = self._mentions.says("share") or any(
            (m.metric or "").startswith(("share:", "satisfied", "dissatisfied"))
            for m in self._said.metrics
        )
        return plain and not share and MANY_OR_FEW.search(self._mentions.text) is not None

    def _points_back(self) -> bool:
        """Tell 为什么它们差: the groups of a ranking are pointed at, none is named."""
        if self._last is not None and WHERE_THEY_ARE.search(self._mentions.text):
            return True
        picked = self._last is not None and self._last.kind in {Kind.RANKING, Kind.THRESHOLD}
        two = self._last is not None and self._last.compare is not None
        two = two and self._so_far.compare is None and self._last_against_group()
        if two and ONE_OF_THEM.search(self._mentions.text):
            return True
        return (
            picked
            and self._said.kind in {Kind.WHY, Kind.VOICES, Kind.DRIVERS}
            and POINTS_BACK.search(self._mentions.text) is not None
        )

    def _last_against_group(self) -> bool:
        compare = self._last.compare if self._last else None
        return compare is not None and compare.against is Against.GROUP

    def _bound_of_one(self) -> bool:
        """Tell 解决率超过八成了吗: the one number answers it."""
        text = self._mentions.text
        asks = re.search(
            (
                r"到没到|达没达到|过没过|[吗么没](?=$|[,?？])|[?？]$|有没有|是否|是不是|了没有?|^("
                r"?:is|are|was|were|did|does|has|have)\b"
            ),
            text,
        )
        bound = read_threshold(self._mentions) is not None or REACHED.search(text)
        one = not self._so_far.by and self._said.n_metrics == 1
        return bool(asks and bound and one and not BOUND_OF_ROWS.search(text))

    def _drives_itself(self) -> bool:
        """Tell 是差评的主因吗: what drives a number is not found among its lowest answers only."""
        rated = {c.name for c in self._mentions.vocabulary.codebook.with_role(*RATED_TARGETS)}
        return self._said.kind is Kind.DRIVERS and any(
            one.column in rated for one in self._said.where
        )

    def _part_of_ranking(self) -> bool:
        """Tell 后20%: a part of all groups is not how many of them."""
        ranks = self._said.kind is Kind.RANKING and read_threshold(self._mentions) is None
        places = PLACES.search(self._mentions.text) is not None
        return ranks and (places or any(token.unit for token in self._mentions.tokens))

    def _both_times(self) -> bool:
        """Tell 同比和环比, 同环比: two comparisons at once."""
        mentions = self._mentions
        both = mentions.says("previous") and mentions.says("year_ago")
        return both or BOTH_TIMES.search(mentions.text) is not None

    def _both_ends(self) -> bool:
        """Tell 最高和最低: two rankings at once."""
        mentions = self._mentions
        best = [mentions.tokens[at] for at in mentions.saying("best")]
        only = len(best) == 1 and BOTTOM_N.search(mentions.text) is None
        counts = only and TOP_N.match(mentions.text, best[0].start) is not None
        counts = counts or (only and FIRST_N.search(mentions.text) is not None)
        both = bool(best) and mentions.says("worst") and not mentions.says("rank")
        return both and not counts

    def _rating_as_group(self) -> Doubt:
        """按产品: where that is a rating, there is no such group."""
        if self._mentions.says("rank", "grain_day"):
            return None
        if self._said.named.by and self._said.kind is Kind.RANKING:
            return None
        for before, token in pairwise(self._mentions.tokens):
            tells = before.says("each") and before.text in GROUPED_BY
            rated = token.first is not None and token.first.sort is Sort.RATING
            tells = tells and not self._mentions.text[: before.start].endswith(tuple("0123456789"))
            tells = tells and not AS_SCORE.match(self._mentions.text, token.end)
            if tells and rated and before.end >= token.start - 1:
                return refuse(Why.NO_SUCH_COLUMN, token.text)
        return None

    def _unexplained(self) -> Doubt:
        left = self._word_left() or self._number_left()
        if left is None:
            return None
        reason, word = left
        if reason in {Missing.WHAT, Why.NO_SUCH_COLUMN} and SUPPOSES.search(self._mentions.text):
            return refuse(Why.CAUSAL)
        if isinstance(reason, Why):
            return refuse(reason, word)
        return ask_back(reason, self._so_far, word)

    def _word_left(self) -> tuple[Missing | Why, str] | None:
        if self._passing:
            return None
        explained = explained_by_form(self._mentions)
        told = self._last is not None or bool(self._said.where or self._said.kind)
        has_metric = any(m.metric or m.column for m in self._said.metrics) or bool(
            self._last and self._last.metrics
        )
        left = leftovers.unexplained(self._mentions, explained, told=told, has_metric=has_metric)
        if left is None or left[0] is not Why.NO_SUCH_VALUE or has_metric:
            return left
        word = re.escape(left[1])
        most = rf"最[^近,，的]{{0,3}}{word}|{word}最[高低大小多少]"
        if not (left[1].startswith("最") or re.search(most, self._mentions.text)):
            return left  # 最火的店, 人气最高的店: by what is not said
        return (Missing.WHAT, left[1]) if self._said.kind is Kind.VOICES else None

    def _counts_groups(self, at: int) -> bool:
        """Tell 西南五个城市的满意度: each of them is shown."""
        after = self._mentions.near(at, 1)
        if after is not None and self._mentions.tokens[after].of(Sort.VALUE):
            after = self._mentions.near(after, 1)  # our 2 Harbin stores
        column = self._mentions.tokens[after].of(Sort.COLUMN) if after is not None else None
        if "." in self._mentions.tokens[at].text:
            return False
        return column is not None and column.columns[0] in self._so_far.by

    def _number_left(self) -> tuple[Missing | Why, str] | None:
        """Find a number that nothing took, as in 6.0版本: it is not left out in silence."""
        mentions, named = self._mentions, self._said.named
        ranks = self._last is not None and bool(self._last.rank or self._last.threshold)
        taken = {at for at, _ in named.values} | named.used
        if self._last is not None and POINTS_MEANT.fullmatch(mentions.text):
            return None
        if read_threshold(mentions) is not None and WHO_REACHES.search(mentions.text):
            return None
        listed = {float(len(one.values)) for one in self._said.where if len(one.values) > 1}
        listed |= {float(self._said.n_metrics)} if self._said.n_metrics > 1 else set()
        for at, token in enumerate(mentions.tokens):
            if token.number is None or at in taken:
                continue
            counts = self._said.kind in COUNTS or ranks
            counted = token.number in listed or mentions.counts_all(at) or self._counts_groups(at)
            if leftovers.touches_column(mentions, at) and not (counts and counted):
                return Why.NO_SUCH_VALUE, token.text
            if counted:
                continue
            if _of_time(mentions, at):
                return Missing.PERIOD, token.text
            if not counts and token.text not in SMALL_NUMBERS and not self._bound_of_one():
                return Missing.WHAT, token.text
        return None


AS_SCORE = re.compile(r"分(?![组析类布开别])|得分|打分|评分|分数")
"""按售后支持分: a number to go by, no groups."""
POINTS_MEANT = re.compile(
    r"(?:我)?(?:是说|指的?是?|说的?是|意思是|就是|是)?\s*[\d.]+\s*个?(?:百分)?点"
    r"|(?:i mean |i meant )?[\d.]+ (?:percentage )?points?"
)
"""8个点, where it was asked whether 8% are points or of the number."""
SMALL_NUMBERS = frozenset({"一", "one", "两"})
TIME_UNIT = re.compile(
    r"\s*(?:个?(?:月|星期|礼拜|季度?)|[天日周年号旬]|(?:day|week|month|quarter|year)s?\b)"
)


def _of_time(mentions: Mentions, at: int) -> bool:
    """Tell whether a number counts days or months that no period took."""
    after = mentions.tokens[at + 1] if at + 1 < len(mentions.tokens) else None
    if mentions.tokens[at].unit or (after is not None and after.period is not None):
        return False  # down 5% year on year, below 50 year to date
    return TIME_UNIT.match(mentions.text, mentions.tokens[at].end) is not None
