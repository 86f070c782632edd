"""Forms that a phone keeps: `{% load fieldwork %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_form(context: Context, title: str) -> SafeString:
    """Attributes of a form that was opened from the list of field work: it can be filled in without a network.

    A form that was opened from elsewhere is an ordinary one and gets none.
    """
    request, reader = context.get("request"), context.get("page_user")
    if request is None or reader is None or not request.GET.get("field"):
        return SafeString()
    words: dict[str, Any] = {
        "title": title,
        "user": reader.get_username(),
        "state": reverse("fieldwork:state"),
        "list": reverse("fieldwork:task-list"),
        "refused": _("这份填报未被接受："),
        "gone": _("这条记录已不能办理，可能已由他人办结或不在您的辖区，请返回现场办理列表核对。"),
        "again": _("这份填报上次没有被接受，已填的内容在下面，请核对后重新提交。"),
        "waits": _("这份表已填好，等待发送。再次提交会代替前一份。"),
        "photos": _("已附文件，重新选择会代替："),
    }
    return format_html(" data-offline{}", format_html_join("", ' data-{}="{}"', words.items()))
