"""What each role means, in words."""

from huiyin.codebook.contracts import Role
from huiyin.core.text import Text

ROLE_TEXT: dict[Role, Text] = {
    Role.ID: Text("一份答卷的编号", "number of one answer sheet"),
    Role.TIME: Text("作答或发生的时间", "when it was answered, or happened"),
    Role.CUSTOMER: Text(
        "客户编号，同一人多次作答靠它认出", "customer: tells who answered repeatedly"
    ),
    Role.ACCOUNT: Text("客户单位", "customer's company"),
    Role.WEIGHT: Text("抽样权重", "survey weight"),
    Role.STRATA: Text("抽样分层", "sampling stratum"),
    Role.CLUSTER: Text("抽样群", "sampling cluster"),
    Role.NPS: Text("推荐可能性 0–10", "likelihood to recommend, 0–10"),
    Role.CSAT: Text("对某次服务或某件事的满意度", "satisfaction with one contact or thing"),
    Role.CES: Text("费力度", "customer effort"),
    Role.OVERALL: Text("总体满意度（单题）", "overall satisfaction, one question"),
    Role.INTENT: Text("意愿：再买、续约", "intent: to buy again, to renew"),
    Role.OUTCOME: Text("实际结果：复购、流失、投诉", "outcome: bought again, churned, complained"),
    Role.ASPECT: Text("满意度维度的评分", "rating of one aspect"),
    Role.DIMENSION: Text("分组用的属性", "attribute to group by"),
    Role.UNIT: Text("组织单位：门店、部门、地区", "unit: shop, department, region"),
    Role.STAFF: Text("员工", "member of staff"),
    Role.CHANNEL: Text("渠道", "channel"),
    Role.PRODUCT: Text("产品", "product"),
    Role.STAGE: Text("环节", "stage"),
    Role.TOUCHPOINT: Text("触点", "touchpoint"),
    Role.ORDER: Text("订单号", "order number"),
    Role.TICKET: Text("工单号", "ticket number"),
    Role.STATUS: Text("状态", "status"),
    Role.OPENED: Text("发起时间", "when it was opened"),
    Role.FIRST_RESPONSE: Text("首次响应时间", "when it was first answered"),
    Role.RESOLVED: Text("解决时间", "when it was resolved"),
    Role.PROMISED: Text("承诺时间", "when it was promised for"),
    Role.DELIVERED: Text("交付时间", "when it was delivered"),
    Role.AMOUNT: Text("金额", "amount of money"),
    Role.CURRENCY: Text("币种", "currency"),
    Role.COST: Text("成本", "cost"),
    Role.TEXT: Text("开放题原话", "open text"),
    Role.CHOICE_SET: Text("多选题", "multiple choice"),
    Role.CONTACT: Text("联系方式，一律遮盖", "contact data, always masked"),
    Role.DURATION: Text("用时", "duration"),
    Role.META: Text("其他信息，不参与计算", "other facts, not computed with"),
    Role.IGNORE: Text("不用的列", "not used"),
}
