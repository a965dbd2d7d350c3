package addressmap

import (
	"net/netip"
	"strings"
	"testing"
)

// A supernet of a pool has the name of the pool in the headline of its area, and one inside of another supernet where it is drawn.
func TestPoolsOfSupernets(t *testing.T) {
	in := Input{
		Name: "k8s",
		Claims: claimsOf(
			"supernet k8s 10.64.0.0/16 - k8s", "supernet k8s 10.64.128.0/17 - k8s", "supernet k8s 10.65.0.0/16 - k8s",
			"supernet other 10.65.0.0/16 - other", "pod shop 10.65.0.0/18 v k8s", "supernet other 10.70.0.0/16 - other",
			"supernet other 10.70.0.0/17 - other",
		),
		Pools: map[netip.Prefix][]string{
			netip.MustParsePrefix("10.64.128.0/17"): {"gpu"}, netip.MustParsePrefix("10.65.0.0/16"): {"cpu", "gpu"},
		},
	}
	for language, wants := range map[string][]string{
		"en": {
			"10.64.0.0/16  supernet of k8s\n", "10.65.0.0/16  supernet of k8s, other  pools cpu, gpu\n",
			". 10.64.0.0/17    32,768  50.0 %  free\n", ". 10.64.128.0/17  32,768  50.0 %  free, pool gpu\n",
			". 10.65.64.0 – 10.65.255.255  49,152  75.0 %  free\n", ". 10.70.0.0/17    32,768  50.0 %  free\n",
		},
		"zh": {"10.65.0.0/16  k8s, other 的地址池  分池 cpu，gpu\n", "空闲，分池 gpu\n"},
	} {
		text := Render(New(in), "text", language)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in\n%s", want, text)
			}
		}
	}
	page := Render(New(in), "html", "en")
	for _, want := range []string{
		`<th scope="col">pool</th>`, "<td><bdi>gpu</bdi></td>",
		"<td><bdi>shop</bdi></td><td><bdi>v</bdi></td><td><bdi>k8s</bdi></td><td><bdi>cpu, gpu</bdi></td>",
		"supernet k8s, pool gpu 10.64.128.0/17",
		`data-says="10.64.128.0/17: free, pool gpu"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
	if plain := Render(New(mainExample()), "html", "en"); strings.Contains(plain, ">pool<") {
		t.Error("a map without pools has a column for them")
	}
}
