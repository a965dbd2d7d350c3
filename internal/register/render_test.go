package register_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
)

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
		"markdown": {
			"markdown", "en",
			`| vrf | cidr | addresses | kind | owner | network | hubs | allocator | profile | description | labels |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
|  | 10.64.0.0/16 | 65536 | pod | shop | prod | cen er | k8s | ack-flannel | the "shop", \| and\\nmore | a=1 b=2 |
|  | 10.65.0.0/16 | 65536 | released | old |  |  | k8s |  |  |  |
|  | 10.66.0.0/16 | 65536 | reserved | lb |  |  | k8s |  | =1+1 |  |
|  | 10.67.0.0/16 | 65536 | free | k8s |  |  | k8s |  |  |  |
`,
		},
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

// A range that a cluster uses beside Pods and Services has its use in the description, and a kind of its own in each language.
func TestRenderOfOtherRanges(t *testing.T) {
	all := claims("supernet k8s 10.64.0.0/27 k8s", "other shop 10.64.0.0/28 k8s", "other data 10.9.0.0/28 team-b")
	for key, use := range map[string]string{"1": "control_plane", "2": "remote_nodes"} {
		c := all[key]
		c.Use, c.Network, c.Profile = use, "prod", "gke"
		all[key] = c
	}
	described := all["1"]
	described.Description = "the shop"
	all["1"] = described
	for name, test := range map[string]struct{ format, language, want string }{
		"csv": {"csv", "en", `vrf,cidr,addresses,kind,owner,network,hubs,allocator,profile,description,labels
,10.9.0.0/28,16,other,data,prod,,team-b,gke,remote_nodes,
,10.64.0.0/28,16,other,shop,prod,,k8s,gke,control_plane: the shop,
,10.64.0.16/28,16,free,k8s,,,k8s,,,
`},
		"markdown in Chinese": {"markdown", "zh", `| VRF | 网段 | 地址数 | 用途 | 归属 | 网络 | 互联 | 分配器 | 模式 | 说明 | 标签 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
|  | 10.9.0.0/28 | 16 | 其他网段 | data | prod |  | team-b | gke | remote_nodes |  |
|  | 10.64.0.0/28 | 16 | 其他网段 | shop | prod |  | k8s | gke | control_plane: the shop |  |
|  | 10.64.0.16/28 | 16 | 空闲 | k8s |  |  | k8s |  |  |  |
`},
		"netbox": {"netbox", "en", `prefix,vrf,status,role,site,tenant,description
10.9.0.0/28,,active,other,prod,data,remote_nodes
10.64.0.0/27,,container,supernet,,k8s,
10.64.0.0/28,,active,other,prod,shop,control_plane: the shop
`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := register.Render(all, test.format, test.language); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
	if got := register.Render(all, "json", "en"); !strings.Contains(got, `"description": "control_plane: the shop"`) {
		t.Errorf("json: %s", got)
	}
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

func TestRenderedFormatsAreReadable(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(register.Render(written(), "csv", "en"))).ReadAll()
	if err != nil || len(rows) != 5 || rows[1][9] != "the \"shop\", | and\\nmore" {
		t.Errorf("the CSV reads as %q, %v", rows, err)
	}
	var objects []map[string]any
	if err := json.Unmarshal([]byte(register.Render(written(), "json", "en")), &objects); err != nil || len(objects) != 4 {
		t.Fatalf("the JSON reads as %v, %v", objects, err)
	}
	if got := fmt.Sprint(objects[0]); got != "map[addresses:65536 allocator:k8s cidr:10.64.0.0/16 "+
		"description:the \"shop\", | and\nmore hubs:[cen er] kind:pod "+
		"labels:map[a:1 b:2] network:prod owner:shop profile:ack-flannel vrf:]" {
		t.Errorf("the first row reads as %s", got)
	}
	if got := register.Render(nil, "json", "en"); got != "[]\n" {
		t.Errorf("nothing is %q", got)
	}
}
