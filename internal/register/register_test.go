package register_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
)

// claims are written "kind owner range allocator vrf", with the allocator "-" where nobody says.
func claims(lines ...string) map[string]register.Claim {
	all := map[string]register.Claim{}
	for i, line := range lines {
		f := append(strings.Fields(line), "", "")
		all[fmt.Sprint(i)] = register.Claim{
			Kind:      f[0],
			Owner:     f[1],
			CIDR:      netip.MustParsePrefix(f[2]),
			Allocator: strings.Trim(f[3], "-"),
			VRF:       f[4],
		}
	}
	return all
}

func TestRows(t *testing.T) {
	for name, test := range map[string]struct{ claims, want []string }{
		"nothing":                          {nil, nil},
		"a supernet that is free":          {[]string{"supernet k8s 10.0.0.0/8 k8s"}, []string{"free k8s 10.0.0.0/8"}},
		"a cluster in its supernet":        {[]string{"supernet k8s 10.0.0.0/14 k8s", "pod shop 10.1.0.0/16 k8s"}, []string{"free k8s 10.0.0.0/16", "pod shop 10.1.0.0/16", "free k8s 10.2.0.0/15"}},
		"what it keeps":                    {[]string{"supernet k8s 10.0.0.0/15 k8s", "kept shop 10.0.0.0/16 k8s", "pod shop 10.0.0.0/17 k8s"}, []string{"pod shop 10.0.0.0/17", "kept shop 10.0.128.0/17", "free k8s 10.1.0.0/16"}},
		"what it keeps and has as a whole": {[]string{"kept shop 10.0.0.0/16 k8s", "pod shop 10.0.0.0/16 k8s"}, []string{"pod shop 10.0.0.0/16"}},
		"a range outside of all supernets": {[]string{"supernet k8s 10.0.0.0/16 k8s", "service shop 172.20.0.0/16 k8s"}, []string{"free k8s 10.0.0.0/16", "service shop 172.20.0.0/16"}},
		"a part that is handed on":         {[]string{"supernet a 10.0.0.0/8 a", "reserved b 10.0.0.0/9 a", "supernet b 10.0.0.0/10 b"}, []string{"free b 10.0.0.0/10", "reserved b 10.64.0.0/10", "free a 10.128.0.0/9"}},
		"all of it is handed on":           {[]string{"supernet b 10.0.0.0/8 b", "block b 10.0.0.0/8 z", "supernet z 10.0.0.0/8 z"}, []string{"free b 10.0.0.0/8"}},
		"one supernet for two":             {[]string{"supernet a 10.0.0.0/8 a", "supernet b 10.0.0.0/8 b"}, []string{"free b 10.0.0.0/8"}},
		"another VRF":                      {[]string{"supernet a 10.0.0.0/15 a", "pod x 10.0.0.0/16 b red"}, []string{"free a 10.0.0.0/15", "pod x 10.0.0.0/16"}},
		"two VRFs of an allocator":         {[]string{"supernet a 10.0.0.0/15 a red", "supernet a 10.0.0.0/15 a blue", "pod x 10.0.0.0/16 a red", "pod y 10.1.0.0/16 a blue"}, []string{"free a 10.0.0.0/16", "pod y 10.1.0.0/16", "pod x 10.0.0.0/16", "free a 10.1.0.0/16"}},
		"two clusters on one range":        {[]string{"pod b 10.0.0.0/16 b", "pod a 10.0.0.0/16 a"}, []string{"pod a 10.0.0.0/16", "pod b 10.0.0.0/16"}},
		"told twice":                       {[]string{"pod a 10.0.0.0/16 a", "pod a 10.0.0.0/16 a"}, []string{"pod a 10.0.0.0/16"}},
		"what one gave up that kept more":  {[]string{"supernet a 10.0.0.0/14 a", "released x 10.0.0.0/16 a", "released x 10.0.0.0/18 a"}, []string{"released x 10.0.0.0/18", "released x 10.0.64.0/18", "released x 10.0.128.0/17", "free a 10.1.0.0/16", "free a 10.2.0.0/15"}},
		"what two gave up":                 {[]string{"released x 10.0.0.0/16 a", "released y 10.0.0.0/18 a"}, []string{"released x 10.0.0.0/16", "released y 10.0.0.0/18"}},
		"by hand in two VRFs":              {[]string{"supernet a 10.0.0.0/15 - red", "pod x 10.0.0.0/16 - blue", "pod y 10.1.0.0/16 - red"}, []string{"pod x 10.0.0.0/16", "free a 10.0.0.0/16", "pod y 10.1.0.0/16"}},
		"both families":                    {[]string{"supernet a fd00::/15 a", "supernet a 10.0.0.0/15 a", "pod x fd00::/16 a"}, []string{"free a 10.0.0.0/15", "pod x fd00::/16", "free a fd01::/16"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range register.Rows(claims(test.claims...)) {
				got = append(got, fmt.Sprintf("%s %s %v", r.Kind, r.Owner, r.CIDR))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// Every address of a supernet is in exactly one row, whoever has blocks in it, as long as no two clusters
// have it; and the order of the claims never matters.
func TestRowsTileSupernets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := map[string]register.Claim{}
		var leaves []netip.Prefix
		var supernets []netip.Prefix
		for i := range rapid.IntRange(1, 12).Draw(t, "claims") {
			kind := rapid.SampledFrom([]string{"supernet", "pod", "service", "released", "kept", "reserved", "block", "supernet"}).
				Draw(t, "kind")
			bits := rapid.IntRange(24, 30).Draw(t, "bits")
			p := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(rapid.IntRange(0, 255).Draw(t, "place"))}), bits).Masked()
			if rapid.Bool().Draw(t, "IPv6") {
				p = netip.PrefixFrom(netip.AddrFrom16([16]byte{0: 0xfd, 15: p.Addr().As4()[3]}), 96+bits).Masked()
			}
			c := register.Claim{
				Kind:      kind,
				Owner:     fmt.Sprint("o", i),
				CIDR:      p,
				Allocator: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "allocator"),
			}
			switch kind {
			case "pod", "service", "released":
				if slices.ContainsFunc(leaves, p.Overlaps) {
					continue
				}
				leaves = append(leaves, p)
				around := netip.PrefixFrom(p.Addr(), p.Bits()-1).Masked()
				if kind == "released" && !slices.ContainsFunc(leaves[:len(leaves)-1], around.Overlaps) &&
					rapid.Bool().Draw(t, "kept more") {
					leaves = append(leaves, around)
					kept := c
					kept.CIDR = around
					all[fmt.Sprint(i, "kept")] = kept
				}
			case "supernet":
				supernets = append(supernets, p)
				c.Owner = c.Allocator
			}
			all[fmt.Sprint(i)] = c
		}
		rows := register.Rows(all)
		for _, supernet := range supernets {
			covered, sum := cidr.Set{}, new(big.Int)
			for _, r := range rows {
				if shared, ok := cidr.Overlap(supernet, r.CIDR); ok {
					sum.Add(sum, cidr.Count(shared))
					covered = covered.Union(cidr.NewSet(shared))
				}
			}
			if !covered.Contains(supernet) || sum.Cmp(cidr.Count(supernet)) != 0 {
				t.Fatalf("supernet %v has rows for %v addresses: %+v", supernet, sum, rows)
			}
		}
		renamed := map[string]register.Claim{}
		for key, c := range all {
			renamed[fmt.Sprint(99-len(key), key)] = c
		}
		for _, format := range register.Formats {
			if register.Render(all, format, "en") != register.Render(renamed, format, "en") {
				t.Fatalf("%s depends on keys", format)
			}
		}
	})
}

// The diff of two registers is the change: one more range in use changes the rows that it is in, and no other
// row, nor the order of the others.
func TestAClaimChangesOnlyTheRowsThatItIsIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := claims(
			"supernet k8s 10.0.0.0/24 k8s", "supernet net 10.0.1.0/24 net", "block zone 10.0.1.0/26 net",
			"reserved later 10.0.0.128/26 k8s",
		)
		var used []netip.Prefix
		for i := range rapid.IntRange(1, 8).Draw(t, "ranges") {
			kind := rapid.SampledFrom([]string{"pod", "service", "released"}).Draw(t, "kind")
			p := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(rapid.IntRange(0, 1).Draw(t, "third")), byte(rapid.IntRange(0, 255).Draw(t, "fourth"))}), rapid.IntRange(26, 30).Draw(t, "bits")).
				Masked()
			if !slices.ContainsFunc(used, p.Overlaps) {
				used = append(used, p)
				all[fmt.Sprint("c", i)] = register.Claim{Kind: kind, Owner: fmt.Sprint("o", i), CIDR: p, Allocator: "k8s"}
			}
		}
		was := strings.Split(register.Render(all, "csv", "en"), "\n")
		last := used[len(used)-1]
		for key, c := range all {
			if c.CIDR == last && c.Allocator == "k8s" && strings.HasPrefix(key, "c") {
				delete(all, key)
			}
		}
		now := strings.Split(register.Render(all, "csv", "en"), "\n")
		left := func(rows, others []string) []string {
			return slices.DeleteFunc(slices.Clone(rows), func(row string) bool { return slices.Contains(others, row) })
		}
		gone, come := left(was, now), left(now, was)
		within := netip.MustParsePrefix(strings.Split(come[0], ",")[1])
		if len(come) != 1 || !within.Overlaps(last) {
			t.Fatalf("without %s there are\n%s\nin place of\n%s", last, strings.Join(come, "\n"), strings.Join(gone, "\n"))
		}
		for _, row := range gone {
			if p := netip.MustParsePrefix(strings.Split(row, ",")[1]); !within.Overlaps(p) {
				t.Errorf("without %s the row of %s is gone", last, p)
			}
		}
		if !slices.Equal(left(was, gone), left(now, come)) {
			t.Error("other rows stand in another order")
		}
	})
}

func written() map[string]register.Claim {
	all := claims(
		"supernet k8s 10.64.0.0/14 k8s", "pod shop 10.64.0.0/16 k8s", "released old 10.65.0.0/16 k8s", "reserved lb 10.66.0.0/16 k8s",
	)
	shop := all["1"]
	shop.Network, shop.Hubs, shop.Profile, shop.Description, shop.Labels = "prod", []string{
		"cen",
		"er",
	}, "ack-flannel", "the \"shop\", | and\nmore", map[string]string{
		"b": "2",
		"a": "1",
	}
	all["1"] = shop
	lb := all["3"]
	lb.Description = "=1+1"
	all["3"] = lb
	return all
}

func TestRender(t *testing.T) {
	for name, test := range map[string]struct{ format, language, want string }{
		"csv": {"csv", "en", `vrf,cidr,addresses,kind,owner,network,hubs,allocator,profile,description,labels
,10.64.0.0/16,65536,pod,shop,prod,cen er,k8s,ack-flannel,"the ""shop"", | and\nmore",a=1 b=2
,10.65.0.0/16,65536,released,old,,,k8s,,,
,10.66.0.0/16,65536,reserved,lb,,,k8s,,'=1+1,
,10.67.0.0/16,65536,free,k8s,,,k8s,,,
`},
		"csv in Chinese": {"csv", "zh", "\ufeff" + `VRF,网段,地址数,用途,归属,网络,互联,分配器,模式,说明,标签
,10.64.0.0/16,65536,Pod,shop,prod,cen er,k8s,ack-flannel,"the ""shop"", | and\nmore",a=1 b=2
,10.65.0.0/16,65536,已释放,old,,,k8s,,,
,10.66.0.0/16,65536,预留,lb,,,k8s,,'=1+1,
,10.67.0.0/16,65536,空闲,k8s,,,k8s,,,
`},
		"markdown": {"markdown", "en", `| vrf | cidr | addresses | kind | owner | network | hubs | allocator | profile | description | labels |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
|  | 10.64.0.0/16 | 65536 | pod | shop | prod | cen er | k8s | ack-flannel | the "shop", \| and\\nmore | a=1 b=2 |
|  | 10.65.0.0/16 | 65536 | released | old |  |  | k8s |  |  |  |
|  | 10.66.0.0/16 | 65536 | reserved | lb |  |  | k8s |  | =1+1 |  |
|  | 10.67.0.0/16 | 65536 | free | k8s |  |  | k8s |  |  |  |
`},
		"netbox": {"netbox", "zh", `prefix,vrf,status,role,site,tenant,description
10.64.0.0/14,,container,supernet,,k8s,
10.64.0.0/16,,active,pod,prod,shop,"the ""shop"", | and\nmore"
10.65.0.0/16,,deprecated,released,,old,
10.66.0.0/16,,reserved,reserved,,lb,'=1+1
`},
		"netbox with scopes": {"netbox-scope", "en", `prefix,vrf,status,role,scope_type,scope_name,tenant,description
10.64.0.0/14,,container,supernet,,,k8s,
10.64.0.0/16,,active,pod,dcim.site,prod,shop,"the ""shop"", | and\nmore"
10.65.0.0/16,,deprecated,released,,,old,
10.66.0.0/16,,reserved,reserved,,,lb,'=1+1
`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := register.Render(written(), test.format, test.language); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// described is one cluster with a description.
func described(text string) map[string]register.Claim {
	all := claims("pod shop 10.64.0.0/16 k8s")
	shop := all["0"]
	shop.Description = text
	return map[string]register.Claim{"": shop}
}

func TestDescriptionsAreHarmless(t *testing.T) {
	for name, test := range map[string]struct{ format, text, want string }{
		"a formula by =":           {"csv", "=1+1", ",'=1+1,"},
		"a formula by +":           {"csv", "+1", ",'+1,"},
		"a formula by -":           {"csv", "-1", ",'-1,"},
		"a formula by @":           {"csv", "@SUM(1)", ",'@SUM(1),"},
		"a formula by a tab":       {"csv", "\t=1", `,\t=1,`},
		"a formula by a new line":  {"csv", "\n=1", `,\n=1,`},
		"a formula for NetBox":     {"netbox", "=1+1", ",'=1+1"},
		"a formula for a scope":    {"netbox-scope", "@SUM(1)", ",'@SUM(1)"},
		"a formula by a wide sign": {"csv", "＝1+1", ",'＝1+1,"},
		"no formula":               {"csv", "a=1", ",a=1,"},
		"a cell of a table":        {"markdown", `a|b\c`, `| a\|b\\c |`},
		"a tag in a table":         {"markdown", "owner <none>", `| owner \<none> |`},
		"a picture in a table":     {"markdown", "![x](http://example.com)", `| !\[x](http://example.com) |`},
		"several lines":            {"markdown", "a\r\nb\nc", `| a\\r\\nb\\nc |`},
		"the end of a heredoc":     {"markdown", "a\n", `| a |`},
		"an escape sequence":       {"csv", "\x1b[31mred", `,\u001b[31mred,`},
		"a text turned round":      {"json", "a\u202eb\U000e0041", `a\u202eb\udb40\udc41`},
		"a hundred thousand":       {"csv", strings.Repeat("x", 100_000), strings.Repeat("x", 2000) + "… (100000 characters)"},
		"more than NetBox takes":   {"netbox", strings.Repeat("长", 201), "," + strings.Repeat("长", 199) + "…\n"},
		"as much as NetBox takes":  {"netbox", strings.Repeat("长", 200), "," + strings.Repeat("长", 200) + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := register.Render(described(test.text), test.format, "en"); !strings.Contains(got, test.want) {
				t.Errorf("got %q without %q", got, test.want)
			}
		})
	}
}

// A spreadsheet takes a CSV for one of its own code page unless a mark says UTF-8. NetBox wants none.
func TestByteOrderMark(t *testing.T) {
	for name, test := range map[string]struct {
		format, language, text string
		want                   bool
	}{
		"plain":                                  {"csv", "en", "the shop", false},
		"Chinese headings":                       {"csv", "zh", "the shop", true},
		"a Chinese text below English headings":  {"csv", "en", "商城", true},
		"a Chinese text in a Markdown table":     {"markdown", "zh", "商城", false},
		"a Chinese text for NetBox":              {"netbox", "zh", "商城", false},
		"a Chinese text for NetBox, with scopes": {"netbox-scope", "zh", "商城", false},
		"a Chinese text in JSON":                 {"json", "zh", "商城", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.HasPrefix(register.Render(described(test.text), test.format, test.language), "\ufeff"); got != test.want {
				t.Errorf("a mark: %v", got)
			}
		})
	}
}

// NetBox refuses a second prefix of one VRF, so a range that is delegated several times is one line.
func TestNetBoxHasEachPrefixOnce(t *testing.T) {
	for name, test := range map[string]struct{ claims, want []string }{
		"handed on":                      {[]string{"supernet company 10.0.0.0/8 company", "block b 10.0.0.0/9 company", "supernet b 10.0.0.0/9 b"}, []string{"10.0.0.0/8,,container,supernet,,company,", "10.0.0.0/9,,container,supernet,,b,said of block"}},
		"handed on as a whole":           {[]string{"supernet a 10.0.0.0/8 a", "reserved b 10.0.0.0/8 a", "supernet b 10.0.0.0/8 b"}, []string{"10.0.0.0/8,,container,supernet,,b,said of reserved"}},
		"handed on and nobody there":     {[]string{"supernet a 10.0.0.0/8 a", "reserved b 10.0.0.0/8 a"}, []string{"10.0.0.0/8,,reserved,reserved,,b,said of reserved"}},
		"all for one cluster":            {[]string{"supernet a 10.0.0.0/16 a", "kept x 10.0.0.0/16 a", "pod x 10.0.0.0/16 a"}, []string{"10.0.0.0/16,,active,pod,,x,"}},
		"one supernet for two":           {[]string{"supernet a 10.0.0.0/8 a", "supernet b 10.0.0.0/8 b"}, []string{"10.0.0.0/8,,container,supernet,,a,"}},
		"one range in two VRFs":          {[]string{"pod x 10.0.0.0/16 a red", "pod y 10.0.0.0/16 a blue"}, []string{"10.0.0.0/16,blue,active,pod,,y,", "10.0.0.0/16,red,active,pod,,x,"}},
		"a conflict, which is no secret": {[]string{"pod x 10.0.0.0/16 a", "pod y 10.0.0.0/16 b"}, []string{"10.0.0.0/16,,active,pod,,x,", "10.0.0.0/16,,active,pod,,y,"}},
	} {
		t.Run(name, func(t *testing.T) {
			all := claims(test.claims...)
			for key, c := range all {
				if c.Kind == "block" || c.Kind == "reserved" {
					c.Description = "said of " + c.Kind
					all[key] = c
				}
			}
			got := strings.Split(strings.TrimSuffix(register.Render(all, "netbox", "en"), "\n"), "\n")[1:]
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestRenderedFormatsAreReadable(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(register.Render(written(), "csv", "en"))).ReadAll()
	if err != nil || len(rows) != 5 || rows[1][9] != "the \"shop\", | and\\nmore" {
		t.Errorf("the CSV reads as %q, %v", rows, err)
	}
	var objects []map[string]any
	if err := json.Unmarshal([]byte(register.Render(written(), "json", "en")), &objects); err != nil || len(objects) != 4 {
		t.Fatalf("the JSON reads as %v, %v", objects, err)
	}
	if got := fmt.Sprint(objects[0]); got != "map[addresses:65536 allocator:k8s cidr:10.64.0.0/16 description:the \"shop\", | and\nmore hubs:[cen er] kind:pod labels:map[a:1 b:2] network:prod owner:shop profile:ack-flannel vrf:]" {
		t.Errorf("the first row reads as %s", got)
	}
	if got := register.Render(nil, "json", "en"); got != "[]\n" {
		t.Errorf("nothing is %q", got)
	}
}
