terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    ctyun = {
      source = "ctyun-it/ctyun"
    }
  }
}
