package messages

import (
	"fmt"
	"math"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Shown cuts a value, which may be a whole file that was pasted.
func Shown(s string) string { return plain.Quote(s, 60) }

// problem says what is wrong with a declaration, how to resolve it, and by which rule it is wrong.
func (p Writer) problem(f topology.Fault) (summary, detail string) {
	summary, detail = p.Wrong(f)
	return summary, detail + p.resolve(p.optionsOf(f)) + p.grounds(f)
}

// Wrong says what is wrong with a declaration.
func (p Writer) Wrong(f topology.Fault) (summary, detail string) { //nolint:gocyclo // a table of messages: one case for each type
	switch e := f.Problem.(type) {
	case *cidr.ParseFault:
		return "Not a Canonical CIDR", Sentence(NotCIDR(e))
	case topology.Missing:
		return "Missing Value", Sentence(f.At.String()+" is required and not set") + because(missingReason(e.Reason))
	case topology.Empty:
		return "Missing Value", Sentence(emptyReason(e.Reason))
	case topology.BadName:
		return "Invalid Name", badName(e)
	case topology.BadText:
		return "Invalid Key", badText(e)
	case topology.KeyDiffers:
		return "Key Differs From Name", fmt.Sprintf("The key is %s and the name inside is %s. References use the name, so the two must "+
			"be the same.", Shown(e.Key), Shown(e.Name))
	case topology.Undeclared:
		return "Undeclared Name", p.undeclared(e)
	case topology.NotOneOf:
		return "Value Not Allowed", NotAmong(e.Value, e.Allowed)
	case topology.OutOfRange:
		return "Number Out of Range", fmt.Sprintf("%s = %d is out of range; %s.", f.At, e.Value, bounds(e.Min, e.Max))
	case topology.NotWhole:
		return "Number Out of Range", equals(f.At, e.Value) + " is not a whole number."
	case topology.Negative:
		return "Number Out of Range", equals(f.At, e.Value) + " is out of range; the minimum is 0."
	case topology.TooLarge:
		return "Number Out of Range", fmt.Sprintf("%s is out of range; the maximum is %d.", f.At, int64(math.MaxInt64))
	case topology.WrongType:
		return "Invalid Value", fmt.Sprintf("%s is %s; expected %s.", PathOrArgument(f.At), valueTypes[e.Is], valueTypes[e.Want])
	case NotADay, NotADate:
		return "Invalid Value", Sentence(dateText(e))
	case topology.Repeated:
		return "Listed Twice", fmt.Sprintf("%s is already in the list.", Shown(e.Value))
	case topology.FirstListed:
		return "Listed Twice", fmt.Sprintf("%s is already %s of the cluster, and %s lists the ranges beside it.", e.Value, e.First,
			LastAttr(f.At[:len(f.At)-1]))
	case topology.NameInUse:
		return "Name Already in Use", fmt.Sprintf("A VPC and a site are both named %s, so a reference to it is ambiguous. Rename one of "+
			"them.", Shown(e.Name))
	case topology.SelfPeer:
		return "Network Lists Itself as a Peer", fmt.Sprintf("%s lists itself in its own peers.", Shown(e.Name))
	case topology.RangesOverlap:
		return "Ranges Overlap", rangesOverlap(e)
	case topology.OutsideVPC:
		return "Subnet Outside VPC", fmt.Sprintf("Subnet %s is not in any block of the VPC. Blocks of the "+
			"VPC: %s.", e.Subnet, Join(e.Blocks))
	case topology.WrongFamily:
		return "Wrong Address Family", wrongFamily(f.At, e)
	case topology.VRFLink:
		return "Link Between VRFs", fmt.Sprintf("The network is in %s, and %s %q is in %s. Ranges in different VRFs can overlap, so a "+
			"network cannot be connected to another VRF.", vrf(e.OwnVRF), nameKinds[e.Kind], e.Name, vrf(e.VRF))
	case topology.WrongPlatform:
		return "Profile Does Not Fit Platform", p.wrongPlatform(e)
	case topology.TooMany:
		return "Too Many " + title(lists[e.Of]), fmt.Sprintf("%d %s are given; %s %s at "+
			"most %d.", e.Count, lists[e.Of], limitOf(e.Limit), accepts(f), e.Max)
	case topology.Refused:
		return p.refused(f, e)
	case topology.NoPodSubnets:
		return p.noPodSubnets(f, e)
	case topology.UnsetByTerraform:
		return p.unset(e)
	case topology.NotAccepted:
		return "Argument Not Accepted", fmt.Sprintf("%s = %s cannot be set "+
			"here: %s.", f.At, Line(given(e.Value)), Line(notAcceptedReason(e.Reason)))
	case topology.LikelySummary:
		return "Route May Be an Aggregate", fmt.Sprintf("The route to %s covers the whole range, so no cluster of this VPC can use "+
			"addresses in it. If the route is an aggregate that a hub announces, set summary = true and declare the networks behind it "+
			"as hubs, peers and sites.", e.Destination)
	case topology.Contradicting:
		return "Arguments Contradict Each Other", fmt.Sprintf("%s = %s contradicts %s, which results "+
			"in %s.", f.At, Line(given(e.Value)), Line(contradicted(e.Other)), Line(given(e.Gives)))
	case topology.GivenTwice:
		return "Argument Given Twice", givenTwiceText(e)
	case topology.UnusedAttributes:
		return "Attributes Without Effect", unusedText(e)
	}
	return p.planProblem(f)
}

// ruled cites a rule, where there is one.
func (p Writer) ruled(r profile.Rule) string {
	if r.Text == "" {
		return ""
	}
	lines := append([]string{"", "", "Rule: " + Sentence(Capital(r.Text)), "Source: " + p.Catalog.Cite(r)}, ofPlatform(r)...)
	return strings.Join(lines, "\n")
}

// refused reports a value that breaks a rule of the platform.
func (p Writer) refused(f topology.Fault, e topology.Refused) (summary, detail string) {
	value := Capital(valueKinds[e.Kind]) + " " + Line(e.Value)
	if e.Rule.Text == "" {
		return "Value Not Documented for the Platform", value + " is not accepted. No published source of the platform documents it for " +
			"this mode."
	}
	summary, verdict := "Value Not Accepted by the Platform", "not accepted by the platform"
	if f.Warn {
		summary, verdict = "Value Not Recommended", "not recommended"
	}
	return summary, fmt.Sprintf("%s is %s.", value, verdict)
}

func noNodes(e allocate.NoNodes) string {
	if e.Mask6 != 0 {
		return fmt.Sprintf(
			"Pod range %s of cluster %q is too small for a node: each node uses a block of /%d, and kube-controller-manager does not "+
				"start if the node mask is shorter than the prefix of the range.",
			e.Range, e.Cluster, e.Mask6,
		)
	}
	out := fmt.Sprintf(
		"Pod range %s of cluster %q is too small for a node: on %s each node uses %d addresses",
		e.Range, e.Cluster, e.Profile.Title, e.Node,
	)
	if e.Service.IsValid() {
		out += fmt.Sprintf(", and Services use %s", e.Service)
	}
	return out + "."
}

func (p Writer) outgrown(at topology.Path, e allocate.Outgrown) string {
	if p.OfBlocks {
		return p.outgrownBlock(LastAttr(at), e)
	}
	held := holding(e.Held)
	if e.Held.NodeMask != 0 {
		held += fmt.Sprintf(", node blocks of /%d", e.Held.NodeMask)
	}
	return fmt.Sprintf(
		"Cluster %q now requests %s = %d. It holds %s, which is enough for at most %d%s. %s",
		e.Cluster, LastAttr(at), e.Wanted, held, e.Largest, servicesEach(at, e), outgrownWhy(at, e),
	)
}

// servicesEach says how many Services each of several Service ranges has, "" for a single range or another need.
func servicesEach(at topology.Path, e allocate.Outgrown) string {
	if LastAttr(at) != "max_services" {
		return ""
	}
	for _, ranges := range [][]netip.Prefix{e.Held.Services(), e.Held.ServicesIPv6()} {
		if len(ranges) < 2 || e.Profile.ServicesIn(ranges) != e.Largest {
			continue
		}
		var each []string
		for _, r := range cidr.Outermost(ranges) {
			each = append(each, fmt.Sprintf("%d in %s", e.Profile.ServicesIn([]netip.Prefix{r}), r))
		}
		return ": " + strings.Join(each, ", ")
	}
	return ""
}

// mostPodRanges says whether a cluster holds as many Pod ranges as its platform accepts, of those that append some.
func mostPodRanges(e allocate.Outgrown) bool {
	g := e.Profile.Growth
	return g.Pods == profile.Append && g.MaxRanges > 0 && len(e.Held.Pods) >= g.MaxRanges
}

// outgrownWhy says why the platform does not enlarge the range.
func outgrownWhy(at topology.Path, e allocate.Outgrown) string {
	extends := e.Profile.Extends() && (LastAttr(at) == "max_nodes" || LastAttr(at) == "pod_prefix_length")
	switch {
	case extends && e.Held.PodIPv6.IsValid():
		return Capital(e.Profile.Title) + " extends the Pod range of clusters with IPv4 only."
	case e.Profile.Growth.Pods == profile.OutsideTerraform && LastAttr(at) == "max_nodes":
		return fmt.Sprintf(
			"Terraform has no argument for further Pod ranges of %s. If the platform has added some, list them in pod_cidrs, behind "+
				"the ones that the cluster holds.",
			e.Profile.Title,
		)
	case LastAttr(at) == "max_nodes" && mostPodRanges(e):
		return fmt.Sprintf("%s accepts at most %d Pod ranges.", Capital(e.Profile.Title), e.Profile.Growth.MaxRanges)
	case extends:
		return Capital(e.Profile.Title) + " can extend the Pod range only to a larger range that begins at the same address."
	}
	return fmt.Sprintf("A range of an existing cluster of %s cannot be enlarged.", e.Profile.Title)
}

func (p Writer) wrongPlatform(e topology.WrongPlatform) string {
	where := fmt.Sprintf("VPC %q on %s", e.VPC, Line(e.Platform))
	if e.Platform == "" {
		where = fmt.Sprintf("site %q", e.VPC)
	}
	var fitting []string
	for _, name := range e.Fitting {
		fitting = append(fitting, p.profileInWords(name))
	}
	return fmt.Sprintf("Profile %q is not available for %s. Available profiles: %s.", e.Profile, where, strings.Join(fitting, ", "))
}

func wrongFamily(at topology.Path, e topology.WrongFamily) string {
	other := ""
	if len(at) > 1 && at[len(at)-1].Index > 0 && at[len(at)-2].Attr == "cidr_blocks" {
		other = " Declare IPv6 blocks of a VPC in ipv6_cidr_blocks."
	}
	return fmt.Sprintf("%s is not an %s range, and %s accepts only %s.%s", e.Range, e.Want, at, e.Want, other)
}

// equals names an argument and its value, "" for one that is not shown.
func equals(at topology.Path, value string) string {
	if value == "" {
		return at.String()
	}
	return fmt.Sprintf("%s = %s", at, Line(value))
}

func bounds(low, high int64) string {
	switch {
	case high == 0:
		return fmt.Sprintf("the minimum is %d", low)
	case high < low:
		return "no value is valid"
	case low == high:
		return fmt.Sprintf("the only valid value is %d", low)
	}
	return fmt.Sprintf("valid values are %d to %d", low, high)
}

// sizes says which values a profile or platform serves. A Max of 0 is none, other than for bounds.
func sizes(e *profile.SizeError) string {
	if e.Max < e.Min {
		return "no value is valid"
	}
	return bounds(e.Min, e.Max)
}

func rangeOf(r netip.Prefix, name string) string {
	if name == "" {
		return r.String()
	}
	return fmt.Sprintf("%s (%q)", r, name)
}

func vrf(name string) string {
	if name == "" {
		return "the unnamed VRF"
	}
	return fmt.Sprintf("VRF %q", name)
}

// LastAttr returns the attribute at the end of a path, "" if the path ends in a key or an index.
func LastAttr(at topology.Path) string {
	if len(at) == 0 {
		return ""
	}
	return at[len(at)-1].Attr
}

// title writes each word with a capital.
func title(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		words[i] = Capital(word)
	}
	return strings.Join(words, " ")
}

// Sentence gives a text its full stop.
func Sentence(s string) string {
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return " " + Sentence(Capital(why))
}
