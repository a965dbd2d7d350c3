package clouds

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// A value that becomes known changes no part of the result that was known: else Terraform's apply fails.
func TestFactsAreMonotone(t *testing.T) {
	for _, name := range Default().Platforms() {
		t.Run(name, func(t *testing.T) {
			compared := 0
			rapid.Check(t, func(t *rapid.T) {
				before, later, sound := soundFacts(t, Default().Platform(name))
				if !sound {
					return
				}
				compared++
				if at := changed(reflect.ValueOf(before), reflect.ValueOf(later)); at != "" {
					t.Fatalf("%s was known and changes: before\n%+v\nlater\n%+v", at, before, later)
				}
			})
			if compared == 0 {
				t.Error("no network was compared")
			}
		})
	}
}

// soundFacts are those of a network without faults, before and after some values become known. Few networks have none, so several are
// drawn.
func soundFacts(t *rapid.T, platform *Platform) (before, later Facts, sound bool) {
	for range 12 {
		n := &network{t: t, platform: platform}
		n.all()
		later, faults := Default().Facts(n.given(mask{}))
		before, early := Default().Facts(n.given(n.mask()))
		if len(faults) == 0 && len(early) == 0 {
			return before, later, true
		}
	}
	return Facts{}, Facts{}, false
}

// changed is the place where a value that was known differs from what it is later, "" for none.
func changed(before, later reflect.Value) string {
	switch before.Kind() {
	case reflect.Struct:
		if unknown := before.FieldByName("AfterApply"); unknown.IsValid() && unknown.Bool() {
			return ""
		}
		for i := range before.NumField() {
			if at := changed(before.Field(i), later.Field(i)); at != "" {
				return before.Type().Field(i).Name + "." + at
			}
		}
	case reflect.Map:
		if before.Len() != later.Len() {
			return "keys"
		}
		for _, key := range before.MapKeys() {
			other := later.MapIndex(key)
			if !other.IsValid() {
				return "keys"
			}
			if at := changed(before.MapIndex(key), other); at != "" {
				return fmt.Sprintf("[%s].%s", key, at)
			}
		}
	case reflect.Slice:
		if before.Len() != later.Len() || before.Len() > 0 && !reflect.DeepEqual(before.Interface(), later.Interface()) {
			return "list"
		}
	default:
		if !reflect.DeepEqual(before.Interface(), later.Interface()) {
			return "value"
		}
	}
	return ""
}
