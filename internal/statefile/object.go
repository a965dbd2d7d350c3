package statefile

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

// Object is an instance of a resource, or one of those that a data source found.
type Object struct {
	// Type is the key of the type in the catalog: "huaweicloud_vpc", or "data.huaweicloud_vpcs" for a data source.
	Type string
	// Module is the address of the module, "" for the root module.
	Module string
	// Name is the name of the resource or data source.
	Name string
	// Instance is the key of an instance as Terraform writes it, such as ["prod"] or [0], and InstanceKey as text: prod or 0. Both are
	// "" for a resource without for_each and count.
	Instance, InstanceKey string
	// Element distinguishes the objects that one data source found: the ID, or the index where there is none.
	Element string
	// File is the name of the file that has the object.
	File string
	// Value is what the state or plan says of it.
	Value clouds.Value
	// private is what the provider keeps beside the value in a state, encoded.
	private string
}

// Managed says whether the object is a resource, and not what a data source found.
func (o Object) Managed() bool { return !strings.HasPrefix(o.Type, dataPrefix) }

// Declares says whether the object is a resource of this provider that declares a network or a cluster.
func (o Object) Declares() bool { return declaringTypes[o.Type] != "" }

const dataPrefix = "data."

// Address is the address of the object, such as module.net.huaweicloud_vpc.all["prod"], with the ID of an element of a data
// source in parentheses.
func (o Object) Address() string {
	address := o.Type + "." + o.Name + o.Instance
	if o.Module != "" {
		address = o.Module + "." + address
	}
	if o.Element != "" {
		address += fmt.Sprintf(" (%s)", o.Element)
	}
	return address
}
