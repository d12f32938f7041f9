# SPDX-License-Identifier: Apache-2.0
"""schema_check.py SCHEMA < LIST: validates the YAML files of LIST, one a line, as an editor does (YAML 1.2, core schema).

Prints FILE for each that is valid, FILE<tab>sentence for each that is not. Exit code 0 when all could be read."""
import json
import re
import sys

import jsonschema
import yaml


class Core(yaml.SafeLoader):
    """Scalars of YAML 1.2: on, off, yes and no are texts, 1:30 and 2024-01-01 too."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+.0123456789"),
]:
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile("^(?:" + pattern + ")$"), list(first))
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 10))
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
for name in sys.stdin.read().splitlines():
    with open(name, encoding="utf-8") as file:
        document = yaml.load(file, Core)
    error = jsonschema.exceptions.best_match(validator.iter_errors(document))
    where = "" if error is None else "/".join(str(part) for part in error.absolute_path)
    print(name if error is None else f"{name}\t{where}: {error.message[:300]}")
