terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    aws = {
      source = "hashicorp/aws"
    }
  }
}
