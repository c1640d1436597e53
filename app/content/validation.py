"""From YAML values to typed records, and from Pydantic's errors to faults with a line and a mend."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from app.content import fields as course_fields
from app.content import prose
from app.content.faults import Fault
from app.content.known import Known
from app.content.strict_yaml import Document
from app.questions import fields, scenario
from app.questions.fields import Written

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]

PATTERNS: Mapping[str, tuple[str, str]] = {
    fields.ID_PATTERN: ("is not an id", "Use lower-case letters, digits and single hyphens."),
    fields.OBJECTIVE_PATTERN: ("is not the id of an objective", "Write `<module>.<number>`, such as `hotspots.2`."),
    fields.REFERENCE_PATTERN: ("is not the id of a reference", "Use lower-case letters, digits, hyphens, underscores."),
    fields.CLAIM_PATTERN: ("is not the number of a claim", "Write it as `HOT-1` or `FAQ2-b`."),
    scenario.CONDITION_PATTERN: ("is not a condition", "Write `<4`, `<=4`, `>4`, `>=4`, `4` or `4..7`, in quotes."),
    scenario.STEP_PATTERN: ("is not a step of a path", "Write `<node>.<move>`."),
    course_fields.FILE_PATTERN: (
        "is not the name of a file",
        "Use lower-case letters, digits, hyphens, and an ending.",
    ),
    fields.CREDIT_PATTERN: ("is not a credit", "Write 1, 0 or a fraction such as 1/2."),
}
WANTED: Mapping[str, tuple[str, str]] = {
    "string_type": ("text", "Put it in quotes."),
    "int_type": ("a whole number", "Write digits without quotes."),
    "bool_type": ("true or false", "Write `true` or `false`."),
    "tuple_type": ("a list", "Write `[one, two]`, or one item a line after `- `."),
    "mapping_type": ("keys with values", "Write `key: value` lines, indented."),
    "dict_type": ("keys with values", "Write `key: value` lines, indented."),
    "model_type": ("keys with values", "Write `key: value` lines, indented."),
    "model_attributes_type": ("keys with values", "Write `key: value` lines, indented."),
    "date_type": ("a date", "Write it as 2027-01-31."),
    "date_from_datetime_parsing": ("a date", "Write it as 2027-01-31."),
    "date_parsing": ("a date", "Write it as 2027-01-31."),
}


def read(document: Document, model: type[Model], faults: list[Fault]) -> Model | None:
    """None if the file does not hold what it should; each reason is a fault."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        faults.extend(_fault(document, model, details) for details in error.errors() if not _follows(details))
        return None


def items(document: Document, place: Place, model: type[Model]) -> Iterator[tuple[int, Model]]:
    """Those items of a list that are as they should be: their rules are checked though another item is faulty.
    `model` may be a union."""
    found = value_at(document, place)
    reader = _reader(model)
    for number, item in enumerate(found if isinstance(found, list) else []):
        try:
            yield number, reader.validate_python(item)
        except ValidationError:
            continue


@cache
def _reader(model: type[Model]) -> TypeAdapter[Model]:
    return TypeAdapter(model)


def value_at(document: Document, place: Place) -> Any:
    value = document.data
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def ids(document: Document, place: Place, faults: list[Fault], what: str) -> dict[str, int]:
    """id -> line of a list's items, faulty ones too; an id that stands there twice is a fault."""
    found: dict[str, int] = {}
    listed = value_at(document, place)
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        id = item.get("id") if isinstance(item, dict) else None
        if not isinstance(id, str):
            continue
        line = document.line((*place, number, "id"))
        if id in found:
            message = f"The {what} `{id}` stands here twice; first in line {found[id]}."
            faults.append(Fault(document.path, line, message, "Keep one, or give it its own id."))
        found.setdefault(id, line)
    return found


def check_texts(document: Document, record: BaseModel, place: Place, known: Known, faults: list[Fault]) -> prose.Uses:
    """Checks every text of a record by how much markup it may hold."""
    uses = prose.Uses()
    for where, text, written in _texts(record, place):
        spot = prose.Spot(document.path, _line_finder(document, where, text))
        uses.add(prose.check(text, written, spot, known, faults))
    return uses


def _line_finder(document: Document, place: Place, text: str) -> Any:
    return lambda offset: document.line_in_text(place, text, offset)


def _texts(record: BaseModel, place: Place) -> Iterator[tuple[Place, str, Written]]:
    for name, written in _fields(type(record)):
        where = place if name == "root" else (*place, name)
        yield from _in_value(getattr(record, name), where, written)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Written | None], ...]:
    """Each field's name and the mark of its text type."""
    return tuple(
        (name, _written(Annotated[field.annotation, *field.metadata, None]))
        for name, field in model.model_fields.items()
    )


def _in_value(value: object, place: Place, written: Written | None) -> Iterator[tuple[Place, str, Written]]:
    if isinstance(value, BaseModel):
        yield from _texts(value, place)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _in_value(item, (*place, number), written)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _in_value(item, (*place, key), written)
    elif isinstance(value, str) and written:
        yield place, value, written


def _written(annotation: Any) -> Written | None:
    """The mark of a text type, wherever it stands in the annotation."""
    if isinstance(annotation, Written):
        return annotation
    return next((found for part in get_args(annotation) if (found := _written(part))), None)


def _fault(document: Document, model: type[BaseModel], error: ErrorDetails) -> Fault:
    tagged, kind, value = error["loc"], error["type"], error["input"]
    place = _untagged(document, tagged)
    context = error.get("ctx", {})
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        place = (*place, str(context["discriminator"]).strip("'"))
    name = next((str(step) for step in reversed(place) if isinstance(step, str)), "")
    line = document.line(place)
    message, mend = error["msg"], "docs/author.md shows what stands here."
    if kind in ("missing", "union_tag_not_found"):
        message, mend = f"`{place[-1]}` is missing.", f"Add `{place[-1]}: …`."
    elif kind == "extra_forbidden":
        line = document.key_line(place)
        message, mend = f"`{place[-1]}` is not a key here.", _permitted(model, tagged)
    elif kind == "string_pattern_mismatch":
        what, mend = PATTERNS.get(context["pattern"], ("is not what stands here", "Write " + _shape(name) + "."))
        message = f"`{value}` {what}."
    elif kind in ("literal_error", "union_tag_invalid"):
        expected = context.get("expected") or context.get("expected_tags")
        shown = value if kind == "literal_error" else context.get("tag")
        message, mend = f"`{name}: {shown}` is not known.", f"Write {expected}.".replace("'", "`")
    elif kind in WANTED:
        wanted, mend = WANTED[kind]
        message = f"{f'`{name}`' if name else 'The file'} wants {wanted}, not {_described(value)}."
        mend = f"Write {wanted}." if value is None else mend
    elif kind == "string_too_short":
        message, mend = f"`{name}` is empty.", "Write it, or remove the key if it may be absent."
    elif kind in ("too_short", "too_long"):
        message, mend = _length(name, context, len(value)), "Add or remove items."
    elif kind in ("greater_than_equal", "less_than_equal"):
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        message, mend = f"`{name}` is {value}; it is {bound}.", "Correct the number."
    return Fault(document.path, line, message, mend)


def _untagged(document: Document, place: Place) -> Place:
    """The place without the tags that Pydantic puts in where a type of question decides what may stand there."""
    value, found = document.data, list[str | int]()
    for number, step in enumerate(place):
        if isinstance(value, dict) and step not in value and step == value.get("type") and number < len(place) - 1:
            continue
        found.append(step)
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
    return tuple(found)


def _follows(error: ErrorDetails) -> bool:
    """A list that is too short only because its faulty items do not count."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _length(name: str, context: Mapping[str, Any], number: int) -> str:
    wanted = f"at least {context['min_length']}" if "min_length" in context else f"at most {context['max_length']}"
    return f"`{name}` wants {wanted} items, not {number}."


def _described(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "keys"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"“{value}”" if isinstance(value, str) else f"the {_kind(value)} {value}"


def _kind(value: object) -> str:
    return "number" if isinstance(value, (int, float)) else "date"


def _shape(name: str) -> str:
    shapes = {
        "url": "an address that begins with `https://`",
        "doi": "the DOI alone, such as `10.1016/j.jbtep.2016.11.003`",
        "language": "a language such as `en` or `en-GB`",
    }
    return shapes.get(name, "`module#section`")


def _permitted(model: type[BaseModel], place: tuple[str | int, ...]) -> str:
    """The key that was probably meant, or the keys that may stand here."""
    keys = _keys(model, place[:-1])
    close = get_close_matches(str(place[-1]), keys, 1)
    return f"Did you mean `{close[0]}`?" if close else f"The keys are {', '.join(f'`{key}`' for key in keys)}."


def _keys(annotation: Any, place: tuple[str | int, ...]) -> list[str]:
    for step in place:
        annotation = _step(annotation, step)
    models = list(_models(annotation))
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _step(annotation: Any, step: str | int) -> Any:
    for model in _models(annotation):
        if "type" in model.model_fields and step in get_args(model.model_fields["type"].annotation):
            return model
        if isinstance(step, str) and step in model.model_fields:
            return model.model_fields[step].annotation
        if "root" in model.model_fields:
            return model.model_fields["root"].annotation
    return annotation


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for part in get_args(annotation):
        yield from _models(part)
