variable "name" {
  type = string
}

resource "terraform_data" "bucket" {
  input = var.name
}

resource "terraform_data" "object" {
  count = 2
  input = "${var.name}-${count.index}"
}
