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

  endpoints {
    sqs = "http://127.0.0.1:4599"
  }
}

resource "aws_sqs_queue" "read" {
  name                       = "read"
  visibility_timeout_seconds = 30
}

resource "aws_sqs_queue" "unread" {
  name          = "unread"
  delay_seconds = 0
}

resource "aws_sqs_queue" "gone" {
  name = "gone"
}

resource "aws_sqs_queue" "same" {
  name = "same"
}

output "timeout" {
  value = aws_sqs_queue.read.visibility_timeout_seconds
}

# Reads one of the attributes that drifted.
resource "terraform_data" "worker" {
  input = { patience = aws_sqs_queue.read.visibility_timeout_seconds }
}
