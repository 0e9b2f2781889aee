terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

# No account and no network: these settings and `-refresh=false` make plans on a laptop.
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "orders_password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = "db.t4g.medium"
  allocated_storage       = 100
  storage_encrypted       = true # cannot be changed in place: the database is made anew, empty
  username                = "orders"
  password                = var.orders_password
  skip_final_snapshot     = true
  backup_retention_period = 7
}

# Was called "sessions". Without a `moved` block this destroys one table and makes another.
resource "aws_dynamodb_table" "user_sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

# The bucket "invoices" was here. It is deleted with everything in it: `force_destroy` was set.

resource "aws_security_group" "web" {
  name        = "web"
  description = "Traffic to the web servers"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "docker.io/someone/web:latest"
  }])
}

output "orders_url" {
  value = nonsensitive("postgres://orders:${var.orders_password}@${aws_db_instance.orders.identifier}.example.com/orders")
}
