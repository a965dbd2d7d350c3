terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    tencentcloud = {
      source = "tencentcloudstack/tencentcloud"
    }
  }
}
