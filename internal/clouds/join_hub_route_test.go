package clouds

import (
	"fmt"
	"strings"
	"testing"
)

// hubRoute is a route of a hub to a destination over an attachment.
func hubRoute(attachmentID, destination, hop string) Object {
	o := route("", destination, func(r *ObjectRoute) { r.NextHop = text(hop) })
	o.VPC = nil
	if attachmentID != "" {
		o.Attachment = refs(attachmentID)
	}
	return o
}

// unfinished says that further objects of an argument are known only after apply.
func (w world) unfinished(argument Argument) world {
	all := w.given[argument]
	all.AfterApply = true
	w.given[argument] = all
	return w
}

func TestRoutesOfHubs(t *testing.T) {
	base := func() world {
		return twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}).
			add(Attachments, "prod", Object{IDs: refs("att-1"), VPC: refs("vpc-1"), Hub: refs("er-1")}).
			add(SiteGateways, "line", Object{IDs: refs("att-9")})
	}
	with := func(o Object) world { return base().add(HubRoutes, "r", o) }
	site := "r=172.16.0.0/12 hubs er"
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"over the attachment of a VPC":             {with(hubRoute("att-1", "172.16.0.0/12", "transit")), "", ""},
		"over the attachment of a line":            {with(hubRoute("att-9", "172.16.0.0/12", "transit")), site, ""},
		"over an attachment that is not given":     {with(hubRoute("att-5", "172.16.0.0/12", "transit")), site, ""},
		"over an attachment that is not known yet": {with(hubRoute(notYet, "172.16.0.0/12", "transit")), "?", ""},
		"labelled": {
			with(labelled(hubRoute("att-5", "172.16.0.0/12", "transit"), "prod", "", "")), "", "",
		},
		"labelled, not known yet": {
			with(labelled(hubRoute(notYet, "172.16.0.0/12", "transit"), "prod", "", "")), "", "",
		},
		"a label not known yet": {
			with(labelled(hubRoute("att-5", "172.16.0.0/12", "transit"), notYet, "", "")), "?", "",
		},
		"to a part of a VPC, over another hub": {with(hubRoute("att-5", "10.1.4.0/24", "transit")), "", ""},
		"to a part of a VPC, over a line":      {with(hubRoute("att-9", "10.1.4.0/24", "transit")), "r=10.1.4.0/24 hubs er", ""},
		"to a part of a VPC, over the attachment of a connection": {
			base().add(Connections, "prod", Object{IDs: refs("vpn-1", "att-7"), CIDRs: texts("10.9.0.0/16")}).
				add(HubRoutes, "r", hubRoute("att-7", "10.1.4.0/24", "transit")), "prod=10.9.0.0/16 hubs  r=10.1.4.0/24 hubs er", "",
		},
		"to a part of a VPC, over something else":     {with(hubRoute("", "10.1.4.0/24", "vpn")), "r=10.1.4.0/24 hubs er", ""},
		"to a part of a VPC, not known over what":     {with(hubRoute("", "10.1.4.0/24", notYet)), "?", ""},
		"to more than a VPC":                          {with(hubRoute("att-5", "10.0.0.0/8", "transit")), "r=10.0.0.0/8 hubs er", ""},
		"to more than a VPC, over its own attachment": {with(hubRoute("att-1", "10.0.0.0/8", "transit")), "", ""},
		"to a part of a VPC, over nothing":            {with(hubRoute("", "10.1.4.0/24", "")), "r=10.1.4.0/24 hubs er", ""},
		"over an attachment, as long as some are not known": {
			with(hubRoute("att-5", "172.16.0.0/12", "transit")).unfinished(Attachments), "?", "?",
		},
		"over none, as long as some attachments are not known": {
			with(hubRoute("", "172.16.0.0/12", "vpn")).unfinished(Attachments), site, "?",
		},
		"over the attachment of a line, as long as others are not known": {
			with(hubRoute("att-9", "172.16.0.0/12", "transit")).unfinished(SiteGateways), site, "?",
		},
		"to a part of a VPC, as long as some lines are not known": {
			with(hubRoute("att-5", "10.1.4.0/24", "transit")).unfinished(SiteGateways), "?", "?",
		},
		"to a part of a VPC over a hub, while some lines are not known": {
			with(hubRoute("", "10.1.4.0/24", "transit")).unfinished(SiteGateways), "", "?",
		},
		"everywhere":       {with(hubRoute("att-5", "0.0.0.0/0", "transit")), "", ""},
		"everywhere, IPv6": {with(hubRoute("att-5", "::/0", "transit")), "", ""},
		"to what may be a block of a VPC": {
			base().add(VPCs, "new", vpc("vpc-3", notYet)).add(HubRoutes, "r", hubRoute("att-5", "172.16.0.0/12", "transit")), "?", "",
		},
		"to a VPC over a hub that is not given": {
			twoVPCs().add(Gateways, "a", Object{IDs: refs("er-1")}).add(Gateways, "b", Object{IDs: refs("er-2")}).
				add(HubRoutes, "r", hubRoute("att-5", "10.1.4.0/24", "transit")), "", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			got := shownMap(facts.Sites, func(s Site) string {
				return fmt.Sprintf("%s hubs %s", shownList(s.CIDRBlocks), shownList(s.Hubs))
			})
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}

func TestALabelledRouteOfAHubOverAnotherAttachmentIsAFault(t *testing.T) {
	for attachment, want := range map[string]string{"att-9": "", "att-2": "test", "att-1": "none", "att-5": "none"} {
		w := twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}).add(SiteGateways, "line", Object{IDs: refs("att-9")}).
			add(Attachments, "a", Object{IDs: refs("att-1"), VPC: refs("vpc-1")}).
			add(Attachments, "b", Object{IDs: refs("att-2"), VPC: refs("vpc-2")}).
			add(HubRoutes, "r", labelled(hubRoute(attachment, "172.16.0.0/12", "transit"), "prod", "", ""))
		_, faults := nimbus().Join(map[string]Given{"nimbus": w.given})
		got := "none"
		for _, f := range faults {
			if c, is := f.Problem.(Contradiction); is && c.Reference == attachment && strings.HasSuffix(f.At.String(), `["r"]`) {
				got = c.Other
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s: %v", attachment, got, want, faults)
		}
	}
}

// The next hop of a route can be missing where the type has attachments: the destination then says whether it leads to a VPC.
func TestRoutesOfHubsWithoutANextHop(t *testing.T) {
	for destination, want := range map[string]string{"10.1.4.0/24": "", "172.16.0.0/12": "r=172.16.0.0/12 hubs er"} {
		o := hubRoute("att-5", destination, "")
		attaching := *typeOf(HubRoutes)
		attaching.Attachment = []string{"attachment_id"}
		w := twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")})
		o.Type = &attaching
		facts := w.addOf(HubRoutes, "r", o).joined(t)
		got := shownMap(facts.Sites, func(s Site) string { return fmt.Sprintf("%s hubs %s", shownList(s.CIDRBlocks), shownList(s.Hubs)) })
		if got != want {
			t.Errorf("%s: got %q, want %q", destination, got, want)
		}
	}
}
