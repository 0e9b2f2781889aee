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

resource "aws_s3_bucket" "invoices" {
  bucket = "shop-invoices"

  # Ten years, by law.
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_instance" "bastion" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "t4g.nano"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}
