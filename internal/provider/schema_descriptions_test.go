package provider_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// Every description is Markdown sentences for a reader of the Registry.
func TestDescriptionsAreSentences(t *testing.T) {
	texts := descriptions(t)
	for _, at := range []string{
		"provider",
		"resource cidrplan_vpc.routes.destination",
		"data source cidrplan_allocator.allocations.usable.nodes",
		"function allocate(arguments)",
	} {
		if _, ok := texts[at]; !ok {
			t.Errorf("no description was found at %q: the test no longer sees the schemas", at)
		}
	}
	for at, text := range texts {
		for _, fault := range notSentences(text) {
			t.Errorf("%s: %s: %q", at, fault, text)
		}
	}
}

// The test above must see each fault that it looks for.
func TestNotSentencesSeesEachFault(t *testing.T) {
	for text, want := range map[string]string{
		"Name of the hub. `10.0.0.0/8` is one.": "",
		"`{}` is a valid first day.":            "",
		"Pod range; the first of `pod_cidrs`.":  "",
		"":                                      "is empty",
		"name of the hub.":                      "does not begin with a capital or a backtick",
		"Name of the hub":                       "does not end with a full stop",
		"Is it a hub?":                          "does not end with a full stop",
		" Name of the hub.":                     "has space at an end",
		"Name of the hub.\n":                    "has space at an end",
		"(Optional) Name of the hub.":           `says "(Optional)", which the Registry adds`,
		"Name  of the hub.":                     "has two spaces in a row",
		"Name of the hub..":                     "has two full stops in a row",
		"Name of the hub. . Its kind.":          "has two full stops in a row",
		"Name of the `hub.":                     "has a backtick without its pair",
	} {
		faults := strings.Join(notSentences(text), "; ")
		if want == "" && faults != "" || !strings.Contains(faults, want) {
			t.Errorf("%q: got %q, want %q", text, faults, want)
		}
	}
}

var (
	sentenceStart = regexp.MustCompile("^[A-Z`]")
	doubleStop    = regexp.MustCompile(`\.\s*\.`)
)

// notSentences says what keeps a text from being sentences.
func notSentences(text string) []string {
	var faults []string
	for _, rule := range []struct {
		broken bool
		fault  string
	}{
		{text == "", "is empty"},
		{strings.TrimSpace(text) != text, "has space at an end"},
		{!sentenceStart.MatchString(text), "does not begin with a capital or a backtick"},
		{!strings.HasSuffix(text, "."), "does not end with a full stop"},
		{regexp.MustCompile(`(?i)\((optional|required|computed)\)`).MatchString(text), `says "(Optional)", which the Registry adds`},
		{strings.Contains(text, "  "), "has two spaces in a row"},
		{doubleStop.MatchString(text), "has two full stops in a row"},
		{strings.Count(text, "`")%2 != 0, "has a backtick without its pair"},
	} {
		if rule.broken {
			faults = append(faults, rule.fault)
		}
	}
	return faults
}

// descriptions are all texts of the schemas by where they stand.
func descriptions(t *testing.T) map[string]string {
	t.Helper()
	schemas, err := provider.New("test")().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	addBlock(texts, "provider", schemas.Provider.Block)
	for name, s := range schemas.ResourceSchemas {
		addBlock(texts, "resource "+name, s.Block)
	}
	for name, s := range schemas.DataSourceSchemas {
		addBlock(texts, "data source "+name, s.Block)
	}
	for name, f := range schemas.Functions {
		texts["function "+name] = f.Description
		texts["summary of function "+name] = f.Summary + "." // a title in the lists of the Registry, and no sentence
		for _, p := range f.Parameters {
			texts["function "+name+"("+p.Name+")"] = p.Description
		}
	}
	return texts
}

func addBlock(texts map[string]string, at string, block *tfprotov6.SchemaBlock) {
	texts[at] = block.Description
	addAttributes(texts, at, block.Attributes)
}

func addAttributes(texts map[string]string, at string, attributes []*tfprotov6.SchemaAttribute) {
	for _, a := range attributes {
		texts[at+"."+a.Name] = a.Description
		if a.NestedType != nil {
			addAttributes(texts, at+"."+a.Name, a.NestedType.Attributes)
		}
	}
}
