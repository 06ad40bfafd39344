"""A record of the work tells what was done, without the secret."""

import pytest
from markdown import markdown

from apiuser.checklist import Job, write_html, write_markdown
from apiuser.howto.key_and_secret import KEEP, NEW_SECRET
from tests.checklist_samples import fill, make_checklist
from tests.planted import SECRETS


@pytest.mark.parametrize("job", Job)
def test_a_record_tells_the_work_and_not_the_secret(job: Job) -> None:
    checklist = make_checklist(job)
    fill(checklist)
    checklist.set("username", "sample4key@example.com")
    if job is Job.EDIT:
        checklist.set("renewal", NEW_SECRET)
    checklist.take_secret(SECRETS[3])

    for record in (write_markdown(checklist), write_html(checklist)):
        assert "sample4key@example.com" in record
        assert f"{len(SECRETS[3])} characters" in record
        assert "at least 12 characters" in record
        assert SECRETS[3] not in record


def test_an_edit_that_keeps_everything_records_no_secret() -> None:
    checklist = make_checklist(Job.EDIT)
    fill(checklist)
    checklist.set("renewal", NEW_SECRET)
    checklist.generate_secret()

    checklist.set("renewal", KEEP)

    assert "| Secret | not changed |" in write_markdown(checklist)


def test_a_record_says_why_there_is_no_policy() -> None:
    checklist = make_checklist()
    checklist.set("secret_limit", 8)

    assert "SEC002" in write_markdown(checklist)


def test_a_record_keeps_marked_up_values_as_text() -> None:
    checklist = make_checklist()
    checklist.set("tenant", "<b>Sample</b> | MSP\n*one*")

    checklist.set("username", "<i>*key*</i>@example.com")

    text, html = write_markdown(checklist), write_html(checklist)

    page = markdown(text, extensions=["tables"])
    assert "&#60;b&#62;Sample&#60;/b&#62; &#124; MSP<br>*one*" in page
    assert "<h1>Created API user: &#60;i&#62;*key*&#60;/i&#62;@example.com</h1>" in page
    assert html.count("&lt;i&gt;*key*&lt;/i&gt;@example.com") > 1
    assert "&lt;b&gt;Sample&lt;/b&gt; | MSP<br>*one*" in html


def test_a_record_says_what_is_still_open() -> None:
    record = write_markdown(make_checklist())

    assert "the login suffix is not known" in record
    assert "not yet" in record
    assert "0 of 15" in record
