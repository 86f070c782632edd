"""Strategies for raw cells of any kind, as file readers may hand them over."""

from datetime import UTC, date

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["同上", "约", "家", "万", "亿元", "—", "无", "年", "月", "日", "二〇二〇", "十", "#REF!", "'", "E+17", "%", "(", ")", ",",
     " ", "-", "/", ".", "+86", "13800138000", "370102", "91350100M000100Y43", "K7020", "２", "星期二", "T", "Z", "\u00b2"]
)  # fmt: skip
PIECED = st.lists(WORDS | st.text(alphabet="0123456789", max_size=5), max_size=6).map("".join)
ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
    st.text(),
    st.text(alphabet=st.characters(codec=None, min_codepoint=0, max_codepoint=0x10FFFF), max_size=20),
    PIECED,
)
DAY_OF_READING = date(2020, 3, 23)
