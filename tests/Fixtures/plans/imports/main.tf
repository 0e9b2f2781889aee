import {
  to = terraform_data.plain
  id = "abc"
}

resource "terraform_data" "plain" {
}

import {
  to = terraform_data.changed
  id = "def"
}

resource "terraform_data" "changed" {
  input = "set by the configuration"
}

import {
  to = terraform_data.replaced
  id = "ghi"
}

resource "terraform_data" "replaced" {
  triggers_replace = ["new"]
}
