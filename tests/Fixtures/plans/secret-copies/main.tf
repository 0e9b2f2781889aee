variable "password" {
  type      = string
  sensitive = true
  default   = "Tr0ub4dor&3-long"
}

variable "plain" {
  default = "nothing secret"
}

resource "terraform_data" "database" {
  input = { engine = "mysql", password = var.password }
}

resource "terraform_data" "kept" {
  input = "nothing secret"
}

# The provider's own copy of the secret: no mask tells that `output` holds it.
resource "terraform_data" "connection" {
  input = nonsensitive("mysql://root:${var.password}@db.internal/app")
}

resource "terraform_data" "as_json" {
  input = nonsensitive(jsonencode({ password = var.password }))
}

output "masked" {
  value     = var.password
  sensitive = true
}

output "leaked" {
  value = nonsensitive("password is ${var.password}")
}
