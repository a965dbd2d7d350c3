package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// ruleLine is a line of a table of rules.
type ruleLine struct {
	// About says what the rule is on; it is Markdown already.
	About, Level, Text string
	// Code is what the platform answers, Override the argument that turns its check off.
	Code, Override string
	// Basis is the confidence and the sources, as Markdown.
	Basis string
}

// ruleLines are a table of rules.
type ruleLines []ruleLine

// Codes and Overrides say whether the table needs the column.
func (r ruleLines) Codes() bool {
	return slices.ContainsFunc(r, func(r ruleLine) bool { return r.Code != "" })
}
func (r ruleLines) Overrides() bool {
	return slices.ContainsFunc(r, func(r ruleLine) bool { return r.Override != "" })
}

// source is a source under its number.
type source struct {
	Number int
	profile.Source
}

// citations numbers sources in the order in which a page cites them.
type citations struct {
	catalog *profile.Catalog
	keys    []string
}

// rule makes a line. The zero rule says nothing and makes none.
func (c *citations) rule(about string, r profile.Rule) ruleLines {
	if r.Text == "" {
		return nil
	}
	return ruleLines{{
		About: about, Level: r.Level.String(), Text: r.Text, Code: r.ErrorCode, Override: r.Override,
		Basis: c.basis(r),
	}}
}

// basis is the confidence and the sources of a rule, and why a derived one has its level.
func (c *citations) basis(r profile.Rule) string {
	basis := strings.TrimSpace(r.Confidence + " " + c.cite(r.Sources))
	if r.Reason != "" {
		basis += "; " + r.Reason
	}
	return basis
}

func (c *citations) limits(about string, limits []profile.Limit) ruleLines {
	var out ruleLines
	for _, l := range limits {
		out = append(out, c.rule(about+": "+windows(l.Windows), l.Rule)...)
	}
	return out
}

func (c *citations) forbidden(about string, list []profile.Forbidden) ruleLines {
	var out ruleLines
	for _, f := range list {
		ban := about + " with addresses of " + code(f.CIDR)
		if f.Exact {
			ban = about + " that is exactly " + code(f.CIDR)
		}
		out = append(out, c.rule(ban, f.Rule)...)
	}
	return out
}

func (c *citations) caps(about string, caps []profile.Cap) ruleLines {
	var out ruleLines
	for _, limit := range caps {
		out = append(out, c.rule(fmt.Sprintf("%s: at most %d", about, limit.Max), limit.Rule)...)
	}
	return out
}

// cite returns the numbers of sources. The page says at its end what each links to.
func (c *citations) cite(keys []string) string {
	var out []string
	for _, key := range keys {
		if !slices.Contains(c.keys, key) {
			c.keys = append(c.keys, key)
		}
		out = append(out, fmt.Sprintf("[%d]", slices.Index(c.keys, key)+1))
	}
	return strings.Join(out, ", ")
}

// sources are those that were cited, by number.
func (c *citations) sources() []source {
	var out []source
	for i, key := range c.keys {
		out = append(out, source{i + 1, c.catalog.Source(key)})
	}
	return out
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
