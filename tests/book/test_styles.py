"""What is cut from the theme's style sheets, and what stays."""

import book_styles


def pruned(css, used, tmp_path):
    """Cut a style sheet twice: the second time it comes from what was kept."""
    first = book_styles.prune(css, used, tmp_path)
    assert book_styles.prune(css, used, tmp_path) == first
    return first


def test_a_rule_stays_if_some_of_its_selectors_can_match(tmp_path):
    css = "a{x:1}.used,.other{x:2}.used .other{x:3}.other{x:4}.used:not(.other){x:5}"
    assert pruned(css, {"used"}, tmp_path) == "a{x:1}.used{x:2}.used:not(.other){x:5}"


def test_rules_inside_of_conditions_are_cut_too(tmp_path):
    css = "@media (min-width:9px){.used{x:1}.other{x:2}}@media print{.other{x:3}}"
    assert pruned(css, {"used"}, tmp_path) == "@media (min-width:9px){.used{x:1}}"


def test_fonts_animations_and_names_that_scripts_compose_stay(tmp_path):
    css = "@font-face{src:url(a)}@keyframes k{from{x:1}}.bs-tooltip-auto{x:2}"
    assert pruned(css, set(), tmp_path) == css


def test_another_page_brings_its_rules_back(tmp_path):
    css = ".one{x:1}.two{x:2}"
    assert pruned(css, {"one"}, tmp_path) == ".one{x:1}"
    assert pruned(css, {"one", "two"}, tmp_path) == css


def test_classes_come_from_elements_and_from_all_words_of_scripts():
    page = '<p class="one two">three</p><script>add("four")</script>'
    used = book_styles.classes_used([page], ["const five = `six-${n}`"])
    assert {"one", "two", "four", "five"} <= used
    assert "three" not in used
