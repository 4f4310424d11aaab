"""钉钉 scan sign-in.

The code comes back as ``authCode``. Anybody with a DingTalk account can scan: the scope asks for
the organisation, and another organisation's `corpId` is refused.

References
----------
open.dingtalk.com: 实现登录第三方网站, 获取用户 token (/v1.0/oauth2/userAccessToken),
获取用户通讯录个人信息 (/v1.0/contact/users/me).
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

LOGIN = "https://login.dingtalk.com"
API = "https://api.dingtalk.com"
_ACCEPTED = Text(
    "钉钉认这个应用。CorpId 要到第一次扫码时才验证得了。",
    "DingTalk accepts this application. The corp id is only tried at the first sign-in.",
)
_REFUSED = Text("钉钉没有确认您的身份。", "DingTalk did not confirm who you are.")
_OTHER_COMPANY = Text(
    "您选的不是本企业的钉钉组织。", "you chose an organisation that is not this company's."
)


class DingTalk:
    """钉钉."""

    id = "dingtalk"
    title = Text("钉钉扫码", "DingTalk")
    fields = (
        ProviderField("client_id", Text("Client ID（AppKey）", "client id (AppKey)")),
        ProviderField(
            "client_secret", Text("Client Secret（AppSecret）", "client secret"), secret=True
        ),
        ProviderField("corp_id", Text("企业 CorpId", "corp id")),
        ProviderField("login_base", Text("登录地址", "sign-in address"), default=LOGIN),
        ProviderField("api_base", Text("接口地址", "API address"), default=API),
        PRIVATE_FIELD,
        *COMMON_FIELDS,
    )

    def probe(self, config: Config, outgoing: Outgoing) -> Text:
        """Ask for the application's own token."""
        body = {"appKey": config["client_id"], "appSecret": config["client_secret"]}
        reply = outgoing.post_json(f"{config['api_base']}/v1.0/oauth2/accessToken", body)
        accepted(reply, self.title, "accessToken")
        return _ACCEPTED

    def start(self, config: Config, door: Door) -> str:
        """Give the page with the code to scan."""
        query = {
            "redirect_uri": door.redirect_uri,
            "response_type": "code",
            "client_id": config["client_id"],
            "scope": "openid corpid",
            "state": door.state,
            "prompt": "consent",
        }
        return with_query(f"{config['login_base']}/oauth2/auth", query)

    def finish(self, config: Config, door: Door, answer: Mapping[str, str]) -> OutsideIdentity:
        """Exchange the code for a token of the user, and ask who that is."""
        code = answer.get("authCode") or answer.get("code")
        if not code:
            raise SignInNotFinishedError(_REFUSED)
        base = config["api_base"] + "/v1.0"
        body = {
            "clientId": config["client_id"],
            "clientSecret": config["client_secret"],
            "code": code,
            "grantType": "authorization_code",
        }
        token = _good(door.outgoing.post_json(f"{base}/oauth2/userAccessToken", body))
        if token.get("corpId") != config["corp_id"]:
            raise SignInNotFinishedError(_OTHER_COMPANY)
        header = {"x-acs-dingtalk-access-token": str(token.get("accessToken", ""))}
        who = _good(door.outgoing.get(f"{base}/contact/users/me", headers=header))
        subject = str(who.get("unionId") or "")
        if not subject:
            raise SignInNotFinishedError(_REFUSED)
        return OutsideIdentity(
            self.id, subject, str(who.get("nick") or subject), email=who.get("email") or None
        )


def _good(reply: OutgoingReply) -> Mapping[str, Any]:
    body = reply.json()
    if not reply.good or not isinstance(body, dict):
        raise SignInNotFinishedError(_REFUSED)
    return body


PROVIDER = DingTalk()
