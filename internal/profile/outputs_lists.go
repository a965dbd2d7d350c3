package profile

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// text is the value of an argument, as text; "" where it has none.
func (a OutputAttribute) text(argument string, p *Profile, held Filled) string {
	switch a.Value {
	case setting:
		return p.Settings[argument]
	case dualWord:
		return where(held.BothFamilies, a.Word)
	case otherRange:
		return comma(cmp.Or(firstOf(held.Others[a.Use]), firstOf(held.Pods)))
	}
	return values[a.Value](p, held)
}

// The values of arguments that the data words: of a profile, of a cluster with both families, and of the range for a use that must
// contain the Pod range, which is the Pod range where the cluster gives none.
const (
	setting    = "setting"
	dualWord   = "dual_word"
	otherRange = "other_range"
)

// known says whether the value, the type, the word and the use of the attribute go together.
func (a OutputAttribute) known() bool {
	is := slices.Contains([]string{setting, dualWord, otherRange}, a.Value) || values[a.Value] != nil
	return is && slices.Contains([]string{"string", "number", "bool", "list"}, a.Type) &&
		(a.Word != "") == (a.Value == dualWord) && (a.Use != "") == (a.Value == otherRange) && (a.Fields == nil || a.Type == "list")
}

// Elements are those of a list, by the names of its fields; a list of texts has one field "".
func (a OutputAttribute) Elements(text string) []map[string]string {
	var out []map[string]string
	for one := range strings.SplitSeq(text, ",") {
		element, parts := map[string]string{}, strings.Split(one, "=")
		for i, field := range a.fields() {
			if i < len(parts) {
				element[field] = parts[i]
			}
		}
		out = append(out, element)
	}
	return out
}

// Joined is the text of the elements of a list.
func (a OutputAttribute) Joined(elements []map[string]string) string {
	var out []string
	for _, element := range elements {
		var parts []string
		for _, field := range a.fields() {
			parts = append(parts, element[field])
		}
		out = append(out, strings.Join(parts, "="))
	}
	return strings.Join(out, ",")
}

func (a OutputAttribute) fields() []string {
	if a.Fields == nil {
		return []string{""}
	}
	return a.Fields
}

// single is the range of a cluster with one family, both are the two ranges of a cluster with two families; "" for other clusters.
func single(r Filled, p netip.Prefix) string {
	if r.Dual() {
		return ""
	}
	return comma(p)
}

func both(r Filled, pair ...netip.Prefix) string {
	if !r.Dual() {
		return ""
	}
	return comma(pair...)
}

// podRangeName names a Pod range of a cluster where ranges have names, the first one without a number.
func podRangeName(i int) string {
	if i == 0 {
		return "pods"
	}
	return "pods-" + strconv.Itoa(i+1)
}

// serviceRangeName names the Service range in the same way.
const serviceRangeName = "services"

func podRangeNames(_ *Profile, r Filled) string {
	var names []string
	for i := range r.Pods {
		names = append(names, podRangeName(i))
	}
	return strings.Join(names, ",")
}

// namedRanges are the IPv4 ranges of a cluster with their names, the Service range before further Pod ranges, since a list of the
// cloud is only appended to.
func namedRanges(_ *Profile, r Filled) string {
	var out []string
	name := func(name string, p netip.Prefix) {
		if p.IsValid() {
			out = append(out, name+"="+p.String())
		}
	}
	for i, p := range r.Pods {
		if i == 1 {
			name(serviceRangeName, r.Service)
		}
		name(podRangeName(i), p)
	}
	if len(r.Pods) < 2 {
		name(serviceRangeName, r.Service)
	}
	return strings.Join(out, ",")
}

func firstOf(all []netip.Prefix) netip.Prefix {
	if len(all) == 0 {
		return netip.Prefix{}
	}
	return all[0]
}
