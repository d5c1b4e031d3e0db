"""fits.py SCHEMA FILE…: every report in every file (JSON, or one a line in .jsonl) fits the schema."""
import json
import sys

try:
    import jsonschema
except ImportError:
    sys.exit("python3-jsonschema is missing: apt-get install python3-jsonschema")

schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
count = wrong = 0
for name in sys.argv[2:]:
    text = open(name, encoding="utf-8").read()
    for part in text.splitlines() if name.endswith(".jsonl") else [text]:
        count += 1
        for error in validator.iter_errors(json.loads(part)):
            wrong += 1
            print(f"{name}: {error.json_path}: {error.message[:200]}")
print(f"{count} reports, {wrong} errors")
sys.exit(1 if wrong or not count else 0)
