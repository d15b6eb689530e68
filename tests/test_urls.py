"""Which URLs a reader can follow, and which are the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglint import urls


@pytest.mark.parametrize(
    "url",
    [
        "https://afsa.aifc.kz/", "http://example.org", "https://example.org:8080/a?b=c#d", "https://пример.рф/путь", "https://例え.jp/パス",
        "https://en.wikipedia.org/wiki/Foo_(bar)", "https://xn--e1afmkfd.xn--p1ai", "https://a_b.example.org", "https://[::1]/", "https://192.0.2.1/", "http://localhost:8000",
        "https://example.org/a%20b", "https://example.org./", "HTTPS://EXAMPLE.ORG",
    ],
)  # fmt: skip
def test_sound(url: str) -> None:
    assert urls.fault(url) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://example.org/a b", "a blank"), ("https://", "no host"), ("https:///a", "no host"), ("www.example.org", "https://"), ("ftp://example.org", "https://"),
        ("https://exa mple.org", "a blank"), ("https://example..org", "empty part"), ("https://intranet", "no domain"), ("https://e.org:99999", "port"),
        ("https://e.org/%zz", "hexadecimal"), ("https://e.org/<x>", "`<`"), ("https://[::1", "invalid"), ("", "https://"), ("https://e.org:0/", "port is 0"),
    ],
)  # fmt: skip
def test_faults(url: str, words: str) -> None:
    assert words in (urls.fault(url) or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/", "http://example.org"), ("https://e.org/a/", "https://e.org/a"), ("https://e.org/a#b", "https://e.org/a"), ("https://E.org:443/a", "https://e.org/a"),
        ("https://e.org/?utm_source=x&a=1", "https://e.org/?a=1"), ("https://e.org/?b=2&a=1", "https://e.org/?a=1&b=2"), ("https://e.org/%61", "https://e.org/a"),
    ],
)  # fmt: skip
def test_the_same_page(one: str, other: str) -> None:
    assert urls.normalised(one) == urls.normalised(other)


def test_different_pages() -> None:
    assert (
        len(
            {
                urls.normalised(it)
                for it in ("https://e.org/a", "https://e.org/A", "https://e.org/?a=1", "https://f.org/a")
            }
        )
        == 4
    )


@given(st.text(max_size=30))
def test_never_raises(text: str) -> None:
    for url in (text, f"https://{text}"):
        urls.fault(url)
        urls.normalised(url)
        urls.host(url)
