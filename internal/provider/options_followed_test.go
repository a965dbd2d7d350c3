package provider

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// followed is one option of a message, and the story that it is an option of. Its methods edit the story.
type followed struct {
	t       *testing.T
	story   given
	finding conflict.Finding
	match   []string
}

// optionEdits are the edits that options ask for, by the sentence that asks. Each returns the configurations that follow
// the sentence, one for each choice that it leaves.
var optionEdits = []struct {
	sentence string
	edit     func(f followed) []given
}{
	{`^Accept (?:the conflict|up to .*): (accepted_conflicts = .*)$`, followed.accept},
	{`^give (?:cluster|block) "(.*)" another range; the nearest free ones of this size are (.*)$`, func(f followed) []given {
		var all []given
		for _, free := range strings.Split(f.match[2], ", ") {
			all = append(all, f.with(f.partyOf(f.match[1]).At, free))
		}
		return all
	}},
	{`^give (?:cluster|block) "(.*)" another range(?:; none of this size that a network can use is free in the supernets)?$`, func(f followed) []given {
		c := f.partyOf(f.match[1])
		return []given{f.with(c.At, elsewhereOf(c.Range))}
	}},
	{`^choose a range that the rule below allows$`, followed.choose},
	{`^correct existing(.*) if cluster ".*" does not hold this range$`, func(f followed) []given { return []given{f.with(f.finding.A.At, elsewhereOf(f.finding.A.Range))} }},
	{`^correct the (blocks|subnets) of "([^"]*)"(?: or "([^"]*)")? if they are wider than what is in use$`, func(f followed) []given {
		all := []given{f.narrow(*f.finding.B)}
		if f.match[3] != "" {
			all = append(all, f.narrow(f.finding.A))
		}
		return all
	}},
	{`^set summary = true on route "(.*)" if it is an aggregate that occupies nothing$`, func(f followed) []given { return []given{f.with(f.route().Attr("summary"), true)} }},
	{`^set its next_hop to (.*) if it is the way to network ".*"$`, func(f followed) []given { return []given{f.with(f.route().Attr("next_hop"), f.match[1])} }},
	{`^narrow or remove "(.*)"$`, func(f followed) []given { return []given{f.without("reserved", f.match[1])} }},
	{`^remove existing\["(.*)"\] if (?:the (?:block|cluster) is gone or does not hold this range|nothing uses the range any more)$`, func(f followed) []given { return []given{f.without("existing", f.match[1])} }},
	{`^take one of the clusters out of mesh ".*"$`, func(f followed) []given {
		return []given{f.with(clusterAt(f.finding.A.Owner).Attr("meshes"), []string{}), f.with(clusterAt(f.finding.B.Owner).Attr("meshes"), []string{})}
	}},
	{`^detach one of the two networks$`, followed.detach},
	{`^give the Pods of cluster "(.*)" a subnet of their own that the rule below allows$`, func(f followed) []given {
		return []given{f.ownSubnet("pod_subnets", []string{"own"})}
	}},
	{`^Add a subnet with (\d+) or more usable addresses to clusters\["shop"\]\.(.*)\.$`, func(f followed) []given {
		names := append(slices.Clone(f.story["clusters"].(given)["shop"].(given)[f.match[2]].([]string)), "own")
		return []given{f.ownSubnet(f.match[2], names)}
	}},
	{`set route_quota of VPC "(.*)" to that number: route_quota = (\d+), or more\.$`, func(f followed) []given {
		return []given{f.with(topology.Path{}.Attr("vpcs").Key(f.match[1]).Attr("route_quota"), 2*parsed(f.match[2]))}
	}},
	{`^Lower max_nodes of clusters of VPC ".*" so that they need (\d+) routes less\.$`, func(f followed) []given {
		return []given{f.with(clusterAt("shop").Attr("max_nodes"), int64(100)-2*parsed(f.match[1]))}
	}},
	{`^Set (.*) of cluster "(.*)" to (\d+) or less\.$`, func(f followed) []given {
		return []given{f.with(clusterAt(f.match[2]).Attr(f.match[1]), parsed(f.match[3]))}
	}},
	{`^Use a Pod range of cluster "(.*)" with the prefix length (/\d+) or longer\.$`, func(f followed) []given {
		return []given{f.with(f.finding.A.At, f.finding.A.Range.Addr().String()+f.match[2])}
	}},
	{`^if the other range is meant for what is handed out here, give it in place of a wider supernet: (.*) = \["(.*)"\]$`, func(f followed) []given {
		return []given{having(f.story, f.match[1], []string{f.match[2]})}
	}},
	{`^(?:move or give up the other range in|Move the other range in) `, func(f followed) []given { return []given{f.without("foreign_claims", "other")} }},
	{`^delegate: let the workspace of allocator "(.*)" hold the range for "(.*)", reserved = \{ ".*" = \{ cidr = "(.*)" \} \}, apply there, and take over the new claims$`, func(f followed) []given {
		return []given{f.claimed(given{"owner": f.match[2], "kind": "reserved", "cidr": f.match[3], "allocator": f.match[1]})}
	}},
	{`^give one of the two other supernets$`, func(f followed) []given {
		return []given{having(f.story, "supernets", []string{"10.16.0.0/12"}), f.with(topology.Path{}.Attr("foreign_claims").Key("other").Attr("cidr"), "10.16.0.0/12")}
	}},
	{`^if block "(.*)" is a part of block "(.*)", hand it out by a cidrplan_blocks of its own: supernets = \["(.*)"\]$`, func(f followed) []given { return []given{f.without("blocks", f.match[1])} }},
	{`^if block "(.*)" is meant for allocator "(.*)", give it there in place of a wider supernet, supernets = \["(.*)"\], apply there, and take over the new claims$`, func(f followed) []given {
		return []given{f.claimed(given{"owner": f.match[2], "kind": "supernet", "cidr": f.match[3], "allocator": f.match[2]})}
	}},
}

// What a message advises resolves it: each option of each rule is followed as it is printed, and the conflict is gone, no
// other one comes, and one more cluster or block does not bring it back.
func TestEveryOptionOfEveryRuleResolvesIt(t *testing.T) {
	for code := range codesTold() {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			story, ofBlocks := blockStories[code]
			if !ofBlocks {
				story = ruleStories[code]
			}
			messages, findings, _ := toldOfRule(code)
			options := optionsOf(messages[0].detail)
			if len(options) < 2 {
				t.Errorf("accepting it is all that is advised: %q", options)
			}
			for _, option := range options {
				for i, edited := range follow(t, story, findings[0], option) {
					wantResolved(t, fmt.Sprintf("%s, choice %d", option, i), code, edited, ofBlocks)
					wantResolved(t, fmt.Sprintf("%s, choice %d, and the next edit", option, i), code, andNext(edited, ofBlocks), ofBlocks)
				}
			}
		})
	}
}

// optionsOf are the options of a message.
func optionsOf(detail string) []string {
	var options []string
	_, list, _ := strings.Cut(detail, "To resolve, do one of the following:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		options = append(options, strings.TrimSpace(strings.TrimPrefix(line, "  - ")))
	}
	return options
}

// follow makes the edits that an option asks for.
func follow(t *testing.T, story given, finding conflict.Finding, option string) []given {
	t.Helper()
	for _, e := range optionEdits {
		if match := regexp.MustCompile(e.sentence).FindStringSubmatch(option); match != nil {
			return e.edit(followed{t, story, finding, match})
		}
	}
	t.Errorf("no test follows %q", option)
	return nil
}

// wantResolved wants a configuration to break no rule and to be planned.
func wantResolved(t *testing.T, what, code string, story given, ofBlocks bool) {
	t.Helper()
	tell := toldOf
	if ofBlocks {
		tell = toldOfBlocks
	}
	messages, findings := tell(story)
	for _, f := range findings {
		if f.Accepted == nil {
			t.Errorf("%s: %s is found after %s was followed", code, f.Key(), what)
		}
	}
	for _, m := range messages {
		if !m.warn && len(findings) == 0 && m.summary != "No Free Range" {
			t.Errorf("%s: after %s the plan fails:\n%s", code, what, m.written())
		}
	}
}

// andNext is a configuration with one more cluster or block.
func andNext(story given, ofBlocks bool) given {
	if ofBlocks {
		blocks, _ := story["blocks"].(given)
		return having(story, "blocks", having(blocks, "next", given{"prefix_length": int64(26)}))
	}
	clusters, _ := story["clusters"].(given)
	names := slices.Sorted(maps.Keys(clusters))
	if len(names) == 0 {
		return story
	}
	next := given{"max_nodes": int64(1), "max_services": int64(100), "pods_per_node": int64(16)}
	for _, same := range []string{"vpc", "profile"} {
		next[same] = clusters[names[0]].(given)[same]
	}
	if clusters[names[0]].(given)["pod_subnets"] != nil {
		return story // another cluster in the subnet is another conflict
	}
	return having(story, "clusters", having(clusters, "next", next))
}
