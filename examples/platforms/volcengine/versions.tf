terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    volcengine = {
      source = "volcengine/volcengine"
    }
  }
}
