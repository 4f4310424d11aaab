"""飞书 scan sign-in: OAuth 2.0 with PKCE; success is ``code`` 0 in the body.

References
----------
open.feishu.cn: 获取授权码 (accounts.feishu.cn/open-apis/authen/v1/authorize),
获取 user_access_token (/open-apis/authen/v2/oauth/token),
获取用户信息 (/open-apis/authen/v1/user_info).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge

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

LOGIN = "https://accounts.feishu.cn"
API = "https://open.feishu.cn"
_ACCEPTED = Text("飞书认这个应用。", "Feishu accepts this application.")
_REFUSED = Text("飞书没有确认您的身份。", "Feishu did not confirm who you are.")
_OTHER_COMPANY = Text("您不是本企业的飞书成员。", "you are no member of this company in Feishu.")


class Feishu:
    """飞书."""

    id = "feishu"
    title = Text("飞书扫码", "Feishu")
    fields = (
        ProviderField("app_id", Text("App ID", "app id")),
        ProviderField("app_secret", Text("App Secret", "app secret"), secret=True),
        ProviderField(
            "tenant_key",
            Text("企业 tenant_key（应用对其他企业开放时必填）",
                 "tenant key (needed where the application is open to other companies)"),
            required=False,
        ),
        ProviderField("login_base", Text("登录地址", "sign-in address"), default=LOGIN),
        ProviderField("api_base", Text("接口地址", "API address"), default=API),
        PRIVATE_FIELD,
        *COMMON_FIELDS,
    )  # fmt: skip

    def probe(self, config: Config, outgoing: Outgoing) -> Text:
        """Ask for the application's own token."""
        body = {"app_id": config["app_id"], "app_secret": config["app_secret"]}
        place = f"{config['api_base']}/open-apis/auth/v3/tenant_access_token/internal"
        reply = outgoing.post_json(place, body)
        accepted(reply, self.title, "tenant_access_token")
        return _ACCEPTED

    def start(self, config: Config, door: Door) -> str:
        """Give the page with the code to scan."""
        query = {
            "client_id": config["app_id"],
            "redirect_uri": door.redirect_uri,
            "response_type": "code",
            "state": door.state,
            "code_challenge": create_s256_code_challenge(door.verifier),
            "code_challenge_method": "S256",
        }
        return with_query(f"{config['login_base']}/open-apis/authen/v1/authorize", query)

    def finish(self, config: Config, door: Door, answer: Mapping[str, str]) -> OutsideIdentity:
        """Exchange the code for a token of the user, and ask who that is."""
        if not answer.get("code"):
            raise SignInNotFinishedError(_REFUSED)
        base = config["api_base"] + "/open-apis/authen"
        body = {
            "grant_type": "authorization_code",
            "client_id": config["app_id"],
            "client_secret": config["app_secret"],
            "code": answer["code"],
            "redirect_uri": door.redirect_uri,
            "code_verifier": door.verifier,
        }
        token = _good(door.outgoing.post_json(f"{base}/v2/oauth/token", body))
        header = {"authorization": f"Bearer {token.get('access_token', '')}"}
        who = _good(door.outgoing.get(f"{base}/v1/user_info", headers=header)).get("data") or {}
        tenant = config.get("tenant_key")
        if tenant and who.get("tenant_key") != tenant:
            raise SignInNotFinishedError(_OTHER_COMPANY)
        subject = str(who.get("union_id") or who.get("open_id") or "")
        if not subject:
            raise SignInNotFinishedError(_REFUSED)
        return OutsideIdentity(
            self.id,
            subject,
            str(who.get("name") or subject),
            email=who.get("enterprise_email") or None,
            login=who.get("user_id") or None,
        )


def _good(reply: OutgoingReply) -> Mapping[str, Any]:
    body = reply.json()
    if not reply.good or not isinstance(body, dict) or body.get("code", 0) != 0:
        raise SignInNotFinishedError(_REFUSED)
    return body


PROVIDER = Feishu()
