terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    ksyun = {
      source = "kingsoftcloud/ksyun"
    }
  }
}
