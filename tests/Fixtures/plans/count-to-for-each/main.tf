variable "buckets" {
  default = ["logs", "media", "backups"]
}

resource "terraform_data" "bucket" {
  for_each = toset(var.buckets)
  input    = { name = each.key, versioned = true }
}
