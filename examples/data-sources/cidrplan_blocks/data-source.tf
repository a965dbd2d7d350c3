data "cidrplan_blocks" "preview" {
  name      = "preview"
  supernets = ["10.0.0.0/8"]

  declare = {
    blocks = {
      prod = { prefix_length = 16 }
      lab  = { addresses = 500, platform = "huaweicloud" }
    }
  }
}

output "cidrs" {
  value = data.cidrplan_blocks.preview.cidrs
}
