"""`_()` in templates."""

from flask import Flask


def render(app: Flask, template: str, **values: object) -> str:
    with app.test_request_context():
        return app.jinja_env.from_string(template).render(values)


def render_letter(app: Flask, template: str, **values: object) -> str:
    with app.test_request_context():
        return app.jinja_env.overlay(autoescape=False).from_string(template).render(values)


def test_variables_of_messages_are_escaped_in_pages(app: Flask) -> None:
    page = render(app, "{{ _('Dear %(name)s', name=name) }}", name="<b>O’Neill & Co</b>")

    assert page == "Dear &lt;b&gt;O’Neill &amp; Co&lt;/b&gt;"


def test_variables_of_messages_stand_as_they_are_in_letters(app: Flask) -> None:
    assert render_letter(app, "{{ _('Dear %(name)s', name=name) }}", name="O'Neill & Co") == "Dear O'Neill & Co"


def test_a_doubled_percent_sign_is_one(app: Flask) -> None:
    assert render(app, "{{ _('%(mark)s%%', mark=80) }}") == "80%"


def test_messages_count(app: Flask) -> None:
    counted = "{{ ngettext('%(num)d minute of %(what)s', '%(num)d minutes of %(what)s', n, what='tea') }}"

    assert [render(app, counted, n=number) for number in (1, 2)] == ["1 minute of tea", "2 minutes of tea"]
