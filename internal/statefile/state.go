package statefile

import (
	"encoding/json"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
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
	Private    string          `json:"private"`
	// Flat are the attributes as Terraform 0.11 stored them, which no provider has read since.
	Flat json.RawMessage `json:"attributes_flat"`
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
			c.problem = messages.WrongInstances{}
			return
		}
		for _, instance := range instances {
			if instance.Deposed != "" {
				continue
			}
			o := Object{Type: typeName, Module: r.Module, Name: r.Name, File: c.file, private: instance.Private}
			o.setInstance(instance.IndexKey)
			v := newValue(instance.Attributes, nil)
			switch kind := v.Kind(); {
			case kind == clouds.Map:
				c.add(o, v, elements)
			case kind != clouds.Null:
				c.problem = messages.WrongAttributes{}
				return
			case len(instance.Flat) > 0:
				o.Value = v
				c.objects = append(c.objects, o)
			}
		}
		r.Instances = nil
	}
}
