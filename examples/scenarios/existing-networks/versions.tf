terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}
