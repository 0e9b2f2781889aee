#!/usr/bin/env python3
"""Makes the plans of this folder again: plan-10.json.gz, plan-100.json.gz, plan-1000.json.gz.

Needs Terraform 1.11 and the AWS provider 5.100.0, from a mirror where there is no network (a CLI configuration with
`provider_installation { filesystem_mirror { … } }` in TF_CLI_CONFIG_FILE), and no account. For each size:

1. before.tf is planned without a state, and the state that applying it would leave is made of that plan: what is known after apply
   gets an id, an ARN, or the zero of its type in the provider's schema.
2. after.tf is before.tf with the edits below; it is planned against that state, without asking AWS.

  make-plans.py [--work DIR] [SIZE…]
"""
import argparse, gzip, json, os, pathlib, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).parent
KINDS = 10  # resources of one service

# What the pull request does to the estate: text of before.tf, and what stands there afterwards.
EDITS = [
    # What was called `jobs` is called `work`: a move, told as such.
    ('resource "aws_sqs_queue" "jobs"', 'moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.work\n}\n\nresource "aws_sqs_queue" "work"'),
    ("aws_sqs_queue.jobs[each.key].arn", "aws_sqs_queue.work[each.key].arn"),
    # What was called `files` is called `uploads`: nobody says so, so each bucket is deleted and made anew.
    ('resource "aws_s3_bucket" "files"', 'resource "aws_s3_bucket" "uploads"'),
    # Databases of services whose name ends in 0 or 5 are encrypted, which makes them anew.
    ("storage_encrypted         = false", "storage_encrypted         = parseint(substr(each.key, -1, 1), 10) % 5 == 0"),
    # Log groups live on unmanaged.
    ('resource "aws_cloudwatch_log_group" "service" {\n  for_each          = var.services\n  name              = "/services/${each.key}"\n  retention_in_days = 30\n'
     '  tags              = { service = each.key, owner = var.owner }\n}\n',
     "removed {\n  from = aws_cloudwatch_log_group.service\n  lifecycle {\n    destroy = false\n  }\n}\n"),
    # Everything gets another owner, and the password a new value.
    ('default = "platform"', 'default = "shop"'),
    ('default   = "w7Kq-2vLr-1"', 'default   = "w7Kq-2vLr-2"'),
]


def services(size, after):
    """Names of services; of ten or more one in ten goes, and a new one comes."""
    count = max(1, size // KINDS)
    names = [f"s{i:03d}" for i in range(count)]
    gone = [name for i, name in enumerate(names) if count >= 10 and i % 10 == 7]
    return [name for name in names if name not in gone] + ([f"s{count:03d}"] if count >= 10 else []) if after else names


def terraform(folder, *arguments, output=None):
    subprocess.run(["terraform", *arguments], cwd=folder, check=True, stdout=output or subprocess.DEVNULL)


def plan(folder, name):
    terraform(folder, "plan", "-input=false", "-refresh=false", "-lock=false", "-out", name)
    with open(folder / f"{name}.json", "wb") as file:
        terraform(folder, "show", "-json", name, output=file)
    return folder / f"{name}.json"


def zero(kind):
    if kind == "string":
        return ""
    if kind == "bool":
        return False
    if kind == "number":
        return 0
    return {} if kind[0] in ("map", "object") else []


def applied(change, schema):
    """The attributes after apply."""
    after, unknown = dict(change["change"]["after"]), change["change"]["after_unknown"]
    name = f'{change["name"]}-{change.get("index", "")}'.lower()
    for key, value in unknown.items():
        attribute = schema["block"]["attributes"].get(key)
        if key == "id":
            after[key] = change["index"] if change["type"] == "aws_iam_role" else name
        elif key == "arn":
            after[key] = f'arn:aws:{change["type"]}:eu-west-1:123456789012:{name}'
        elif attribute is not None and value is True:
            after[key] = zero(attribute["type"])
        elif value is True:
            after[key] = []
    if change["type"] == "aws_iam_role_policy":
        after["role"], after["policy"] = change["index"], json.dumps({"Statement": [{"Action": "sqs:*", "Effect": "Allow", "Resource": f'arn:aws:aws_sqs_queue:eu-west-1:123456789012:jobs-{change["index"]}'}], "Version": "2012-10-17"}, separators=(",", ":"))
        after["id"] = f'{change["index"]}:queue'
    return after


def state_of(path, schemas):
    by_address = {}
    for change in json.load(open(path))["resource_changes"]:
        entry = by_address.setdefault((change["type"], change["name"]), {
            "mode": "managed", "type": change["type"], "name": change["name"],
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]', "instances": []})
        schema = schemas[change["type"]]
        entry["instances"].append({"index_key": change["index"], "schema_version": schema["version"], "attributes": applied(change, schema), "sensitive_attributes": []})
    return {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "5d2c7b7e-0000-4000-8000-000000000000", "outputs": {}, "resources": list(by_address.values())}


def make(size, folder):
    before = (HERE / "before.tf").read_text()
    (folder / "terraform.tfstate").unlink(missing_ok=True)
    (folder / "main.tf").write_text(before)
    (folder / "terraform.tfvars.json").write_text(json.dumps({"services": services(size, after=False)}))
    terraform(folder, "init", "-input=false", "-no-color")
    schemas = json.loads(subprocess.run(["terraform", "providers", "schema", "-json"], cwd=folder, check=True, capture_output=True).stdout)
    schemas = schemas["provider_schemas"]["registry.terraform.io/hashicorp/aws"]["resource_schemas"]
    (folder / "terraform.tfstate").write_text(json.dumps(state_of(plan(folder, "create"), schemas)))
    after = before
    for old, new in EDITS:
        assert old in after, old
        after = after.replace(old, new)
    (folder / "main.tf").write_text(after)
    (folder / "terraform.tfvars.json").write_text(json.dumps({"services": services(size, after=True)}))
    made = plan(folder, "change").read_bytes()
    with open(HERE / f"plan-{size}.json.gz", "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", compresslevel=9, mtime=0, filename="") as packed:
        packed.write(made)
    print(f"{size}: {len(made)} bytes", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", help="where to plan; default: a folder that goes afterwards")
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 100, 1000])
    given = parser.parse_args()
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(given.work or temporary) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            make(size, folder)


if __name__ == "__main__":
    main()
