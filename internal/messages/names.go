package messages

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// NameRule says which names are valid.
const NameRule = "up to 128 letters and digits of any script and `-_./`"

// TextRule is what keys may be that nothing refers to by name.
const TextRule = "any text of up to 256 visible characters"

// profileInWords is a profile with its title and the words that the platform uses for it.
func (p Writer) profileInWords(name string) string {
	of, known := p.Catalog.Profile(name)
	if !known {
		return name
	}
	return fmt.Sprintf("%s (%s; %s)", of.Name, of.Title, strings.Join(of.Words, ", "))
}

func (p Writer) undeclared(e topology.Undeclared) string {
	var known []string
	kind := nameKinds[e.Kind]
	for _, name := range e.Known {
		if e.Kind == topology.ProfileName {
			name = p.profileInWords(name)
		}
		known = append(known, name)
	}
	if len(e.Called) > 0 {
		return fmt.Sprintf(
			"There is no %s named %s. The platform uses that name for %s. Known here: %s. Correct the name.",
			kind, Shown(e.Name), strings.Join(e.Called, " and "), Listed(sorted(known), 20),
		)
	}
	if len(known) == 0 {
		return fmt.Sprintf("There is no %s named %s; none is declared here. Declare it, or correct the name.", kind, Shown(e.Name))
	}
	cure := "Declare it, or correct the name."
	switch e.Kind {
	case topology.ProfileName, topology.ArgumentName, topology.RuleName, topology.OtherRangeName:
		cure = "Correct the name."
	}
	if cloudID.MatchString(e.Name) {
		cure = "This looks like an ID of a cloud resource. Use the name that is declared here."
	}
	return fmt.Sprintf(
		"There is no %s named %s.%s Known here: %s. %s", kind, Shown(e.Name), DidYouMean(e.Name, e.Known), Listed(sorted(known), 20),
		cure,
	)
}

// cloudID matches what the clouds call their resources: a short kind with letters and digits behind it, such as
// vpc-bp1aevy8sofi8mh1q3c3g, or a UUID.
var cloudID = regexp.MustCompile(`^(?:[a-z]{2,8}-[a-z]*[0-9][0-9a-z]{6,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`)

// NotAmong says that a value is none of a few words.
func NotAmong(value string, allowed []string) string {
	return fmt.Sprintf("%s is not one of %s.%s", Shown(value), strings.Join(allowed, ", "), DidYouMean(value, allowed))
}

// DidYouMean suggests the known name that resembles a name most, "" if none does.
func DidYouMean(name string, known []string) string {
	if near := topology.DidYouMean(name, known); near != "" {
		return fmt.Sprintf(" Did you mean %q?", near)
	}
	return ""
}

func badName(e topology.BadName) string {
	if e.Bad == "" {
		return fmt.Sprintf("The name %s is too long; names have %s.", Shown(e.Name), NameRule)
	}
	out := fmt.Sprintf("The name %s has %s; names have %s.", Shown(e.Name), character(e.Bad, e.Position), NameRule)
	if e.Instead != "" {
		out += fmt.Sprintf(" Write %q (%U) instead.", e.Instead, []rune(e.Instead)[0])
	}
	return out
}

func badText(e topology.BadText) string {
	if e.Bad == "" {
		return fmt.Sprintf("The key %s is too long; it may be %s.", Shown(e.Text), TextRule)
	}
	return fmt.Sprintf("The key %s has %s, which cannot be seen; it may be %s.", Shown(e.Text), character(e.Bad, e.Position), TextRule)
}

// character names a character of a text: its number in Unicode, the sign itself if it has one, and its position.
func character(bad string, position int) string {
	r, _ := utf8.DecodeRuneInString(bad)
	number := fmt.Sprintf("%U", r)
	if unicode.IsGraphic(r) && !plain.Hidden(r) && !unicode.IsMark(r) {
		number += fmt.Sprintf(" (%q)", bad)
	}
	return fmt.Sprintf("the character %s at position %d", number, position)
}
