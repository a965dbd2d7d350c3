package messages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Messages on clusters whose Pod range becomes part of a larger one.

func extendedTo(c allocate.ExtendedRange) string { return c.Cluster }

// extended says which Pod ranges become larger, and what Terraform does with the resources of their clusters.
func (p Writer) extended(e allocate.ExtendedPods) string {
	var out strings.Builder
	out.WriteString("This plan extends the Pod range of existing clusters to a larger range that contains it:\n")
	var effects []string
	var steps []growthStep
	for i, c := range e.Clusters {
		if i == maxListed {
			fmt.Fprintf(&out, "\n  - and %d more", len(e.Clusters)-i)
			break
		}
		fmt.Fprintf(&out, "\n  - cluster %q: %s becomes %s (%s)", c.Cluster, c.Was, c.Now, extendedWhy(c))
		effect := "change the range with the tools of the platform, as the rule says"
		if of := c.Profile.Change.Pods.Does; of != "" {
			effect = does[of] + " when its arguments get the new range"
		}
		steps = append(steps, growthStep{c.Cluster, "Pod range", c.Profile.Growth.Apply.Text})
		if effect = Sentence(Capital(effect)); !slices.Contains(effects, effect) {
			effects = append(effects, effect)
		}
	}
	return out.String() + "\n\nEffect: " + strings.Join(effects, " ") + " A cluster keeps its range until it grows again or is rebuilt." +
		applied(steps)
}

// extendedWhy says why a Pod range becomes larger.
func extendedWhy(c allocate.ExtendedRange) string {
	switch {
	case c.SameAs != "":
		return fmt.Sprintf("same_as = %q", c.SameAs)
	case c.Pinned:
		return "pod_cidrs names it"
	case c.Length != 0:
		return fmt.Sprintf("pod_prefix_length = %d", c.Length)
	}
	return fmt.Sprintf("max_nodes = %d, and %s serves %s", c.Wanted, c.Was, nodesServed(c.Serves, c.Surge))
}

// extendedGrounds cite how the platforms extend ranges, and what Terraform does.
func (p Writer) extendedGrounds(e allocate.ExtendedPods) string {
	var texts, sources []string
	for _, c := range e.Clusters[:min(len(e.Clusters), maxListed)] {
		growth, change := c.Profile.Growth, c.Profile.Change.Pods
		texts, sources = append(texts, growth.Text), slices.Concat(sources, growth.Sources, growth.Apply.Sources)
		if change.Text != "" {
			texts, sources = append(texts, change.Text), append(sources, change.Sources...)
		}
	}
	return p.grounded(texts, sources)
}

// supersetGrounds are those of problems with larger Pod ranges.
func (p Writer) supersetGrounds(problem any) string {
	switch e := problem.(type) {
	case allocate.ExtendedPods:
		return p.extendedGrounds(e)
	case allocate.NotSuperset:
		return p.growthGrounds(e.Profile)
	case allocate.NotExtended:
		return p.growthGrounds(e.Profile)
	case allocate.BaseChanged:
		return p.ruled(e.BaseLevel)
	}
	return ""
}

// growthGrounds cite how a platform lets Pod ranges grow.
func (p Writer) growthGrounds(of *profile.Profile) string {
	return p.grounded([]string{of.Growth.Text}, of.Growth.Sources)
}

func extendedOptions(e allocate.ExtendedPods) []topology.Option {
	o := topology.Option{Kind: topology.Mistake}
	for _, c := range e.Clusters[:min(len(e.Clusters), maxListed)] {
		at := clustersPath.Key(c.Cluster)
		switch {
		case c.SameAs != "": // which follows the other cluster
		case c.Pinned:
			o.Add(topology.Set(at.Attr("pod_cidrs"), []string{c.Was.String()}))
		case c.Length != 0:
			o.Add(topology.Set(at.Attr("pod_prefix_length"), topology.AtLeast(c.Was.Bits())))
		default:
			for _, edit := range fewerNodes(at, c.Serves, c.Surge) {
				o.Add(edit)
			}
		}
	}
	return []topology.Option{o}
}

func notSuperset(e allocate.NotSuperset) string {
	return fmt.Sprintf(
		"Cluster %q holds pod_cidrs = %s, and the configuration now requests %s. %s can only extend the Pod range to one larger range "+
			"that contains it.",
		e.Cluster, Join(e.Held), Join(e.Wanted), Capital(e.Profile.Title),
	)
}

func notExtended(e allocate.NotExtended) string {
	out := fmt.Sprintf("Cluster %q needs more nodes than its Pod range %s serves.", e.Cluster, e.Held)
	if e.Length != 0 {
		out = fmt.Sprintf("Cluster %q holds Pod range %s and now requests pod_prefix_length = %d.", e.Cluster, e.Held, e.Length)
	}
	out += fmt.Sprintf(" The larger range that contains it is %s", e.Larger)
	if e.Outside {
		return out + ", which is in no supernet."
	}
	var holders []string
	for _, c := range e.Holders {
		holders = append(holders, party(c))
	}
	for _, r := range e.Elsewhere {
		holders = append(holders, r.String()+" (another planner of the ledger)")
	}
	if len(holders) == 0 {
		return out + ", which the platform does not accept or does not recommend."
	}
	return out + ", which is not free. Parts of it are held by: " + Listed(holders, maxListed) + "."
}
