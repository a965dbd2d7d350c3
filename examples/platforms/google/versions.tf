terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    google = {
      source = "hashicorp/google"
    }
  }
}
