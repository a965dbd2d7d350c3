package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestEveryKindOfTheCoreHasAWord(t *testing.T) {
	for kind := topology.HubName; kind <= topology.ArgumentName; kind++ {
		if nameKinds[kind] == "" {
			t.Errorf("names of kind %d have no word", kind)
		}
	}
	for list := topology.ListedRanges; list <= topology.RangePairs; list++ {
		if lists[list] == "" {
			t.Errorf("lists of kind %d have no word", list)
		}
	}
	for value := topology.MostNodes; value <= topology.AllowedByRule; value++ {
		if userValues[value] == "" {
			t.Errorf("values of the user of kind %d have no word", value)
		}
	}
	for typ := topology.NullType; typ <= topology.OtherType; typ++ {
		if valueTypes[typ] == "" {
			t.Errorf("values of type %d have no word", typ)
		}
	}
	for kind := topology.NodeBlockValue; kind <= topology.ServicesWithFamilyValue; kind++ {
		if valueKinds[kind] == "" {
			t.Errorf("values of kind %d have no word", kind)
		}
	}
}
