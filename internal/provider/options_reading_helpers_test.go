package provider

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// optionsOf are the options of a message.
func optionsOf(detail string) []string {
	var options []string
	_, list, _ := strings.Cut(detail, "do one of the following:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		options = append(options, strings.TrimSpace(strings.TrimPrefix(line, "  - ")))
	}
	return options
}

// readEdits reads the edits of an option as a person does who has nothing but the text.
func readEdits(option string) ([]topology.Edit, error) {
	_, text, found := strings.Cut(option, ": ")
	if !found {
		return nil, fmt.Errorf("%q has no edits", option)
	}
	var edits []topology.Edit
	for _, part := range strings.Split(text, "; ") {
		more, err := readEdit(part)
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
	}
	return edits, nil
}

// phrases are the sentences of edits, and what each says.
var phrases = []struct {
	sentence *regexp.Regexp
	read     func(m []string) topology.Edit
}{
	{regexp.MustCompile(`^set (\S+) = (\d+) or less$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), topology.AtMost(parsed(m[2])))
	}},
	{regexp.MustCompile(`^set (\S+) = (\d+) or more$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), topology.AtLeast(parsed(m[2])))
	}},
	{regexp.MustCompile(`^set (\S+) to the part that is in use, without (.*)$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), topology.PartInUse{Without: prefixesOf(m[2])})
	}},
	{regexp.MustCompile(`^set (\S+) to addresses outside of (.*)$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), topology.OutsideOf(prefixesOf(m[2])))
	}},
	{regexp.MustCompile(`^set (\S+) to a value that the rule below allows$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), topology.AllowedByRule)
	}},
	{regexp.MustCompile(`^set (\S+) to a new token$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), topology.NewToken)
	}},
	{regexp.MustCompile(`^set (\S+) = (.*), which is now (.*)$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), topology.BackTo{Was: valueRead(m[2]), Now: valueRead(m[3])})
	}},
	{regexp.MustCompile(`^set (\S+) = (.*)$`), func(m []string) topology.Edit {
		return topology.Set(pathRead(m[1]), valuesOf(m[2]))
	}},
	{regexp.MustCompile(`^add "(.*)" to (\S+)$`), func(m []string) topology.Edit {
		return topology.Add(pathRead(m[2]), m[1])
	}},
	{regexp.MustCompile(`^add the entries of provider::cidrplan::claims\((\S+)\) to (\S+)$`), func(m []string) topology.Edit {
		return topology.Add(pathRead(m[2]), topology.ClaimsOf(resultOf(m[1]).Of))
	}},
	{regexp.MustCompile(`^remove "(.*)" from (\S+)$`), func(m []string) topology.Edit {
		return topology.RemoveFrom(pathRead(m[2]), m[1])
	}},
	{regexp.MustCompile(`^rename (\S+) to "(.*)", also where others refer to it$`), func(m []string) topology.Edit {
		return topology.Rename(pathRead(m[1]), m[2])
	}},
	{regexp.MustCompile(`^remove (\S+)$`), func(m []string) topology.Edit {
		return topology.Remove(pathRead(m[1]))
	}},
}

var (
	placeOfEdit = regexp.MustCompile(`^in (?:(the workspace that has it)|(the workspace of )?cidrplan_(\w+) "([^"]*)"), `)
	entries     = regexp.MustCompile(`^(\w+) = \{ (.*) \}$`)
	entry       = regexp.MustCompile(`"([^"]*)" = (\{[^}]*\}|"[^"]*"|cidrplan_\S+?)(?:, |$)`)
)

func readEdit(part string) ([]topology.Edit, error) {
	in := topology.Resource{}
	if m := placeOfEdit.FindStringSubmatch(part); m != nil {
		in = topology.Resource{Origin: topology.Origin{Kind: m[3], Name: m[4]}, OtherWorkspace: m[1] != "" || m[2] != ""}
		part = part[len(m[0]):]
	}
	if m := entries.FindStringSubmatch(part); m != nil {
		var edits []topology.Edit
		for _, e := range entry.FindAllStringSubmatch(m[2], -1) {
			edits = append(
				edits,
				topology.Set(topology.Path{}.Attr(m[1]).Key(e[1]), valueRead(e[2])).Within(in),
			)
		}
		return edits, nil
	}
	for _, p := range phrases {
		if m := p.sentence.FindStringSubmatch(part); m != nil {
			return []topology.Edit{p.read(m).Within(in)}, nil
		}
	}
	return nil, fmt.Errorf("%q says nothing that can be followed", part)
}

var step = regexp.MustCompile(`^(?:\.?(\w+)|\["([^"]*)"\]|\[(\d+)\])`)

// pathRead reads a path as it is written.
func pathRead(text string) topology.Path {
	at := topology.Path{}
	for text != "" {
		m := step.FindStringSubmatch(text)
		switch {
		case m == nil:
			return nil
		case m[1] != "":
			at = at.Attr(m[1])
		case m[3] != "":
			at = at.At(int(parsed(m[3])))
		default:
			at = at.Key(m[2])
		}
		text = text[len(m[0]):]
	}
	return at
}

func prefixesOf(text string) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range strings.Split(text, ", ") {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

var alternatives = regexp.MustCompile(`^(.*) \(or (.*)\)$`)

// valuesOf reads a value with its alternatives, which are texts.
func valuesOf(text string) any {
	m := alternatives.FindStringSubmatch(text)
	if m == nil {
		return valueRead(text)
	}
	contents := topology.FirstOf{valueRead(m[1]).(string)}
	for _, other := range strings.Split(m[2], ", ") {
		contents = append(contents, valueRead(other).(string))
	}
	return contents
}

// valueRead reads a value as a configuration has it.
func valueRead(text string) any {
	if m := regexp.MustCompile(`^\{ (\w+) = "(.*)" \}$`).FindStringSubmatch(text); m != nil {
		return topology.Entry{Attr: m[1], Value: m[2]}
	}
	if strings.HasPrefix(text, "cidrplan_") {
		return resultOf(text)
	}
	if strings.HasPrefix(text, "[") {
		list := []string{}
		for _, m := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(text, -1) {
			list = append(list, m[1])
		}
		return list
	}
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	if text == "true" || text == "false" {
		return text == "true"
	}
	return parsed(text)
}

// resultOf reads what a resource has.
func resultOf(text string) topology.Result {
	m := regexp.MustCompile(`^cidrplan_(\w+)\.<([^>]*)>(?:\.(\S+))?$`).FindStringSubmatch(text)
	if m == nil {
		return topology.Result{}
	}
	r := topology.Result{Of: topology.Origin{Kind: m[1], Name: m[2]}}
	if m[3] != "" {
		r.At = pathRead(m[3])
	}
	return r
}

func parsed(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}
