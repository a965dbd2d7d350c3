terraform {
  required_version = ">= 1.5"

  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}
