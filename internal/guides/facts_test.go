package main

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

// Each type of each cloud, its note and each attribute that is absent in new objects is on the page.
func TestEveryTypeOfTheCloudsIsOnThePage(t *testing.T) {
	text, err := FactsPage(clouds.Default())
	if err != nil {
		t.Fatal(err)
	}
	types := 0
	for _, name := range clouds.Default().Platforms() {
		platform := clouds.Default().Platform(name)
		for _, typ := range platform.Types {
			types++
			shown := []string{"`" + typ.Name + "`", typ.Note, typ.Unchecked, platform.Provider, platform.Version}
			for _, path := range typ.AbsentWhenNew {
				shown = append(shown, "`"+typ.Name+"."+path+"`")
			}
			for _, want := range shown {
				if !strings.Contains(string(text), want) {
					t.Errorf("the page lacks %q", want)
				}
			}
		}
	}
	if types < 100 {
		t.Errorf("only %d types", types)
	}
}
