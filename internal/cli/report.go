package cli

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// report is the result of a scan, in the form of its JSON.
type report struct {
	Version  string      `json:"version"`
	Files    []string    `json:"files"`
	Found    found       `json:"found"`
	Counts   counts      `json:"counts"`
	Findings []finding   `json:"findings"`
	NotRead  []unchecked `json:"not_checked"`
}

// found is how many objects of each kind there are.
type found struct {
	Hubs     int `json:"hubs"`
	Sites    int `json:"sites"`
	VPCs     int `json:"vpcs"`
	Subnets  int `json:"subnets"`
	Routes   int `json:"routes"`
	Clusters int `json:"clusters"`
	Claims   int `json:"claims"`
}

type counts struct {
	Errors   int64 `json:"errors"`
	Warnings int64 `json:"warnings"`
	Notes    int64 `json:"notes"`
}

type finding struct {
	Key         string `json:"key"`
	Rule        string `json:"rule"`
	Level       string `json:"level"`
	Title       string `json:"title"`
	Summary     string `json:"summary"`
	Text        string `json:"text"`
	First       party  `json:"first"`
	Second      *party `json:"second,omitempty"`
	Overlap     string `json:"overlap,omitempty"`
	Consequence string `json:"consequence,omitempty"`
	Source      string `json:"source,omitempty"`
}

// party is one of the two that share addresses.
type party struct {
	Kind      string `json:"kind,omitempty"`
	Name      string `json:"name,omitempty"`
	Part      string `json:"part,omitempty"`
	CIDR      string `json:"cidr,omitempty"`
	Network   string `json:"network,omitempty"`
	Allocator string `json:"allocator,omitempty"`
	// Address is the address of the resource, File the file that has it; both are "" for what is not one resource.
	Address string `json:"address,omitempty"`
	File    string `json:"file,omitempty"`
}

// scanned audits what was found.
func (c *command) scanned(in *inventory) report {
	c.progress("Comparing the ranges")
	defer c.progress("")
	rows := c.writer.AuditRows(allocate.Audit(in.request(), topology.WhatIf{}, c.writer.Catalog))
	in.skipIncomplete(rows)
	numbers := messages.AuditCounts(rows)
	r := report{
		Version: c.version, Files: in.files, Found: in.count(), NotRead: append([]unchecked{}, in.unchecked...), Findings: []finding{},
		Counts: counts{numbers["error"], numbers["warn"], numbers[messages.Note]},
	}
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		r.Findings = append(r.Findings, in.finding(key, rows[key]))
	}
	slices.SortStableFunc(r.Findings, func(a, b finding) int {
		return cmp.Compare(slices.Index(messages.AuditLevels, a.Level), slices.Index(messages.AuditLevels, b.Level))
	})
	return r
}

// skipIncomplete moves rows on what the files do not say, such as the Pod subnets of a cluster, to what is not checked: nobody wrote
// these arguments, so that they are no conflict.
func (in *inventory) skipIncomplete(rows map[string]messages.AuditRow) {
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if row := rows[key]; row.Rule == messages.InvalidInput {
			p, reason := in.party(row.First), strings.SplitN(row.Text, "\n", 2)[0]
			in.unchecked = append(in.unchecked, unchecked{Address: cmp.Or(p.Address, row.First.At.String()), File: p.File, Reason: reason})
			delete(rows, key)
		}
	}
}

func (in *inventory) count() found {
	f := found{
		Hubs: len(in.facts.Hubs), Sites: len(in.facts.Sites), VPCs: len(in.facts.VPCs), Clusters: len(in.existing),
		Claims: len(in.facts.Foreign),
	}
	for _, v := range in.facts.VPCs {
		f.Subnets += len(v.Subnets)
		f.Routes += len(v.Routes)
	}
	return f
}

func (in *inventory) finding(key string, row messages.AuditRow) finding {
	f := finding{
		Key: key, Rule: row.Rule, Level: row.Level, Title: row.Title, Summary: row.Summary, Text: row.Text, First: in.party(row.First),
		Consequence: row.Consequence, Source: row.Source,
	}
	if row.Second != nil {
		second := in.party(*row.Second)
		f.Second = &second
	}
	if row.Overlap.IsValid() {
		f.Overlap = row.Overlap.String()
	}
	return f
}

func (in *inventory) party(p messages.AuditParty) party {
	out := party{Kind: p.Kind, Name: p.Name, Part: p.Part, Network: p.Network, Allocator: p.Allocator}
	if p.Range.IsValid() {
		out.CIDR = p.Range.String()
	}
	if o, is := in.source(p); is {
		out.Address, out.File = o.Address(), o.File
	}
	return out
}

// source is the object that a party is from.
func (in *inventory) source(p messages.AuditParty) (statefile.Object, bool) {
	if p.Allocator != "" || len(p.At) > 0 && p.At[0].Attr == "foreign_claims" {
		return in.planner(p.Allocator)
	}
	if len(p.At) < 2 {
		return statefile.Object{}, false
	}
	name, part := p.At[1].Key, p.Part
	if len(p.At) > 3 && p.At[3].Key != "" {
		part = p.At[3].Key
	}
	var candidates []struct {
		argument clouds.Argument
		name     string
	}
	add := func(argument clouds.Argument, name string) {
		candidates = append(candidates, struct {
			argument clouds.Argument
			name     string
		}{argument, name})
	}
	switch attribute := p.At[0].Attr; {
	case attribute == "clusters" || attribute == "existing":
		add(clouds.Clusters, name)
	case attribute == "hubs":
		add(clouds.Gateways, name)
	case attribute == "sites":
		return in.ofSite(name)
	case len(p.At) > 2 && p.At[2].Attr == "subnets":
		add(clouds.Subnets, part)
	case len(p.At) > 2 && p.At[2].Attr == "routes":
		for _, key := range keysOf(part) {
			add(clouds.Routes, key)
			add(clouds.RouteTables, key)
		}
	}
	add(clouds.VPCs, name)
	for _, candidate := range candidates {
		if o, is := in.of(candidate.argument, candidate.name); is {
			return o, true
		}
	}
	return statefile.Object{}, false
}

// ofSite is the object that a site is from: a connection, a route of a hub, or the hub whose own addresses it has.
func (in *inventory) ofSite(name string) (statefile.Object, bool) {
	if o, is := in.of(clouds.Connections, name); is {
		return o, true
	}
	for _, argument := range []clouds.Argument{clouds.HubRoutes, clouds.Gateways} {
		for _, key := range keysOf(name) {
			if o, is := in.of(argument, key); is {
				return o, true
			}
		}
	}
	return in.of(clouds.VPCs, name)
}

// keysOf are the keys of the object that a name may come from: the name, and for a route of a route table the part before the
// destination.
func keysOf(name string) []string {
	keys := []string{strings.TrimRight(name, "+")}
	for rest := keys[0]; ; {
		slash := strings.LastIndexByte(rest, '/')
		if slash < 0 {
			return keys
		}
		rest = rest[:slash]
		keys = append(keys, rest)
	}
}

// planner is the allocator or blocks of a name as claims have it.
func (in *inventory) planner(holder string) (statefile.Object, bool) {
	name, blocks := topology.BlocksOf(holder)
	for _, p := range in.planners {
		if p.OfBlocks == blocks && (p.Name == holder || blocks && p.Name == name) {
			return p.Object, true
		}
	}
	return statefile.Object{}, false
}
