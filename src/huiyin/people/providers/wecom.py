"""企业微信 scan sign-in.

The code belongs to the application's own token: there is no token of the user. Success is
``errcode`` 0 inside HTTP 200. Only members have a `userid`; an outsider has an `openid`, and
does not come in.

References
----------
developer.work.weixin.qq.com: 企业微信登录组件 (98152), 获取 access_token (91039), 获取用户登录身份
(98176), 读取成员 (90196).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.connectors.contracts import OutgoingReply
from huiyin.connectors.outgoing import Outgoing, with_query
from huiyin.core.text import Text
from huiyin.people.contracts import OutsideIdentity, SignInNotFinishedError
from huiyin.people.provider import (
    COMMON_FIELDS,
    PRIVATE_FIELD,
    Config,
    Door,
    ProviderField,
    accepted,
)

LOGIN = "https://login.work.weixin.qq.com"
API = "https://qyapi.weixin.qq.com"
_ACCEPTED = Text("企业微信认这个企业 ID 和应用 Secret。", "WeCom accepts this corp id and secret.")
_REFUSED = Text("企业微信没有确认您的身份。", "WeCom did not confirm who you are.")
_OUTSIDER = Text("您不是这家企业的企业微信成员。", "you are no member of this company in WeCom.")


class WeCom:
    """企业微信."""

    id = "wecom"
    title = Text("企业微信扫码", "WeCom")
    fields = (
        ProviderField("corp_id", Text("企业 ID", "corp id")),
        ProviderField("agent_id", Text("应用 AgentId", "agent id")),
        ProviderField("secret", Text("应用 Secret", "secret of the application"), secret=True),
        ProviderField("login_base", Text("登录地址", "sign-in address"), default=LOGIN),
        ProviderField("api_base", Text("接口地址", "API address"), default=API),
        PRIVATE_FIELD,
        *COMMON_FIELDS,
    )

    def probe(self, config: Config, outgoing: Outgoing) -> Text:
        """Ask for the application's own token."""
        credentials = {"corpid": config["corp_id"], "corpsecret": config["secret"]}
        reply = outgoing.get(f"{config['api_base']}/cgi-bin/gettoken", credentials)
        accepted(reply, self.title, "access_token")
        return _ACCEPTED

    def start(self, config: Config, door: Door) -> str:
        """Give the page with the code to scan."""
        query = {
            "login_type": "CorpApp",
            "appid": config["corp_id"],
            "agentid": config["agent_id"],
            "redirect_uri": door.redirect_uri,
            "state": door.state,
        }
        return with_query(f"{config['login_base']}/wwlogin/sso/login", query)

    def finish(self, config: Config, door: Door, answer: Mapping[str, str]) -> OutsideIdentity:
        """Ask with the application's token who the code is of."""
        if not answer.get("code"):
            raise SignInNotFinishedError(_REFUSED)
        base, ask = config["api_base"] + "/cgi-bin", door.outgoing.get
        credentials = {"corpid": config["corp_id"], "corpsecret": config["secret"]}
        token = str(_good(ask(f"{base}/gettoken", credentials)).get("access_token", ""))
        query = {"access_token": token, "code": answer["code"]}
        who = _good(ask(f"{base}/auth/getuserinfo", query))
        userid = str(who.get("userid") or who.get("UserId") or "")
        if not userid:
            raise SignInNotFinishedError(_OUTSIDER)
        card = ask(f"{base}/user/get", {"access_token": token, "userid": userid}).json()
        # The name may be out of the application's reach: the identity holds without it.
        name = card.get("name") if isinstance(card, dict) and card.get("errcode") == 0 else None
        return OutsideIdentity(self.id, userid, str(name or userid), login=userid)


def _good(reply: OutgoingReply) -> Mapping[str, Any]:
    body = reply.json()
    if not reply.good or not isinstance(body, dict) or body.get("errcode", 0) != 0:
        raise SignInNotFinishedError(_REFUSED)
    return body


PROVIDER = WeCom()
