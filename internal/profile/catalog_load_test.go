package profile_test

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestLoadTakesASharedRangeThatDoesNotGrow(t *testing.T) {
	files := edited(t, fictitiousOneFiles(t), "fictitious-one.yaml", "      from: own\n", "      from: shared\n")
	_, err := profile.Load(files)
	wantFault(t, err, "ranges that hold Services cannot be appended")
	load(t, edited(t, files, "fictitious-one.yaml", "{pods: append, max_ranges: 3, sources: [one-guide]}", "{pods: none}"))
}

func TestLoadRefusesWhatStandsInTwoFiles(t *testing.T) {
	files := fictitiousOneFiles(t)
	files["second.yaml"] = files["fictitious-one.yaml"]
	_, err := profile.Load(files)
	for _, want := range []string{
		`second.yaml: platform "fictitious-one" is given twice`,
		`second.yaml: output "cluster" is given twice`,
		`second.yaml: profile "fictitious-fixed" is given twice`,
	} {
		wantFault(t, err, want)
	}
}

func TestLoadNamesAllFaultsAtOnce(t *testing.T) {
	files := edited(t, fictitiousOneFiles(t), "fictitious-one.yaml", "      pod_service_peer: *stop\n", "")
	files = edited(t, files, "fictitious-one.yaml", "      pod_route: *stop\n", "")
	_, err := profile.Load(files)
	wantFault(t, err, `overlap "pod_service_peer" is missing`)
	wantFault(t, err, `overlap "pod_route" is missing`)
}

func TestLoadRefusesMissingAndEmptyFiles(t *testing.T) {
	files := fictitiousOneFiles(t)
	delete(files, "sources.yaml")
	if _, err := profile.Load(files); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without sources.yaml: got %v, want %v", err, fs.ErrNotExist)
	}
	files = fictitiousOneFiles(t)
	files["empty.yaml"] = &fstest.MapFile{}
	_, err := profile.Load(files)
	wantFault(t, err, "empty.yaml: EOF")
}

// One edit, one fault: nothing else may be refused along with it, or twice.
func TestOneFaultIsReportedOnce(t *testing.T) {
	tests := map[string]struct{ old, replacement, want string }{
		"a hub": {"      title: Gateway\n", "", "fictitious-many.yaml: hub gateway: a hub needs a title"},
		"a cap": {"{max: 5,", "{max: 0,", "fictitious-many.yaml: vpc: a cap of 0"},
		"blocks": {
			"      blocks: none\n",
			"      blocks: fixed\n",
			`fictitious-many.yaml: profile fictitious-subnets: nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a missing pair": {
			"{service_vpc: *stop, pod_service_same_vpc",
			"{pod_service_same_vpc",
			`fictitious-many.yaml: profile fictitious-subnets: overlap "service_vpc" is missing`,
		},
		"a Pod in two": {
			"pod_pod_peer: *stop, pod_service_peer: *stop, pod_route: *stop, pod_site: *stop, service_vpc",
			"pod_pod_peer: *stop, pod_route: *stop, pod_site: *stop, service_vpc",
			`fictitious-many.yaml: profile fictitious-dynamic: overlap "pod_service_peer" is missing`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, fictitiousManyFiles(t), "fictitious-many.yaml", test.old, test.replacement))
			if err == nil || err.Error() != test.want {
				t.Errorf("error:\n got %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestLoadRefusesHubsGivenTwice(t *testing.T) {
	files := fictitiousManyFiles(t)
	second := edited(t, files, "fictitious-many.yaml", "platform: fictitious-many\n", "platform: third\n")
	maps.Copy(files, fstest.MapFS{"third.yaml": second["fictitious-many.yaml"]})
	_, err := profile.Load(files)
	wantFault(t, err, `third.yaml: hub "gateway" is given twice`)
	if strings.Contains(err.Error(), "platform") {
		t.Errorf("platforms of two names are refused: %v", err)
	}
	files["third.yaml"] = files["fictitious-many.yaml"]
	_, err = profile.Load(files)
	wantFault(t, err, `third.yaml: platform "fictitious-many" is given twice`)
}

// A platform that nobody has heard of needs a file of data and nothing else.
func TestAFictitiousPlatformIsDataOnly(t *testing.T) {
	c := load(t, fictitiousOneFiles(t))
	if got, want := c.Names(), []string{"fictitious-fixed"}; !slices.Equal(got, want) {
		t.Fatalf("profiles: got %v, want %v", got, want)
	}
	p := known(t, c, "fictitious-fixed")
	if p.Name != "fictitious-fixed" || p.Platform != "fictitious-one" || p.Title != "Fictitious with fixed node blocks" ||
		!slices.Equal(p.Words, []string{"fixed", "static"}) {
		t.Errorf("names: %q on %q, %q, %q", p.Name, p.Platform, p.Title, p.Words)
	}
	if got := p.MaxPodRanges(nil); got != 3 {
		t.Errorf("Pod ranges: got %d, want 3", got)
	}
	if got := p.MaxNodes(); got.Max != 150 || got.Text != "in one region, a hundred and fifty" {
		t.Errorf("the smallest cap that is enforced: got %d (%s)", got.Max, got.Text)
	}
	node, fault := p.NodeSize(profile.Need{PodsPerNode: 60})
	if want := (profile.NodeSize{Mask: 25, Addresses: 128, Pods: 122, DoubledBy: 6}); node != want || fault != nil {
		t.Errorf("60 Pods and 6 lost addresses: got %+v, %v, want %+v", node, fault, want)
	}
	room := p.Pods.Limits[0].Room(18, cidr.V4)
	if want := prefixes("10.0.0.0/8", "192.168.0.0/16"); !slices.Equal(room, want) {
		t.Errorf("room: got %v, want %v", room, want)
	}
}
