variable "buckets" {
  default = ["logs", "media", "backups"]
}

resource "terraform_data" "bucket" {
  count = length(var.buckets)
  input = { name = var.buckets[count.index], versioned = true }
}
