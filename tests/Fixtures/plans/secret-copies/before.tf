variable "password" {
  type      = string
  sensitive = true
  default   = "Tr0ub4dor&3-long"
}

resource "terraform_data" "database" {
  input = { engine = "postgres", password = var.password }
}

resource "terraform_data" "kept" {
  input = "nothing secret"
}
