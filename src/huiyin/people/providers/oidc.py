"""OpenID Connect: authorisation code with PKCE, state and nonce; the ID token is verified.

References
----------
OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; Discovery 1.0; RFC 7636 (PKCE).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from huiyin.connectors.contracts import OutgoingReply
from huiyin.connectors.outgoing import Outgoing, with_query
from huiyin.core.text import Text
from huiyin.people.contracts import OutsideIdentity, ProviderNotReadyError, SignInNotFinishedError
from huiyin.people.provider import COMMON_FIELDS, PRIVATE_FIELD, Config, Door, ProviderField

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS = 60
_REFUSED = Text("身份服务没有确认您的身份。", "the identity service did not confirm who you are.")
_BAD_TOKEN = Text("身份服务返回的凭证不对。", "the identity service's token does not fit.")

_NO_OPENID = Text(
    "这个地址上没有 OpenID 的设置，或者它自称的颁发者和填的不一样：请核对颁发者地址。",
    "There are no OpenID settings at this address, or its issuer is another: check the address.",
)
_FOUND = Text(
    "身份服务有应答，地址对得上，公钥 {n} 把。客户端密钥要到第一次登录时才验证得了。",
    "The identity service answers, its addresses fit, and it has {n} keys. "
    "The client secret is only tried at the first sign-in.",
)


class OpenIdConnect:
    """Any OpenID provider."""

    id = "oidc"
    title = Text("企业账号（OIDC）", "company account (OIDC)")
    fields = (
        ProviderField("issuer", Text("颁发者地址（issuer）", "issuer address")),
        ProviderField("client_id", Text("客户端 ID", "client id")),
        ProviderField("client_secret", Text("客户端密钥", "client secret"), secret=True),
        ProviderField("scope", Text("范围（scope）", "scope"), default="openid profile email"),
        ProviderField(
            "login_claim",
            Text("作为账号的字段，如 preferred_username", "claim that is the login, if any"),
            required=False,
        ),
        PRIVATE_FIELD,
        *COMMON_FIELDS,
    )

    def probe(self, config: Config, outgoing: Outgoing) -> Text:
        """Read the discovery document and the keys; the secret is only tried at a sign-in."""
        try:
            known = _known(config, outgoing)
            keys = _good(outgoing.get(known["jwks_uri"])).get("keys")
        except SignInNotFinishedError as fault:
            raise ProviderNotReadyError(_NO_OPENID) from fault
        return _FOUND.format(n=len(keys) if isinstance(keys, list) else 0)

    def start(self, config: Config, door: Door) -> str:
        """Give the provider's sign-in page."""
        query = {
            "response_type": "code",
            "client_id": config["client_id"],
            "redirect_uri": door.redirect_uri,
            "scope": config["scope"],
            "state": door.state,
            "nonce": door.nonce,
            "code_challenge": create_s256_code_challenge(door.verifier),
            "code_challenge_method": "S256",
        }
        return with_query(_known(config, door.outgoing)["authorization_endpoint"], query)

    def finish(self, config: Config, door: Door, answer: Mapping[str, str]) -> OutsideIdentity:
        """Exchange the code, and verify the ID token: signature, issuer, audience, nonce, time."""
        if not answer.get("code"):
            raise SignInNotFinishedError(_REFUSED)
        known = _known(config, door.outgoing)
        form = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": door.redirect_uri,
            "client_id": config["client_id"],
            "client_secret": config["client_secret"],
            "code_verifier": door.verifier,
        }
        token = _good(door.outgoing.post_form(known["token_endpoint"], form))
        keys = _good(door.outgoing.get(known["jwks_uri"]))
        claims = _verified(str(token.get("id_token", "")), keys, known["issuer"], config, door)
        return _identity(claims, config)


def _known(config: Config, outgoing: Outgoing) -> dict[str, str]:
    address = config["issuer"].rstrip("/") + "/.well-known/openid-configuration"
    found = _good(outgoing.get(address))
    names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    known = {name: str(found.get(name) or "") for name in names}
    same = known["issuer"].rstrip("/") == config["issuer"].rstrip("/")
    if not same or not all(known.values()):
        raise SignInNotFinishedError(_BAD_TOKEN)
    return known


def _verified(
    token: str, keys: Mapping[str, Any], issuer: str, config: Config, door: Door
) -> Mapping[str, Any]:
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": config["client_id"]},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": door.nonce},
    )
    try:
        found = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS)  # type: ignore[arg-type]  # JSON as it came; checked inside
        rules.validate(found.claims)
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise SignInNotFinishedError(_BAD_TOKEN) from fault
    audience, party = found.claims["aud"], found.claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    if (several or party is not None) and party != config["client_id"]:
        raise SignInNotFinishedError(_BAD_TOKEN)
    return found.claims


def _identity(claims: Mapping[str, Any], config: Config) -> OutsideIdentity:
    subject = str(claims["sub"])
    email = claims.get("email") if claims.get("email_verified") is True else None
    claim = config.get("login_claim")
    login = claims.get(claim) if claim else None
    name = claims.get("name") or claims.get("preferred_username") or subject
    return OutsideIdentity(
        OpenIdConnect.id, subject, str(name), email=email, login=str(login) if login else None
    )


def _good(reply: OutgoingReply) -> Mapping[str, Any]:
    body = reply.json()
    if not reply.good or not isinstance(body, dict):
        raise SignInNotFinishedError(_REFUSED)
    return body


PROVIDER = OpenIdConnect()
