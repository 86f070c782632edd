"""Messages outside the product: which go where, in one digest, once, signed, tried again, given up, and logged."""

from __future__ import annotations

import base64
import hashlib
import hmac
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from shoushan.config.environment import Mail
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User
from shoushan.notices import senders
from shoushan.notices.errors import ChannelError
from shoushan.notices.models import Channel, Delivery
from shoushan.notices.services import Message, mark_read, tell
from shoushan.notices.services_delivery import LISTED, PAUSES, add_channel, deliver, end_channel, send_trial
from tests.directory.factories import a_user, an_area, an_organisation
from tests.notices.robots import Robot, listening

pytestmark = pytest.mark.django_db
AT = datetime(2020, 2, 17, 1, 0, tzinfo=UTC)
"""Nine o'clock in the morning."""
MINUTE = timedelta(minutes=1)


@pytest.fixture
def robot(settings: Any) -> Iterator[Robot]:
    with listening() as found:
        settings.ROBOT_HOSTS = [found.host]
        yield found


@pytest.fixture
def office() -> Organisation:
    an_area("370102")
    return an_organisation("DEPT_X")


@pytest.fixture
def user(office: Organisation) -> User:
    return a_user("first", (Role.DEPT_USER, "370102"), organisation=office)


def channel(user: User, robot: Robot, kind: str = "WECOM", **changed: Any) -> Channel:
    values = {"target": f"http://{robot.host}/hook?key=1", "wanted": "ALL", "rhythm": "AT_ONCE", "at": AT} | changed
    return add_channel(kind=kind, actor=user, **values)


def told(user: User, key: str, title: str = "有新的诉求待签收", at: datetime = AT, **more: Any) -> None:
    tell(Message(key=key, subject="matter:M1", title=title, detail="企业内部情况", **more), at=at, users=[user])


# ---- what goes out ---------------------------------------------------------------------------------------
def test_a_message_goes_out_once_by_its_title_alone(user: User, robot: Robot) -> None:
    channel(user, robot)
    told(user, "one")

    assert deliver(AT) == 1
    assert deliver(AT + MINUTE) == 0
    assert robot.told == [("/hook?key=1", {"msgtype": "text", "text": {"content": "有新的诉求待签收"}})]


def test_several_go_out_as_one_digest_urgent_ones_first(user: User, robot: Robot, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://shoushan.example"
    channel(user, robot)
    for number in range(LISTED + 5):
        told(user, f"n{number}", f"第{number}件")
    told(user, "u", "停工通知", is_urgent=True)

    assert deliver(AT) == 1
    (text,) = robot.texts
    assert "首善：26条新消息" in text
    assert text.index("【紧急】停工通知") < text.index("第0件")
    assert "另有6条，请登录查看。" in text
    assert "https://shoushan.example" in text


def test_what_was_read_or_is_older_than_the_channel_stays(user: User, robot: Robot) -> None:
    told(user, "older", at=AT - MINUTE)
    channel(user, robot)
    told(user, "read")
    mark_read(user=user, at=AT)

    assert deliver(AT) == 0


def test_only_urgent_ones_where_that_is_wanted(user: User, robot: Robot) -> None:
    channel(user, robot, wanted="URGENT")
    told(user, "plain")
    told(user, "urgent", "体温异常", is_urgent=True)

    assert deliver(AT) == 1
    assert "体温异常" in robot.texts[0]


def test_an_organisation_s_messages_go_to_its_group(user: User, office: Organisation, robot: Robot) -> None:
    channel(user, robot, organisation=office)
    told(user, "own")
    tell(Message(key="office", subject="matter:M2", title="单位有新的诉求"), at=AT, organisations=[office])

    assert deliver(AT) == 1
    assert "单位有新的诉求" in robot.texts[0]


@pytest.mark.parametrize(
    ("rhythm", "minutes"),
    [("HOURLY", [0, 60, 120]), ("DAILY", [23 * 60 + 30, 47 * 60 + 30])],
)
def test_a_digest_keeps_its_rhythm(user: User, robot: Robot, rhythm: str, minutes: list[int]) -> None:
    channel(user, robot, rhythm=rhythm, at=AT - MINUTE)
    went_out = []
    for minute in range(0, 48 * 60, 30):
        now = AT + minute * MINUTE
        told(user, f"m{minute}", at=now)
        if deliver(now):
            went_out.append(minute)

    assert went_out[: len(minutes)] == minutes


# ---- signatures, refusals, retries -----------------------------------------------------------------------
def test_dingtalk_is_signed_in_the_address(user: User, robot: Robot) -> None:
    channel(user, robot, "DINGTALK", secret="SEC1")
    told(user, "one")
    deliver(AT)

    ((path, content),) = robot.told
    asked = parse_qs(urlsplit(path).query)
    moment = str(int(AT.timestamp() * 1000))
    expected = base64.b64encode(hmac.new(b"SEC1", f"{moment}\nSEC1".encode(), hashlib.sha256).digest()).decode()
    assert (asked["timestamp"], asked["sign"]) == ([moment], [expected])
    assert content["text"] == {"content": "有新的诉求待签收"}


def test_feishu_is_signed_in_the_message(user: User, robot: Robot) -> None:
    robot.answers = [(200, '{"code": 0}')]
    channel(user, robot, "FEISHU", secret="SEC2")
    told(user, "one")

    assert deliver(AT) == 1
    ((_path, content),) = robot.told
    moment = str(int(AT.timestamp()))
    expected = base64.b64encode(hmac.new(f"{moment}\nSEC2".encode(), b"", hashlib.sha256).digest()).decode()
    assert content == {
        "msg_type": "text",
        "content": {"text": "有新的诉求待签收"},
        "timestamp": moment,
        "sign": expected,
    }


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [
        (200, '{"errcode": 310000, "errmsg": "sign not match"}', "机器人没有收下：310000 sign not match"),
        (500, "", "机器人没有应答"),
        (302, "", "机器人没有应答"),
        (200, "<html>", "机器人没有应答"),
        (200, "[]", "机器人的应答无法识别。"),
    ],
)
def test_a_refusal_is_logged_and_tried_again(user: User, robot: Robot, status: int, answer: str, problem: str) -> None:
    robot.answers = [(status, answer)]
    channel(user, robot)
    told(user, "one")

    assert deliver(AT) == 0
    found = Delivery.objects.get()
    assert problem in found.problem
    assert (found.state, found.attempts, found.next_at) == ("WAITING", 1, AT + MINUTE)
    assert deliver(AT + MINUTE) == 1
    found.refresh_from_db()
    assert (found.state, found.problem, found.sent_at) == ("SENT", "", AT + MINUTE)
    assert [path for path, _content in robot.told] == ["/hook?key=1"] * 2


def test_after_so_many_attempts_it_is_given_up(user: User, robot: Robot) -> None:
    robot.answers = [(500, "")] * 9
    channel(user, robot)
    told(user, "one")
    now = AT
    for pause in [*PAUSES, PAUSES[-1], PAUSES[-1]]:
        deliver(now)
        now += pause * MINUTE

    found = Delivery.objects.get()
    assert (found.state, found.attempts, found.next_at) == ("GIVEN_UP", len(PAUSES) + 1, None)
    assert len(robot.told) == len(PAUSES) + 1


def test_a_channel_switched_off_sends_nothing_more(user: User, robot: Robot) -> None:
    made = channel(user, robot)
    send_trial(channel=made, at=AT)
    end_channel(channel=made, at=AT)
    told(user, "one")

    assert deliver(AT) == 0
    assert Delivery.objects.get().state == "GIVEN_UP"
    assert robot.told == []


# ---- addresses -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("DINGTALK", "https://oapi.dingtalk.com/robot/send?access_token=1"),
        ("WECOM", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"),
        ("FEISHU", "https://open.feishu.cn/open-apis/bot/v2/hook/1"),
    ],
)
def test_the_makers_hosts_are_taken_over_https(kind: str, target: str) -> None:
    senders.check_address(kind, target)
    for wrong in (target.replace("https", "http"), target.replace("://", "://x."), "file:///etc/passwd", ""):
        with pytest.raises(ChannelError, match="机器人地址应以 https"):
            senders.check_address(kind, wrong)


class Post:
    """A mail server, as smtplib speaks to it."""

    letters: ClassVar[list[Any]] = []
    said: ClassVar[list[str]] = []

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.said.append(f"{host}:{port}")

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *_error: object) -> None:
        self.said.append("bye")

    def starttls(self, context: object) -> None:
        self.said.append("tls")

    def login(self, user: str, password: str) -> None:
        self.said.append(f"{user} {password}")

    def send_message(self, letter: Any) -> None:
        if not self.said[0].startswith("mail"):
            raise smtplib.SMTPServerDisconnected("gone")
        self.letters.append(letter)


def test_mail_goes_by_the_server_of_the_settings(user: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Post)
    values = {"kind": "MAIL", "wanted": "ALL", "rhythm": "AT_ONCE", "actor": user, "at": AT}
    with pytest.raises(ChannelError, match="还没有设置发信服务器"):
        add_channel(target="someone@example.org", **values)
    settings.MAIL = Mail("mail.example.org", 587, "shoushan", "secret", is_starttls=True)
    with pytest.raises(ChannelError, match="不对，请核对"):
        add_channel(target="no address", **values)
    made = add_channel(target="someone@example.org", **values)
    told(user, "one", "第一行\n第二行")

    assert deliver(AT) == 1
    (letter,) = Post.letters
    assert (letter["Subject"], letter["To"], letter["From"]) == (
        "第一行 第二行",
        "someone@example.org",
        "shoushan@localhost",
    )
    assert Post.said == ["mail.example.org:587", "tls", "shoushan secret", "bye"]
    assert made.shown == "so***@example.org"


def test_a_mail_server_that_refuses_is_tried_again(user: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP_SSL", Post)
    monkeypatch.setattr(Post, "said", [])
    settings.MAIL = Mail("gone.example.org", 465, is_ssl=True)
    add_channel(kind="MAIL", target="someone@example.org", wanted="ALL", rhythm="AT_ONCE", actor=user, at=AT)
    told(user, "one")

    assert deliver(AT) == 0
    assert "发信服务器没有收下：gone" in Delivery.objects.get().problem
    settings.MAIL = Mail()
    assert deliver(AT + MINUTE) == 0
    assert "还没有设置发信服务器" in Delivery.objects.get().problem


def test_addresses_are_encrypted_and_not_shown(user: User, robot: Robot) -> None:
    from django.db import connection

    made = channel(user, robot, secret="SEC3")

    with connection.cursor() as cursor:
        cursor.execute("SELECT target, secret FROM notices_channel")
        ((target, secret),) = cursor.fetchall()
    assert robot.host not in target
    assert "SEC3" not in secret
    assert made.shown == "…ey=1"


def test_nobody_sets_up_more_than_a_few(user: User, robot: Robot) -> None:
    for _number in range(5):
        channel(user, robot)

    with pytest.raises(ChannelError, match="最多设置5个"):
        channel(user, robot)


# ---- the page --------------------------------------------------------------------------------------------
def test_the_page_sets_up_tries_and_ends(user: User, robot: Robot) -> None:
    client = Client()
    client.force_login(user)
    sent = {"kind": "WECOM", "target": f"http://{robot.host}/hook?key=1", "wanted": "ALL", "rhythm": "AT_ONCE"}

    assert client.post("/notices/channels/", sent).status_code == 302
    assert client.post("/notices/channels/", sent | {"office": "1"}).status_code == 302
    own, of_office = Channel.objects.order_by("pk")
    assert (own.user, of_office.organisation) == (user, user.organisation)
    assert client.post("/notices/channels/", sent | {"target": "https://example.org/"}).status_code == 422
    client.post(f"/notices/channels/{own.pk}/try/")
    deliver(datetime.now(UTC))
    page = client.get("/notices/channels/").content.decode()
    assert "首善：试发一条消息" in page
    assert "已发送" in page
    assert robot.host not in page
    client.post(f"/notices/channels/{own.pk}/end/")
    own.refresh_from_db()
    assert own.ended_at is not None


def test_others_channels_are_not_there(user: User, robot: Robot) -> None:
    made = channel(user, robot)
    stranger = Client()
    stranger.force_login(a_user("stranger", (Role.STREET_USER, "370102")))

    for verb in ("try", "end"):
        assert stranger.post(f"/notices/channels/{made.pk}/{verb}/").status_code == 404
    sent = {"kind": "WECOM", "target": f"http://{robot.host}/x", "wanted": "ALL", "rhythm": "AT_ONCE", "office": "1"}
    assert stranger.post("/notices/channels/", sent).status_code == 302
    assert Channel.objects.latest("pk").organisation is None  # without the permission it is one's own
