variable "name" {
  type        = string
  description = "Name of the VPC. The names of the cidrplan_blocks begin with it, so it must be different in each use of the module."
}

variable "supernets" {
  type        = list(string)
  description = "CIDR blocks of the VPC to allocate the subnets from. They can be blocks of another cidrplan_blocks."
}

variable "vrf" {
  type        = string
  default     = null
  description = "VRF of the VPC. VPCs with the same CIDR blocks that are never connected are in different VRFs."
}

variable "platform" {
  type        = string
  default     = "generic"
  description = "Platform of the VPC. Sizes in addresses do not include the addresses that it reserves in each subnet."
}

variable "zones" {
  type        = list(string)
  description = "Zones with subnets, in any order. Adding a zone moves no subnet, regardless of its position."
}

variable "max_zones" {
  type        = number
  default     = 4
  description = "Maximum number of zones, now and later. Space for the subnets of all of them is reserved."

  validation {
    condition     = var.max_zones >= 1
    error_message = "There is at least one zone."
  }
}

variable "sizes" {
  type = map(object({
    addresses     = optional(number)
    prefix_length = optional(number)
  }))
  default = {
    node          = { addresses = 1000 }
    pod           = { addresses = 8000 }
    database      = { addresses = 240 }
    load-balancer = { addresses = 240 }
  }
  description = "Size of the subnet of each kind in each zone: the number of usable addresses, or the prefix length."

  validation {
    condition     = alltrue([for size in values(var.sizes) : (size.addresses == null) != (size.prefix_length == null)])
    error_message = "Each kind gives either addresses or prefix_length."
  }

  validation {
    condition     = !contains(keys(var.sizes), "kinds")
    error_message = "No kind is named kinds: the blocks around all kinds have that name."
  }
}

variable "reserved" {
  type        = map(object({ cidr = string, description = optional(string) }))
  default     = {}
  description = "Parts of the VPC that are not allocated to any subnet, by name: for example existing subnets."
}

variable "locks" {
  type        = map(string)
  default     = {}
  description = "The output of the same name, to restore a lost state."
}
