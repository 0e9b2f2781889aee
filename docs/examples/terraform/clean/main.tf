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
  username                = "orders"
  password                = var.orders_password
  skip_final_snapshot     = true
  deletion_protection     = true
  backup_retention_period = 14
}

moved {
  from = aws_dynamodb_table.sessions
  to   = aws_dynamodb_table.user_sessions
}

resource "aws_dynamodb_table" "user_sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_s3_bucket" "invoices" {
  bucket = "example-invoices"
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "Traffic to the web servers"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name  = "web"
    image = "registry.example.com/shop/web:v1.5.0"
  }])
}

resource "aws_s3_bucket" "receipts" {
  bucket = "example-receipts"
}
