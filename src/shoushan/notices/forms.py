"""What the page of channels asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.notices.enums import ChannelKind, Rhythm, Wanted


class ChannelForm(forms.Form):
    """By which way, to which address, which messages, how often."""

    kind = forms.ChoiceField(label=_("方式"), choices=ChannelKind.choices)
    target = forms.CharField(
        label=_("地址"), max_length=500, help_text=_("电子邮件地址，或群机器人的 Webhook 地址；保存后不再显示全文。")
    )
    secret = forms.CharField(
        label=_("签名密钥"),
        max_length=200,
        required=False,
        help_text=_("钉钉“加签”、飞书“签名校验”的密钥，没有可不填。"),
    )
    wanted = forms.ChoiceField(label=_("消息"), choices=Wanted.choices)
    rhythm = forms.ChoiceField(label=_("频率"), choices=Rhythm.choices)
