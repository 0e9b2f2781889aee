variable "reporting_password" {
  type    = string
  default = "Vq7tLm2xRk9nB4wQ" # made up
}

variable "orders_password" {
  type      = string
  sensitive = true
}

resource "terraform_data" "orders" {
  input = { engine = "postgres", password = var.orders_password }
}

# `nonsensitive` takes the mask off, and the script shows the password in the console.
resource "terraform_data" "web" {
  input = { user_data = nonsensitive("#!/bin/sh\necho ${var.orders_password} > /run/orders") }
}

resource "terraform_data" "seed" {
  provisioner "local-exec" {
    command = "psql postgres://seed:kJ3mPz8vTq@orders.internal/shop -f seed.sql"
  }
}
