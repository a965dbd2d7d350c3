package allocate

import (
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// addOptions adds to the findings what their options need: tokens of renumber, and what tells which of two workspaces is
// to move.
func (p *planner) addOptions() {
	before := map[conflict.ID]bool{}
	for _, c := range p.result.Before {
		before[c.ID()] = true
	}
	for i, f := range p.result.Findings {
		if f.B == nil || f.A.Elsewhere || !f.A.HandedOut() {
			continue
		}
		if key := f.B.At[len(f.B.At)-1].Key; f.B.Released && !f.B.Elsewhere && p.request.Prior == nil {
			if _, given := p.request.Existing[key]; given {
				f.Restored = topology.Path{}.Attr("existing").Key(key)
			}
		}
		f.Holder, f.Held, f.Tokens = p.request.Holder(), before[f.A.ID()], map[string]string{}
		for _, name := range append([]string{f.A.Owner}, f.A.Twins...) {
			f.Tokens[name] = nextToken(p.lastToken(name))
		}
		p.result.Findings[i] = f
	}
}

// lastToken is the token that renumber gave a cluster or block last, now or before.
func (p *planner) lastToken(name string) string {
	if token := p.request.Renumber[name]; token != "" || p.request.Prior == nil {
		return token
	}
	for _, old := range append([]string{name}, p.request.Facts.Clusters[name].PreviousNames...) {
		if token := p.request.Prior.Renumber[old]; token != "" {
			return token
		}
	}
	return ""
}

// nextToken is a token that differs from another one: the number at its end grows by one.
func nextToken(token string) string {
	digits := len(token) - len(strings.TrimRight(token, "0123456789"))
	if n, err := strconv.ParseUint(token[len(token)-digits:], 10, 32); err == nil {
		return token[:len(token)-digits] + strconv.FormatUint(n+1, 10)
	}
	if token == "" {
		return "1"
	}
	return token + "-2"
}
