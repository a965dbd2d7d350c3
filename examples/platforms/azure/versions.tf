terraform {
  required_providers {
    cidrplan = {
      source = "cidrplan/cidrplan"
    }
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

provider "azurerm" {
  features {}
}
