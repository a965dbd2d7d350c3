package statefile

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

// collector gathers the objects of one file.
type collector struct {
	file    string
	wanted  Wanted
	objects []Object
	// problem is why the file cannot be read, nil where it can.
	problem any
	// planned are the addresses that a plan has values for; with onlyData only data sources beside them are collected.
	planned  map[string]bool
	onlyData bool
}

// typeOf is the key of a type in the catalog, and the list of a data source that has the objects.
func (c *collector) typeOf(mode, typeName string) (name, elements string, ok bool) {
	if mode == "data" {
		typeName = dataPrefix + typeName
	}
	elements, ok = c.wanted(typeName)
	return typeName, elements, ok
}

// setInstance reads the key of an instance: a text, a number or none.
func (o *Object) setInstance(raw json.RawMessage) {
	switch key := scalar(raw); {
	case len(raw) == 0 || string(raw) == "null":
	case raw[0] == '"':
		o.Instance, o.InstanceKey = "["+strconv.Quote(key)+"]", key
	default:
		o.Instance, o.InstanceKey = "["+key+"]", key
	}
}

// add adds an object, or each of those that a data source found. One whose list is not known yet is an unknown object.
func (c *collector) add(o Object, v clouds.Value, elements string) {
	for name := range strings.SplitSeq(elements, ".") {
		if name == "" || v == nil || v.Kind() != clouds.Map {
			break
		}
		v = v.Members()[name]
	}
	if elements == "" || v == nil || v.Kind() != clouds.List {
		if o.Value = v; v != nil && v.Kind() != clouds.Null {
			c.objects = append(c.objects, o)
		}
		return
	}
	for i, element := range v.Elements() {
		one := o
		one.Value, one.Element = element, elementName(element, i)
		c.objects = append(c.objects, one)
	}
}

// elementName is the ID of an element, or its index.
func elementName(element clouds.Value, i int) string {
	if element.Kind() == clouds.Map {
		if id, has := element.Members()["id"]; has && id.Text() != "" {
			return id.Text()
		}
	}
	return fmt.Sprint(i)
}
