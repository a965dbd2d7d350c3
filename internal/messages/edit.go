package messages

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// placeEdit returns an edit with the paths that the configuration of the reporting resource has.
func (p Writer) placeEdit(e topology.Edit) topology.Edit {
	e.At = p.Place(e.At)
	if do, copies := e.Do.(topology.Copying); copies {
		e.Do = topology.Copying{From: p.Place(do.From)}
	}
	return e
}

// changeText words an edit: the same for options of problems and of findings.
func changeText(e topology.Edit) string {
	switch do := e.Do.(type) {
	case topology.Setting:
		return fmt.Sprintf("set %s %s", e.At, settingText(do.Value))
	case topology.Removing:
		return fmt.Sprintf("remove %s", e.At)
	case topology.Adding:
		return fmt.Sprintf("add %s to %s", Literal(do.Value), e.At)
	case topology.RemovingFrom:
		return fmt.Sprintf("remove %s from %s", Literal(do.Value), e.At)
	case topology.Copying:
		return fmt.Sprintf("copy %s to %s", do.From, e.At)
	case topology.Restoring:
		return fmt.Sprintf("restore %s as it was", e.At)
	case topology.Renaming:
		return fmt.Sprintf("rename %s to %q, also where others refer to it", e.At, do.To)
	}
	panic(fmt.Sprintf("no text for an edit of type %T", e.Do))
}

// settingText words the value that an argument gets.
func settingText(value any) string {
	switch v := value.(type) {
	case topology.AtMost:
		return fmt.Sprintf("= %d or less", v)
	case topology.AtLeast:
		return fmt.Sprintf("= %d or more", v)
	case topology.BackTo:
		return fmt.Sprintf("= %s, which is now %s", Literal(v.Was), Literal(v.Now))
	case topology.FirstOf:
		return fmt.Sprintf("= %q (or %s)", v[0], strings.Join(quotedAll(v[1:]), ", "))
	case topology.OneOf:
		if len(v) == 1 {
			return fmt.Sprintf("= %q", v[0])
		}
		return "to one of " + Listed(quotedAll(v), 20)
	}
	if text, is := describedText(value); is {
		return "to " + text
	}
	return "= " + Literal(value)
}

// certain says whether a value is one that a configuration can have, or several of which the first one is the best.
func certain(value any) bool {
	switch value.(type) {
	case topology.AtMost, topology.AtLeast, topology.BackTo, topology.OneOf:
		return false
	}
	_, is := describedText(value)
	return !is
}

// described is a value in words, where a message gives no certain one.
type described string

// describedText words a value that is not certain.
func describedText(value any) (text string, is bool) {
	switch v := value.(type) {
	case described:
		return string(v), true
	case topology.UserValue:
		return userValues[v], true
	case topology.RangeOf:
		return fmt.Sprintf("an %s range of /%d or shorter", v.Family, v.Length), true
	case topology.PartInUse:
		return "the part that is in use, without " + Join(v.Without), true
	case topology.OutsideOf:
		return "addresses outside of " + Join(v), true
	}
	return "", false
}

// Literal writes a value as a configuration does.
func Literal(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case netip.Prefix:
		return fmt.Sprintf("%q", v)
	case []netip.Prefix:
		return Literal(topology.Texts(v))
	case []string:
		return "[" + strings.Join(quotedAll(v), ", ") + "]"
	case topology.Entry:
		return fmt.Sprintf("{ %s = %q }", v.Attr, v.Value)
	case topology.Result:
		if len(v.At) == 0 {
			return resultText(v.Of)
		}
		return fmt.Sprintf("%s.%s", resultText(v.Of), v.At)
	case topology.ClaimsOf:
		return fmt.Sprintf("the entries of provider::cidrplan::claims(%s)", resultText(topology.Origin(v)))
	}
	if text, is := describedText(value); is {
		return text
	}
	return fmt.Sprint(value)
}

// resultText names a resource as a configuration refers to it.
func resultText(of topology.Origin) string { return fmt.Sprintf("cidrplan_%s.<%s>", of.Kind, of.Name) }
