import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.core.masking import MAY_HOLD_CONTACTS, mask_contacts, mask_numbers


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("电话13812345678谢谢", "13812345678"),
        ("电话 138-1234-5678", "5678"),
        ("打我手机+86 138 1234 5678", "1234"),
        ("0086-13812345678", "13812345678"),
        ("座机010-62345678", "62345678"),
        ("(021)62345678 转", "62345678"),
        ("0571 8765432", "8765432"),
        ("mail me: a.b+c@mail.example.co.uk please", "example"),
        ("邮箱zhang_wei@163.com。", "zhang_wei"),
        ("身份证11010519491231002X", "19491231"),
        ("卡号6222 0212 3456 7890 123", "7890"),
        ("4111-1111-1111-1111", "1111"),
        ("加微信 abc_12345 聊", "abc_12345"),
        ("微信号：wxid-88888", "wxid"),
        ("QQ12345678", "12345678"),
        ("qq号是 987654321", "987654321"),
        ("我的VX: hello_world", "hello_world"),
        ("车牌京A12345堵在门口", "12345"),
        ("粤B·D12345新能源", "D12345"),
        ("护照E12345678", "12345678"),
        ("我叫张伟，不满意", "张伟"),
        ("联系人:李晓明 请回电", "李晓明"),
        ("住在朝阳区建国路88号院3号楼1201室", "88号"),
        ("送到5栋2单元301室", "301"),
        ("call +44 20 7946 0958 now", "7946"),
        ("call (415) 555-0132", "0132"),
        ("415-555-0132", "0132"),
        ("My name is John Smith and", "Smith"),
        ("ask Mr. Johnson", "Johnson"),
        ("at 221 Baker Street", "Baker"),
        ("张伟先生态度好", "张伟"),
        ("王女士很耐心", "王"),
        ("会员号 12345678", "12345678"),
    ],
)
def test_contact_data_is_gone(text, secret):
    masked = mask_contacts(text)
    assert secret not in masked
    assert masked != text


@pytest.mark.parametrize(
    "text",
    [
        "等了3天，花了1280元，太贵",
        "订单2024年5月1日下的，5月10日才到",
        "客服热线400-820-8820打不通",
        "我叫了外卖，等了两个小时",
        "网速只有10.5Mbps，5G信号差",
        "10086客服态度不好",
        "评分8分，满分10分",
        "一位老先生帮了我，小姐姐也热情",
        "The price went from 1,299 to 1,499 in 2024-05-01 10:30",
        "Room 12 was dirty, 3 of 5 lights broken",
        "微信支付不好用",
        "用微信付款失败三次",
        "QQ音乐打不开",
        "版本号 10.15.7 闪退",
        "I am very happy with Street food",
        "沿着这条路88号公交车不来",
        "",
    ],
)
def test_what_is_no_contact_stays(text):
    assert mask_contacts(text) == text


@given(st.text())
def test_any_text_goes_through_and_twice_is_once(text):
    once = mask_contacts(text)
    assert mask_contacts(once) == once


@given(
    st.integers(13_000_000_000, 19_999_999_999),
    st.sampled_from(["电话{}", "{}", "tel:{} ok", "我{}的"]),
)
def test_no_mobile_number_survives(number, frame):
    assert str(number) not in mask_contacts(frame.format(number))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13812345678", "***"),
        ("其他〖微信 13812345678〗", "其他〖微信 ***〗"),
        ("zhang.wei@example.com", "***"),
        ("11010519491231002X", "***"),
        ("6222 0212 3456 7890", "***"),
        ("010-62345678", "***"),
        ("南京路100号店", "南京路100号店"),
        ("400-820-8820", "400-820-8820"),
        ("2024-01-01", "2024-01-01"),
        ("18-24岁", "18-24岁"),
        ("3000-5000元", "3000-5000元"),
        ("王先生", "王先生"),
    ],
)
def test_a_value_of_a_column_loses_numbers_that_name_a_person_and_no_more(value, shown):
    assert mask_numbers(value) == shown


PLAIN_SIGNS = [*"0123456789０1３@+-. ()a:：Z京沪号弄栋路街张王我"]
SIGNS = st.sampled_from(
    [*PLAIN_SIGNS, "先生", "我叫", "微信", "Mr ", "138", " Road", "my name is "]
)


@given(st.lists(SIGNS, max_size=24).map("".join))
def test_only_a_text_that_may_hold_contacts_is_changed(text):
    assert mask_contacts(text) == text or re.search(MAY_HOLD_CONTACTS, text)
