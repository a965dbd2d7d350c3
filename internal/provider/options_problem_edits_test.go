package provider

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The options of problems are followed as they are printed: what a sentence asks for is done to a configuration.

const (
	aPath  = `[a-z_0-9]+(?:\.[a-z_0-9]+|\["[^"]*"\]|\[\d+\])*`
	aValue = `"[^"]*"|\[[^\]]*\]|-?\d+|true|false`
)

// anEdit matches one edit of an option. What an option says beside its edits is not for the configuration.
var anEdit = regexp.MustCompile(`(?i)\b(?:` + strings.Join([]string{
	`set (` + aPath + `) = (` + aValue + `)`,
	`set (` + aPath + `) to one of ("[^"]*"(?:, "[^"]*")*)`,
	`set (` + aPath + `) to `,
	`remove (?:(` + aValue + `) from )?(` + aPath + `)`,
	`add (` + aValue + `|an IPv[46] range of /\d+ or shorter) to (` + aPath + `)`,
	`copy (` + aPath + `) to (` + aPath + `)`,
	`rename (` + aPath + `) to (` + aPath + `)(?:, also where others refer to it)?`,
	`restore (` + aPath + `) as it was`,
}, "|") + `)`)

// follower follows options of one story.
type follower struct {
	t     *testing.T
	story problemStory
}

// follow makes the edits that a sentence asks for, and returns one configuration for each choice that it leaves.
func (f follower) follow(config given, sentence string) []given {
	f.t.Helper()
	all := []given{config}
	edits := anEdit.FindAllStringSubmatch(sentence, -1)
	if len(edits) == 0 {
		f.t.Errorf("no edit is found in %q", sentence)
	}
	for _, m := range edits {
		var next []given
		for _, g := range all {
			next = append(next, f.edit(g, m)...)
		}
		all = next
	}
	return all
}

// edit makes one edit.
func (f follower) edit(g given, m []string) []given {
	f.t.Helper()
	switch {
	case m[1] != "":
		return []given{setAt(g, m[1], printedValue(m[2]))}
	case m[3] != "":
		var all []given
		for _, one := range strings.Split(m[4], ", ") {
			all = append(all, setAt(g, m[3], printedValue(one)))
		}
		return all
	case m[5] != "":
		value, known := f.story.values[m[5]]
		if !known {
			f.t.Errorf("the story has no value for %s", m[5])
			return nil
		}
		return []given{setAt(g, m[5], value)}
	case m[7] != "" && m[6] == "":
		return []given{withoutAt(g, m[7])}
	case m[7] != "":
		return []given{f.changeList(g, m[7], func(list []string) []string {
			return slices.DeleteFunc(list, func(one string) bool { return one == printedValue(m[6]) })
		})}
	case m[9] != "":
		added, _ := printedValue(m[8]).(string)
		if value, known := f.story.values["added"]; known && strings.HasPrefix(m[8], "an ") {
			added = value.(string)
		}
		return []given{f.changeList(g, m[9], func(list []string) []string { return append(list, added) })}
	case m[10] != "":
		return []given{setAt(g, m[11], deepCopy(getAt(g, m[10])))}
	case m[12] != "":
		return []given{renamed(g, m[12], m[13])}
	case m[14] != "":
		before := getAt(f.story.was, m[14])
		if before == nil {
			before = getAt(f.story.given, m[14])
		}
		return []given{setAt(g, m[14], deepCopy(before))}
	}
	f.t.Errorf("not an edit: %q", m[0])
	return nil
}

func (f follower) changeList(g given, path string, change func([]string) []string) given {
	list, _ := getAt(g, path).([]string)
	return setAt(g, path, change(slices.Clone(list)))
}

// printedValue reads a value as messages print it.
func printedValue(text string) any {
	switch {
	case strings.HasPrefix(text, "["):
		list := []string{}
		for _, m := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(text, -1) {
			list = append(list, m[1])
		}
		return list
	case strings.HasPrefix(text, `"`):
		return strings.Trim(text, `"`)
	case text == "true", text == "false":
		return text == "true"
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return text
	}
	return n
}

// stepsOf are the keys and indices of a path, without that of declare.
func stepsOf(path string) []string {
	var steps []string
	for _, m := range regexp.MustCompile(`([a-z_0-9]+)|\["([^"]*)"\]|\[(\d+)\]`).FindAllStringSubmatch(path, -1) {
		steps = append(steps, m[1]+m[2]+m[3])
	}
	return steps
}

func getAt(g given, path string) any {
	var value any = g
	for _, step := range stepsOf(path) {
		switch v := value.(type) {
		case given:
			value = v[step]
		case []string:
			n, _ := strconv.Atoi(step)
			return v[n]
		default:
			return nil
		}
	}
	return value
}

// setAt is a configuration with another value at a path, nil for none.
func setAt(g given, path string, value any) given { return changeAt(g, stepsOf(path), value).(given) }

func withoutAt(g given, path string) given { return changeAt(g, stepsOf(path), nil).(given) }

func changeAt(whole any, steps []string, value any) any {
	if len(steps) == 0 {
		return value
	}
	if list, is := whole.([]string); is {
		n, _ := strconv.Atoi(steps[0])
		list = slices.Clone(list)
		if value == nil {
			return slices.Delete(list, n, n+1)
		}
		list[n] = value.(string)
		return list
	}
	inner, _ := whole.(given)
	out := maps.Clone(inner)
	if out == nil {
		out = given{}
	}
	changed := changeAt(inner[steps[0]], steps[1:], value)
	if changed == nil {
		delete(out, steps[0])
	} else {
		out[steps[0]] = changed
	}
	return out
}

func deepCopy(v any) any {
	if m, is := v.(given); is {
		out := given{}
		for key, value := range m {
			out[key] = deepCopy(value)
		}
		return out
	}
	return v
}

// renamed gives an element of a map another key, also where others refer to it by name.
func renamed(g given, from, to string) given {
	old, now := stepsOf(from)[1], stepsOf(to)[1]
	element := getAt(g, from)
	out := withoutAt(g, from)
	if inner, is := element.(given); is && inner["name"] != nil {
		element = having(inner, "name", now)
	}
	out = deepCopy(out).(given)
	refer(out, old, now)
	return setAt(out, to, element)
}

// refer replaces references to a name.
func refer(g given, old, now string) {
	for key, value := range g {
		switch v := value.(type) {
		case given:
			refer(v, old, now)
		case string:
			if (key == "vpc" || key == "same_as") && v == old {
				g[key] = now
			}
		case []string:
			if key == "peers" || key == "hubs" {
				list := slices.Clone(v)
				for i := range list {
					if list[i] == old {
						list[i] = now
					}
				}
				g[key] = list
			}
		}
	}
}

// The follower reads what options print.
func TestEditsAreReadFromOptions(t *testing.T) {
	g := given{
		"clusters": given{"a": given{"max_nodes": int64(5), "pod_cidrs": []string{"10.0.0.0/16"}, "vpc": "v"}},
		"vpcs":     given{"v": given{}},
	}
	for sentence, want := range map[string]given{
		`Set clusters["a"].max_nodes = 4 or less.`: setAt(g, `clusters["a"].max_nodes`, int64(4)),
		`If so, set clusters["a"].pod_cidrs = ["10.1.0.0/16"] and remove clusters["a"].max_nodes.`: {
			"clusters": given{"a": given{"pod_cidrs": []string{"10.1.0.0/16"}, "vpc": "v"}},
			"vpcs":     given{"v": given{}},
		},
		`Copy clusters["a"] to clusters["b"], which rebuilds the cluster.`: setAt(g, `clusters["b"]`, g["clusters"].(given)["a"]),
		`Rename vpcs["v"] to vpcs["w"], also where others refer to it.`: setAt(
			withoutAt(setAt(g, `clusters["a"].vpc`, "w"), `vpcs["v"]`),
			`vpcs["w"]`,
			given{},
		),
		`Remove "10.0.0.0/16" from clusters["a"].pod_cidrs and add "10.2.0.0/16" to supernets.`: setAt(
			setAt(g, `clusters["a"].pod_cidrs`, []string{}),
			"supernets",
			[]string{"10.2.0.0/16"},
		),
	} {
		got := follower{t: t}.follow(g, sentence)
		if len(got) != 1 || fmt.Sprint(got[0]) != fmt.Sprint(want) {
			t.Errorf("%s\n got %v\nwant %v", sentence, got, want)
		}
	}
}
