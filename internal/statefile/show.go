package statefile

import (
	"encoding/json"
)

// The output of terraform show -json. The structs have what is read of those of github.com/hashicorp/terraform-json, whose
// attributes are not decoded before a caller asks for them.
type (
	showValues struct {
		RootModule showModule `json:"root_module"`
	}
	showModule struct {
		Address   string         `json:"address"`
		Resources []showResource `json:"resources"`
		Children  []showModule   `json:"child_modules"`
	}
	showResource struct {
		Address string          `json:"address"`
		Mode    string          `json:"mode"`
		Type    string          `json:"type"`
		Name    string          `json:"name"`
		Index   json.RawMessage `json:"index"`
		Deposed string          `json:"deposed_key"`
		Values  json.RawMessage `json:"values"`
	}
	resourceChange struct {
		Address string `json:"address"`
		Deposed string `json:"deposed"`
		Type    string `json:"type"`
		Mode    string `json:"mode"`
		Change  struct {
			AfterUnknown json.RawMessage `json:"after_unknown"`
		} `json:"change"`
	}
)

// plan collects the objects as they are after the apply, and those that data sources found already.
func (d *document) plan(c *collector) {
	unknown := map[string]json.RawMessage{}
	for _, change := range d.ResourceChanges {
		if _, _, ok := c.typeOf(change.Mode, change.Type); ok && change.Deposed == "" {
			unknown[change.Address] = change.Change.AfterUnknown
		}
	}
	c.planned = map[string]bool{}
	d.PlannedValues.root(c, unknown)
	if d.PriorState != nil {
		c.onlyData = true
		d.PriorState.Values.root(c, nil)
	}
}

// root collects the objects of all modules. unknown is after_unknown by address.
func (v *showValues) root(c *collector, unknown map[string]json.RawMessage) {
	if v != nil {
		v.RootModule.collect(c, unknown)
	}
}

func (m *showModule) collect(c *collector, unknown map[string]json.RawMessage) {
	for i := range m.Resources {
		r := &m.Resources[i]
		typeName, elements, ok := c.typeOf(r.Mode, r.Type)
		if !ok || r.Deposed != "" || c.onlyData && (r.Mode != "data" || c.planned[r.Address]) {
			continue
		}
		if c.planned != nil {
			c.planned[r.Address] = true
		}
		o := Object{Type: typeName, Module: m.Address, Name: r.Name, File: c.file}
		o.setInstance(r.Index)
		c.add(o, newValue(r.Values, unknown[r.Address]), elements)
	}
	for i := range m.Children {
		m.Children[i].collect(c, unknown)
	}
}
