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

variable "services" {
  type = set(string)
}

variable "owner" {
  type    = string
  default = "platform"
}

variable "database_password" {
  type      = string
  sensitive = true
  default   = "w7Kq-2vLr-1"
}

locals {
  # Every other service has its database protected.
  protected = toset([for name in var.services : name if parseint(substr(name, -1, 1), 10) % 2 == 0])
}

resource "aws_sqs_queue" "jobs" {
  for_each = var.services
  name     = "${each.key}-jobs"
  tags     = { service = each.key, owner = var.owner }
}

resource "aws_dynamodb_table" "sessions" {
  for_each                    = var.services
  name                        = "${each.key}-sessions"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = contains(local.protected, each.key)
  tags                        = { service = each.key, owner = var.owner }

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_db_instance" "orders" {
  for_each                  = var.services
  identifier                = "${each.key}-orders"
  engine                    = "postgres"
  engine_version            = "16.4"
  instance_class            = "db.t4g.medium"
  allocated_storage         = 100
  storage_encrypted         = false
  username                  = "orders"
  password                  = var.database_password
  deletion_protection       = contains(local.protected, each.key)
  skip_final_snapshot       = !contains(local.protected, each.key)
  final_snapshot_identifier = "${each.key}-orders-last"
  tags                      = { service = each.key, owner = var.owner }
}

resource "aws_s3_bucket" "files" {
  for_each      = var.services
  bucket        = "${each.key}-files"
  force_destroy = !contains(local.protected, each.key)
  tags          = { service = each.key, owner = var.owner }
}

resource "aws_kms_key" "data" {
  for_each                = var.services
  description             = "data of ${each.key}"
  deletion_window_in_days = 30
  tags                    = { service = each.key, owner = var.owner }
}

resource "aws_iam_role" "service" {
  for_each = var.services
  name     = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
  tags = { service = each.key, owner = var.owner }
}

resource "aws_iam_role_policy" "queue" {
  for_each = var.services
  name     = "queue"
  role     = aws_iam_role.service[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = aws_sqs_queue.jobs[each.key].arn }]
  })
}

resource "aws_cloudwatch_log_group" "service" {
  for_each          = var.services
  name              = "/services/${each.key}"
  retention_in_days = 30
  tags              = { service = each.key, owner = var.owner }
}

resource "aws_security_group" "service" {
  for_each    = var.services
  name        = each.key
  description = "what reaches ${each.key}"
  tags        = { service = each.key, owner = var.owner }

  ingress {
    from_port   = 8080
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_ssm_parameter" "database" {
  for_each = var.services
  name     = "/${each.key}/database-password"
  type     = "SecureString"
  value    = var.database_password
  tags     = { service = each.key, owner = var.owner }
}
