terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
  }
}
