terraform {
  required_version = ">= 1.7" # Terraform 1.8 or OpenTofu 1.7, which call functions of providers

  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}
