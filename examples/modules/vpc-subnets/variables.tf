variable "name" {
  type        = string
  description = "Name of the VPC. The names of the cidrplan_blocks begin with it, so no two uses of the module have one name."
}

variable "supernets" {
  type        = list(string)
  description = "Blocks of the VPC to carve the subnets out of. They may come from another cidrplan_blocks."
}

variable "vrf" {
  type        = string
  default     = null
  description = "Address realm of the VPC. VPCs that have the same blocks and never meet are in different ones."
}

variable "platform" {
  type        = string
  default     = "generic"
  description = "Platform of the VPC. It keeps some addresses of each subnet, which sizes in addresses do not count."
}

variable "zones" {
  type        = list(string)
  description = "Zones with subnets, in any order. A zone that is added, wherever, moves no other."
}

variable "max_zones" {
  type        = number
  default     = 4
  description = "Number of zones that there will ever be. Room for the subnets of all of them is kept from the first day."

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
  description = "Size of the subnet of each kind in each zone: the addresses that must be usable, or the prefix length."

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
  description = "Parts of the VPC that no subnet may have, by name: subnets that exist already and are of nobody here."
}

variable "locks" {
  type        = map(string)
  default     = {}
  description = "The output of the same name, to restore a state that was lost."
}
