import pytest

from red_mpe.core.blocks import blocks, paragraphs, words


def only(text, **more):
    [block] = blocks(text, **more)
    return block


def test_emphasis_is_kept():
    kinds = [item["t"] for item in only("**a** *b* ~~c~~ `d`")["c"] if item["t"] != "text"]
    assert kinds == ["strong", "em", "s", "code"]


def test_lists_keep_their_items_and_their_start():
    assert only("3. a\n4. b")["start"] == 3
    assert [words(item) for item in only("- a\n- b")["items"]] == ["a", "b"]


def test_list_in_a_list_stays_inside():
    [first] = only("- a\n  - b")["items"]
    assert [block["t"] for block in first] == ["p", "ul"]


def test_table_has_a_head_and_rows():
    table = only("| A | B |\n|---|---|\n| 1 | *2* |")
    assert [words(cell) for cell in table["head"]] == ["A", "B"]
    assert [[words(cell) for cell in row] for row in table["rows"]] == [["1", "2"]]


def test_words_of_a_table_are_all_its_cells():
    assert words(blocks("| A | B |\n|---|---|\n| 1 | 2 |")) == "A\nB\n1\n2"


@pytest.mark.parametrize("address", ["https://a.example/x", "http://a.example", "mailto:a@b.example"])
def test_links_are_kept(address):
    assert only(f"[here]({address})")["c"][0]["url"] == address


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://a.example", "/here", "data:text/html,x", "file:///etc/passwd"])
def test_other_schemes_leave_only_words(address):
    assert "link" not in str(only(f"[here]({address})"))
    assert "here" in words(blocks(f"[here]({address})"))


def test_html_stays_words():
    assert words(blocks("<b>x</b> <script>y</script>")) == "<b>x</b> <script>y</script>"


def test_image_leaves_its_words():
    assert words(blocks("![a mine](https://a.example/x.png)")) == "a mine"


def test_heading_becomes_a_strong_paragraph():
    assert only("# Title") == {"t": "h", "c": [{"t": "text", "text": "Title"}]}


def test_quote_code_and_rule():
    assert [block["t"] for block in blocks("> a\n\n    b\n\n---")] == ["quote", "code", "rule"]


def test_line_ends_are_blanks_in_clauses_and_breaks_in_comments():
    assert words(blocks("a\nb")) == "a b"
    assert words(blocks("a\nb", breaks=True)) == "a\nb"


def test_plain_words_are_no_markdown():
    assert paragraphs("*a*\nb\n\n# c") == [
        {"t": "p", "c": [{"t": "text", "text": "*a*"}, {"t": "br"}, {"t": "text", "text": "b"}]},
        {"t": "p", "c": [{"t": "text", "text": "# c"}]},
    ]


def test_nothing_gives_no_blocks():
    assert blocks("") == paragraphs("") == blocks(None) == []


def test_control_characters_are_left_out():
    assert words(blocks("a\x00\x07b\ufeff")) == "ab"
