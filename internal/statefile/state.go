package statefile

import (
	"encoding/json"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// stateResource is a resource of a state of format 4. Instances are decoded only for types that are read.
// Source: https://github.com/opentofu/opentofu/blob/main/internal/states/statefile/version4.go
type stateResource struct {
	Module    string          `json:"module"`
	Mode      string          `json:"mode"`
	Type      string          `json:"type"`
	Name      string          `json:"name"`
	Instances json.RawMessage `json:"instances"`
}

type stateInstance struct {
	IndexKey   json.RawMessage `json:"index_key"`
	Deposed    string          `json:"deposed"`
	Attributes json.RawMessage `json:"attributes"`
}

// state collects the objects of a state of format 4. Deposed instances are about to be destroyed, and are left out.
func (d *document) state(c *collector) {
	for i := range d.Resources {
		r := &d.Resources[i]
		typeName, elements, ok := c.typeOf(r.Mode, r.Type)
		if !ok {
			continue
		}
		var instances []stateInstance
		if json.Unmarshal(r.Instances, &instances) != nil {
			c.problem = messages.WrongFileType{Field: "instances of a resource", Want: "a list of objects"}
			return
		}
		for _, instance := range instances {
			if instance.Deposed != "" || len(instance.Attributes) == 0 {
				continue
			}
			o := Object{Type: typeName, Module: r.Module, Name: r.Name, File: c.file}
			o.setInstance(instance.IndexKey)
			c.add(o, newValue(instance.Attributes, nil), elements)
		}
		r.Instances = nil
	}
}
