"""Heads of the files of customers and clients, as their pages name the columns."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.core.text import Text

CUSTOMERS: Mapping[str, Text] = {
    "id": Text("客户编号", "Customer id"),
    "rows": Text("记录", "Rows"),
    "datasets": Text("数据集", "Datasets"),
    "first_on": Text("最早", "First"),
    "last_on": Text("最近", "Latest"),
    "client": Text("客户单位", "Account"),
    "fields": Text("联系方式", "Contact data"),
    "attributes": Text("特征", "Attributes"),
    "purpose": Text("用途", "Purpose"),
}
CLIENTS: Mapping[str, Text] = {
    "id": Text("回音编号", "Huiyin id"),
    "key": Text("客户单位编号", "Account key"),
    "name": Text("客户单位", "Account"),
    "tier": Text("等级", "Tier"),
    "contract": Text("合同", "Contract"),
    "contract_from": Text("合同日期", "Contract date"),
    "renewal_on": Text("续约日期", "Renewal"),
    "customers": Text("联系人数", "Number of contacts"),
    "owner": Text("负责人", "Owner"),
    "metric": Text("指标", "Metric"),
    "n": Text("份数", "n"),
    "estimate": Text("得分", "Score"),
    "low": Text("区间下限", "Interval from"),
    "high": Text("区间上限", "Interval to"),
    "not_estimable": Text("为什么没有数", "Why there is no number"),
    "difference": Text("与上一段比", "Against before"),
    "call": Text("判断", "Call"),
}
"""A list that is brought in again is read by the same heads; the number of contacts is none."""
