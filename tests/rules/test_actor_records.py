"""The shipped knowledge base is clean; records that cannot be used are refused with file, record and mend."""

import pytest

from holdfire.actors.check import doubts
from holdfire.errors import RuleError
from holdfire.rules.knowledge import read_actors, survey_actors
from holdfire.rules.load import RuleSource

FRONT = '[[actor]]\nid = "pam.front"\nname = "Valley Front"\nkind = "armed group"\n'
LEAGUE = '[[actor]]\nid = "league"\nname = "Rim League"\nkind = "coalition"\n'


def folder(tmp_path, *texts: str) -> RuleSource:
    (tmp_path / "actors").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / "actors" / f"{number}.toml").write_text(text, "utf-8")
    return RuleSource(folder=tmp_path)


def test_the_shipped_knowledge_base_is_clean():
    survey = survey_actors(RuleSource())
    assert list(survey.problems) == []
    assert list(doubts(survey.actors, survey.files)) == []


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ((FRONT + 'knid = "x"\n',), r"0\.toml: actor 'pam\.front' has an unknown field 'knid'\. Known: "),
        ((FRONT, FRONT), r"1\.toml: \[\[actor\]\] 'pam\.front' stands already in .*0\.toml\. Rename or drop one"),
        (
            (FRONT + 'aliases = ["VLF"]\n', LEAGUE + 'aliases = ["VLF"]\n'),
            r"actor 'pam\.front' claims the name 'VLF', and so does 'league' in .*1\.toml\. Give both",
        ),
        ((FRONT + "start = 2010-01-01\nend = 2009-01-01\n",), r"ends on 2009-01-01, before it starts on 2010-01-01"),
        (
            (FRONT + 'aliases = [{ text = "VLF", start = 2010-01-01, end = 2009-01-01 }]\n',),
            r"alias 'VLF', ends on 2009-01-01",
        ),
        ((FRONT + 'start = "2010"\n',), r"has start = '2010'\. Write a bare date such as 2014-06-15"),
        ((FRONT + "start = 2010-01-01T10:00:00\n",), r"Write a bare date"),
        (
            (FRONT + 'memberships = [{ relation = "member of", actor = "gone" }]\n',),
            r"points to 'gone', which no record has\. Add that actor or correct the id",
        ),
        ((FRONT + 'memberships = [{ relation = "likes", actor = "league" }]\n', LEAGUE), r"has the membership"),
        ((FRONT.replace("armed group", "army"),), r"has the kind 'army'\. Known: state, "),
        ((FRONT.replace('id = "pam.front"\n', ""),), r"0\.toml: a \[\[actor\]\] record has no id"),
        ((FRONT + "aliases = [3]\n",), r"has the alias 3\. Write a string"),
        ((FRONT + 'aliases = ["--"]\n',), r"has an empty alias: '--'\. Write the name or drop it"),
        (("[[actor]\n",), r"0\.toml: not valid TOML"),
        (('[[addition]]\nid = "a"\nactor = "gone"\n',), r"addition 'a' is to 'gone', which no record has"),
        ((FRONT + '[[addition]]\nid = "a"\nactor = "pam.front"\nname = "x"\n',), r"unknown field 'name'"),
    ],
)
def test_a_record_that_cannot_be_used_stops_the_load(tmp_path, texts, says):
    with pytest.raises(RuleError, match=says):
        read_actors(folder(tmp_path, *texts))


def test_a_survey_tells_of_every_bad_record(tmp_path):
    found = survey_actors(folder(tmp_path, FRONT + "aliases = [3]\n", LEAGUE + "start = 3\n"))
    assert len(found.problems) == 2
    assert not found.actors


def test_an_addition_gives_names_and_outside_ids_and_keeps_what_stands(tmp_path):
    added = (
        '[[addition]]\nid = "a"\nactor = "pam.front"\naliases = ["VLF"]\nexternal = { ucdp = "7", wikidata = "Q2" }\n'
    )
    (front,) = read_actors(folder(tmp_path, FRONT + 'external = { ucdp = "1" }\n', added))
    assert [each.text for each in front.aliases] == ["VLF"]
    assert dict(front.external) == {"ucdp": "1", "wikidata": "Q2"}


def test_the_users_record_replaces_the_shipped_one_whole(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    source = folder(tmp_path, FRONT + 'aliases = ["VLF"]\n')
    folder(own, FRONT.replace("Valley Front", "Hill Front"))
    (front,) = read_actors(RuleSource(folder=source.folder, extra=(own,)))
    assert (front.name, front.aliases) == ("Hill Front", ())


def test_a_name_of_its_own_that_a_record_calls_shared_may_be_anothers(tmp_path):
    shared = 'aliases = [{ text = "Valley Front", ambiguous = true, note = "also a league" }]\n'
    second = LEAGUE.replace("Rim League", "Valley Front")
    assert len(read_actors(folder(tmp_path, FRONT + shared, second))) == 2
