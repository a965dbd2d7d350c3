package clouds

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Read reads the object of v, which is a Map at the place at. It reads what the paths of the type name and the labels, nothing else.
// What has another type than its path needs is a fault and counts as absent.
func (t *Type) Read(v Value, at topology.Path) (Object, []topology.Fault) {
	r := &reader{newObject(v, at), t, false}
	r.isNew = r.isNewObject()
	o := Object{
		Type: t, Counts: r.counts(), IDs: r.refs(t.ID), Names: r.refs(t.Names), Region: r.text(t.Region),
		VPC: r.refs(t.VPC), PeerVPC: r.refs(t.PeerVPC), Hub: r.refs(t.Hub), RouteTable: r.refs(t.RouteTable),
		SiteGateway: r.refs(t.SiteGateway), Connection: r.refs(t.Connection), Attachment: r.refs(t.Attachment),
		Labels:          Labels{VPC: r.text(LabelVPC), Hub: r.text(LabelHub), Peer: r.text(LabelPeer)},
		ProtectionLevel: r.text(t.ProtectionLevel),
		NodeCIDRMask:    r.text(t.NodeCIDRMask), NodeIPv6CIDRMask: r.text(t.NodeIPv6CIDRMask),
	}
	o.CIDRs, o.IPv6CIDRs = r.ranges(t.CIDRs, t.IPv6CIDRs)
	o.Pods, o.PodsIPv6 = r.ranges(t.Pods, t.PodsIPv6)
	o.PodSubnets = r.separated(t.PodSubnets)
	o.Services, o.ServicesIPv6 = r.ranges(t.Services, t.ServicesIPv6)
	o.OtherRanges = r.otherRanges()
	if t.Route != nil {
		o.Routes = r.routes()
	}
	return o, r.faults
}

// reader reads one object.
type reader struct {
	*object
	t *Type
	// isNew says that the object does not exist yet.
	isNew bool
}

// isNewObject says whether the object's own ID is known only after apply.
func (r *reader) isNewObject() bool {
	return len(r.t.ID) > 0 && firstText(r.texts(r.t.ID[0])).AfterApply
}

// absent says whether an attribute that is unknown means none.
func (r *reader) absent(path string) bool {
	if !r.isNew {
		return false
	}
	if flag, is := r.t.AbsentUnless[path]; is {
		value := r.text(flag)
		return value.Value != "true" && (!value.AfterApply || slices.Contains(r.t.AbsentWhenNew, flag))
	}
	return slices.Contains(r.t.AbsentWhenNew, path)
}

// values are what is found at a path, nothing where the attribute is unknown and that means none. An unknown element of a list is an
// element.
func (r *reader) values(path string) []found {
	values := r.find(path)
	if len(values) == 1 && !values[0].listed && values[0].Kind() == Unknown && r.absent(path) {
		return nil
	}
	return values
}

// counts says whether the attributes of Type.Only have one of their values. An attribute that is null, as in old states, does not
// exclude the object.
func (r *reader) counts() Known[bool] {
	unknown := false
	for path, allowed := range r.t.Only {
		value := r.text(path)
		switch {
		case value.AfterApply:
			unknown = true
		case value.Value != "" && !containsFold(allowed, value.Value):
			return known(false)
		}
	}
	if unknown {
		return afterApply[bool]()
	}
	return known(true)
}

// refs are the IDs at the paths, each once.
func (r *reader) refs(paths []string) Refs {
	var out Refs
	for _, path := range paths {
		for _, id := range r.texts(path) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// separated are the IDs at the paths, each once. A text that has several, separated by commas, is as many.
func (r *reader) separated(paths []string) Refs {
	var out Refs
	for _, ids := range r.refs(paths) {
		for id := range strings.SplitSeq(ids.Value, ",") {
			if one := (Known[string]{Value: strings.TrimSpace(id), AfterApply: ids.AfterApply}); !slices.Contains(out, one) {
				out = append(out, one)
			}
		}
	}
	return out
}

// ranges are the ranges at the paths, by family.
func (r *reader) ranges(ipv4Paths, ipv6Paths []string) (ipv4, ipv6 Known[[]string]) {
	mixed, ipv6 := r.list(ipv4Paths), r.list(ipv6Paths)
	if mixed.AfterApply {
		return afterApply[[]string](), afterApply[[]string]()
	}
	for _, cidr := range mixed.Value {
		switch {
		case !strings.Contains(cidr, ":"):
			ipv4.Value = append(ipv4.Value, cidr)
		case !ipv6.AfterApply && !slices.Contains(ipv6.Value, cidr):
			ipv6.Value = append(ipv6.Value, cidr)
		}
	}
	return ipv4, ipv6
}

// otherRanges are the ranges that a cluster uses beside Pods and Services; nil for none.
func (r *reader) otherRanges() Known[map[string][]string] {
	var out map[string][]string
	for _, use := range sortedKeys(r.t.OtherRanges) {
		switch ranges := r.list(r.t.OtherRanges[use]); {
		case ranges.AfterApply:
			return afterApply[map[string][]string]()
		case len(ranges.Value) == 0:
		case out == nil:
			out = map[string][]string{use: ranges.Value}
		default:
			out[use] = ranges.Value
		}
	}
	return known(out)
}

// list are the ranges at the paths, each once. A text that has several, separated by commas, is as many.
func (r *reader) list(paths []string) Known[[]string] {
	var out []string
	for _, path := range paths {
		if r.isRepeated(path) {
			continue
		}
		if strings.Contains(path, "+") {
			joined := r.text(path)
			if joined.AfterApply {
				return afterApply[[]string]()
			}
			out = r.appendRanges(out, joined.Value, r.at)
			continue
		}
		for _, v := range r.values(path) {
			switch v.Kind() {
			case Unknown:
				return afterApply[[]string]()
			case Text:
				out = r.appendRanges(out, v.Text(), v.at)
			default:
				r.wrong(v, topology.TextOrListType)
			}
		}
	}
	return known(out)
}

// isRepeated says whether the ranges at a path are read at another one.
func (r *reader) isRepeated(path string) bool {
	original, repeats := r.t.Repeats[path]
	return repeats && slices.ContainsFunc(r.values(original), func(v found) bool { return v.Kind() != Text || v.Text() != "" })
}

// appendRanges appends the ranges of a text that a list lacks. A text that is no range is a fault.
func (r *reader) appendRanges(list []string, texts string, at topology.Path) []string {
	for text := range strings.SplitSeq(texts, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		one, ok := canonical(text)
		switch {
		case !ok:
			r.faults = append(r.faults, topology.Fault{At: at, Problem: NotARange{}})
		case !slices.Contains(list, one):
			list = append(list, one)
		}
	}
	return list
}

// containsFold says whether a text is in a list, in any case.
func containsFold(list []string, text string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, text) })
}
