terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    baiducloud = {
      source = "baidubce/baiducloud"
    }
  }
}
