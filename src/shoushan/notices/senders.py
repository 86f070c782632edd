"""Handing one message to a mail server or to the robot of a chat group.

Robots are told in plain text over HTTPS, at the hosts of their makers or at those that the operator names
(SHOUSHAN_ROBOT_HOSTS, for platforms inside the government's net). Redirects are not followed.
Signatures: DingTalk "加签" and Feishu "签名校验" as their custom-robot documents describe them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage, Message
from http.client import HTTPException
from typing import IO, Any, Final
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from shoushan.notices.enums import ChannelKind
from shoushan.notices.errors import ChannelError

SECONDS: Final = 5
MOST_BYTES: Final = 64 * 1024
HOSTS: Final = {
    ChannelKind.DINGTALK: "oapi.dingtalk.com",
    ChannelKind.WECOM: "qyapi.weixin.qq.com",
    ChannelKind.FEISHU: "open.feishu.cn",
}


def send(kind: str, target: str, secret: str, *, title: str, text: str, at: datetime) -> None:
    """Hand a message over. Raises ChannelError with what the other side said."""
    if kind == ChannelKind.MAIL:
        _mail(target, title, text)
        return
    check_address(kind, target)
    address, content = _ROBOTS[ChannelKind(kind)](target, secret, f"{title}\n{text}".strip(), at)
    said = _post(address, content)
    code = said.get("errcode", said.get("code", said.get("StatusCode")))
    if code != 0:
        words = str(said.get("errmsg", said.get("msg", "")))[:200]
        raise ChannelError(_("机器人没有收下：%(code)s %(words)s") % {"code": code, "words": words})


def check_address(kind: str, target: str) -> None:
    """Raise ChannelError unless it is an address of this kind of robot at a host that may be asked."""
    parts = urlsplit(target)
    own = settings.ROBOT_HOSTS
    is_maker = parts.scheme == "https" and parts.netloc == HOSTS[ChannelKind(kind)]
    if not is_maker and not (parts.scheme in {"http", "https"} and parts.netloc in own):
        words = {"host": HOSTS[ChannelKind(kind)]}
        raise ChannelError(_("机器人地址应以 https://%(host)s/ 开头；专有部署的主机请由管理员登记。") % words)


def _mail(target: str, title: str, text: str) -> None:
    server = settings.MAIL
    if not server.host:
        raise ChannelError(_("还没有设置发信服务器，请联系管理员（SHOUSHAN_MAIL_URL）。"))
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = " ".join(title.split()), settings.MAIL_FROM, target
    letter.set_content(text)
    connect = smtplib.SMTP_SSL if server.is_ssl else smtplib.SMTP
    try:
        with connect(server.host, server.port, timeout=SECONDS) as session:
            if server.is_starttls:
                session.starttls(context=ssl.create_default_context())
            if server.user:
                session.login(server.user, server.password)
            session.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        raise ChannelError(_("发信服务器没有收下：%(words)s") % {"words": str(error)[:200]}) from error


# ---- robots ------------------------------------------------------------------------------------------------
Prepared = tuple[str, Mapping[str, Any]]


def _dingtalk(target: str, secret: str, text: str, at: datetime) -> Prepared:
    content = {"msgtype": "text", "text": {"content": text}}
    if not secret:
        return target, content
    moment = str(int(at.timestamp() * 1000))
    signed = _signature(secret.encode(), f"{moment}\n{secret}".encode())
    return f"{target}&timestamp={moment}&sign={quote_plus(signed)}", content


def _wecom(target: str, _secret: str, text: str, _at: datetime) -> Prepared:
    return target, {"msgtype": "text", "text": {"content": text}}


def _feishu(target: str, secret: str, text: str, at: datetime) -> Prepared:
    content: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        moment = str(int(at.timestamp()))
        content |= {"timestamp": moment, "sign": _signature(f"{moment}\n{secret}".encode(), b"")}
    return target, content


_ROBOTS: Final[Mapping[ChannelKind, Callable[[str, str, str, datetime], Prepared]]] = {
    ChannelKind.DINGTALK: _dingtalk,
    ChannelKind.WECOM: _wecom,
    ChannelKind.FEISHU: _feishu,
}


def _signature(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """An answer that points elsewhere is an error: the message goes to the host that was checked, or nowhere."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Nowhere."""


def _post(address: str, content: Mapping[str, Any]) -> dict[str, Any]:
    body = json.dumps(content, ensure_ascii=False).encode()
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 - checked
    try:
        with urllib.request.build_opener(_NoRedirects).open(asked, timeout=SECONDS) as answer:
            said = json.loads(answer.read(MOST_BYTES))
    except (OSError, HTTPException, ValueError) as error:
        raise ChannelError(_("机器人没有应答：%(words)s") % {"words": str(error)[:200]}) from error
    if not isinstance(said, dict):
        raise ChannelError(_("机器人的应答无法识别。"))
    return said
