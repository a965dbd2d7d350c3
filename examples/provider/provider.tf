terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

# No configuration is required: no server, no credentials.
provider "cidrplan" {}
