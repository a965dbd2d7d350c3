terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
  }
}

# There is nothing to configure: no server, no credentials.
provider "cidrplan" {}
