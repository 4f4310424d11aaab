"""Identity providers as they are documented, on loopback: codes are single use, secrets checked."""

import json
import time
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey


def flat(query):
    return {name: values[0] for name, values in parse_qs(query).items()}


def said(status, document):
    return status, {"content-type": "application/json"}, json.dumps(document).encode()


@cache
def provider_key():
    """Make the key of a provider: one for all tests, since it takes a while."""
    return RSAKey.generate_key(2048, {"kid": "k1"})


class OpenIdStandIn:
    """Discovery, authorisation, token and keys of an OpenID provider."""

    client_id, client_secret = "huiyin", "client s3cret"

    def __init__(self):
        self.key = provider_key()
        self.codes = {}
        self.claims = {"sub": "u-1", "name": "Bob", "email": "bob@example.com",
                       "email_verified": True}  # fmt: skip
        self.spoil = {}
        self.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        self.issuer = None

    def answer(self, _method, path, _headers, body):
        parts = urlsplit(path)
        return {
            "/.well-known/openid-configuration": lambda: said(200, self._discovery()),
            "/authorize": lambda: self._authorize(flat(parts.query)),
            "/token": lambda: self._token(flat(body.decode())),
            "/keys": lambda: said(200, {"keys": [self.key.as_dict(private=False)]}),
        }[parts.path]()

    def _discovery(self):
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token",
                  "jwks_uri": "/keys"}  # fmt: skip
        return {"issuer": self.issuer} | {k: self.issuer + v for k, v in places.items()}

    def _authorize(self, asked):
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == self.client_id
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return 302, {"location": f"{asked['redirect_uri']}?{back}"}, b""

    def _token(self, form):
        asked = self.codes.pop(form.get("code"), None)
        good = (
            asked is not None
            and form["client_id"] == self.client_id
            and form["client_secret"] == self.client_secret
            and form["redirect_uri"] == asked["redirect_uri"]
            and create_s256_code_challenge(form["code_verifier"]) == asked["code_challenge"]
        )
        if not good:
            return said(400, {"error": "invalid_grant"})
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 300,
                  "nonce": asked["nonce"], **self.claims, **self.spoil}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return said(200, {"access_token": "x", "token_type": "Bearer",
                          "id_token": self.sign(claims)})  # fmt: skip


class WeComStandIn:
    """gettoken, auth/getuserinfo, user/get; errors come as errcode in HTTP 200."""

    corp_id, agent_id, secret = "ww1", "1000002", "app s3cret"

    def __init__(self):
        self.codes = {}
        self.card = {"errcode": 0, "errmsg": "ok", "userid": "ZhangSan", "name": "张三"}

    def scan(self, address, **who):
        asked = flat(urlsplit(address).query)
        assert urlsplit(address).path == "/wwlogin/sso/login"
        assert (asked["appid"], asked["agentid"]) == (self.corp_id, self.agent_id)
        assert asked["login_type"] == "CorpApp"
        code = f"code-{len(self.codes)}"
        self.codes[code] = who
        return f"{asked['redirect_uri']}?" + urlencode({"code": code, "state": asked["state"]})

    def answer(self, method, path, _headers, _body):
        assert method == "GET"
        parts, asked = urlsplit(path), flat(urlsplit(path).query)
        if parts.path == "/cgi-bin/gettoken":
            if (asked["corpid"], asked["corpsecret"]) != (self.corp_id, self.secret):
                return said(200, {"errcode": 40001, "errmsg": "invalid credential"})
            return said(200, {"errcode": 0, "errmsg": "ok", "access_token": "T",
                              "expires_in": 7200})  # fmt: skip
        assert asked["access_token"] == "T"  # noqa: S105 -- of nobody
        if parts.path == "/cgi-bin/auth/getuserinfo":
            who = self.codes.pop(asked["code"], None)
            if who is None:
                return said(200, {"errcode": 40029, "errmsg": "invalid code"})
            return said(200, {"errcode": 0, "errmsg": "ok", **who})
        assert parts.path == "/cgi-bin/user/get"
        return said(200, self.card)


class DingTalkStandIn:
    """oauth2/userAccessToken and contact/users/me; errors come as HTTP 400 with a code."""

    client_id, client_secret, corp_id = "ding1", "app s3cret", "dingcorp"

    def __init__(self):
        self.codes = {}
        self.me = {"nick": "张三", "unionId": "union-1", "openId": "open-1",
                   "email": "zhang@example.com"}  # fmt: skip

    def scan(self, address, corp_id=None):
        asked = flat(urlsplit(address).query)
        assert urlsplit(address).path == "/oauth2/auth"
        assert asked["client_id"] == self.client_id
        assert asked["response_type"] == "code"
        assert asked["prompt"] == "consent"
        assert "corpid" in asked["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = corp_id or self.corp_id
        return f"{asked['redirect_uri']}?" + urlencode({"authCode": code, "state": asked["state"]})

    def answer(self, method, path, headers, body):
        if path == "/v1.0/oauth2/accessToken":
            asked = json.loads(body)
            if (asked["appKey"], asked["appSecret"]) != (self.client_id, self.client_secret):
                return said(400, {"code": "invalidClientIdOrSecret", "message": "x"})
            return said(200, {"accessToken": "A", "expireIn": 7200})
        if path == "/v1.0/oauth2/userAccessToken":
            asked = json.loads(body)
            corp = self.codes.pop(asked["code"], None)
            known = (asked["clientId"], asked["clientSecret"], asked["grantType"])
            if corp is None or known != (self.client_id, self.client_secret, "authorization_code"):
                return said(400, {"code": "invalidAuthCode", "message": "x", "requestid": "r"})
            return said(200, {"accessToken": "U", "refreshToken": "R", "expireIn": 7200,
                              "corpId": corp})  # fmt: skip
        assert (method, path) == ("GET", "/v1.0/contact/users/me")
        if headers["x-acs-dingtalk-access-token"] != "U":
            return said(401, {"code": "InvalidAuthentication"})
        return said(200, self.me)


class FeishuStandIn:
    """authen/v2/oauth/token with PKCE, authen/v1/user_info; success is code 0."""

    app_id, app_secret = "cli_1", "app s3cret"

    def __init__(self):
        self.codes = {}
        self.me = {"name": "张三", "open_id": "ou_1", "union_id": "on_1", "user_id": "zs",
                   "enterprise_email": "zhang@example.com", "tenant_key": "t1"}  # fmt: skip

    def _users_token(self, asked):
        begun = self.codes.pop(asked["code"], None)
        if begun is None:
            return said(400, {"code": 20003, "error": "invalid_grant",
                              "error_description": "code not found"})  # fmt: skip
        if create_s256_code_challenge(asked["code_verifier"]) != begun["code_challenge"]:
            return said(400, {"code": 20049, "error": "invalid_grant"})
        if (asked["client_id"], asked["client_secret"]) != (self.app_id, self.app_secret):
            return said(400, {"code": 20002, "error": "invalid_client"})
        assert asked["redirect_uri"] == begun["redirect_uri"]
        return said(200, {"code": 0, "access_token": "U", "expires_in": 7200,
                          "token_type": "Bearer"})  # fmt: skip

    def _own_token(self, asked):
        if (asked["app_id"], asked["app_secret"]) != (self.app_id, self.app_secret):
            return said(200, {"code": 10014, "msg": "app secret invalid"})
        return said(200, {"code": 0, "msg": "ok", "tenant_access_token": "A", "expire": 7200})

    def scan(self, address):
        asked = flat(urlsplit(address).query)
        assert urlsplit(address).path == "/open-apis/authen/v1/authorize"
        assert asked["client_id"] == self.app_id
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?" + urlencode({"code": code, "state": asked["state"]})

    def answer(self, method, path, headers, body):
        if path == "/open-apis/auth/v3/tenant_access_token/internal":
            return self._own_token(json.loads(body))
        if path == "/open-apis/authen/v2/oauth/token":
            return self._users_token(json.loads(body))
        assert (method, path) == ("GET", "/open-apis/authen/v1/user_info")
        if headers["authorization"] != "Bearer U":
            return said(401, {"code": 99991668, "msg": "Invalid access token"})
        return said(200, {"code": 0, "msg": "success", "data": self.me})
