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
	files := edited(t, fixtureMoonFiles(t), "moon.yaml", "      from: own\n", "      from: shared\n")
	_, err := profile.Load(files)
	wantFault(t, err, "ranges that hold Services cannot be appended")
	load(t, edited(t, files, "moon.yaml", "{pods: append, max_ranges: 3, sources: [moon-guide]}", "{pods: none}"))
}

func TestLoadRefusesWhatStandsInTwoFiles(t *testing.T) {
	files := fixtureMoonFiles(t)
	files["second.yaml"] = files["moon.yaml"]
	_, err := profile.Load(files)
	for _, want := range []string{
		`second.yaml: platform "moon" is given twice`,
		`second.yaml: output "crater" is given twice`,
		`second.yaml: profile "moon-dust" is given twice`,
	} {
		wantFault(t, err, want)
	}
}

func TestLoadNamesAllFaultsAtOnce(t *testing.T) {
	files := edited(t, fixtureMoonFiles(t), "moon.yaml", "      pod_service_peer: *stop\n", "")
	files = edited(t, files, "moon.yaml", "      pod_route: *stop\n", "")
	_, err := profile.Load(files)
	wantFault(t, err, `overlap "pod_service_peer" is missing`)
	wantFault(t, err, `overlap "pod_route" is missing`)
}

func TestLoadRefusesMissingAndEmptyFiles(t *testing.T) {
	files := fixtureMoonFiles(t)
	delete(files, "sources.yaml")
	if _, err := profile.Load(files); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without sources.yaml: got %v, want %v", err, fs.ErrNotExist)
	}
	files = fixtureMoonFiles(t)
	files["empty.yaml"] = &fstest.MapFile{}
	_, err := profile.Load(files)
	wantFault(t, err, "empty.yaml: EOF")
}

// One edit, one fault: nothing else may be refused along with it, or twice.
func TestOneFaultIsReportedOnce(t *testing.T) {
	tests := map[string]struct{ old, replacement, want string }{
		"a hub": {"      title: Air lock\n", "", "europa.yaml: hub lock: a hub needs a title"},
		"a cap": {"{max: 5,", "{max: 0,", "europa.yaml: vpc: a cap of 0"},
		"blocks": {
			"      blocks: none\n",
			"      blocks: fixed\n",
			`europa.yaml: profile europa-vent: nodes: blocks "fixed" do not go with Pods from "subnets"`,
		},
		"a missing pair": {
			"{service_vpc: *stop, pod_service_same_vpc",
			"{pod_service_same_vpc",
			`europa.yaml: profile europa-vent: overlap "service_vpc" is missing`,
		},
		"a Pod in two": {
			"pod_pod_peer: *stop, pod_service_peer: *stop, pod_route: *stop, pod_site: *stop, service_vpc",
			"pod_pod_peer: *stop, pod_route: *stop, pod_site: *stop, service_vpc",
			`europa.yaml: profile europa-ocean: overlap "pod_service_peer" is missing`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, fixtureEuropaFiles(t), "europa.yaml", test.old, test.replacement))
			if err == nil || err.Error() != test.want {
				t.Errorf("error:\n got %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestLoadRefusesHubsGivenTwice(t *testing.T) {
	files := fixtureEuropaFiles(t)
	second := edited(t, files, "europa.yaml", "platform: europa\n", "platform: io\n")
	maps.Copy(files, fstest.MapFS{"io.yaml": second["europa.yaml"]})
	_, err := profile.Load(files)
	wantFault(t, err, `io.yaml: hub "lock" is given twice`)
	if strings.Contains(err.Error(), "platform") {
		t.Errorf("platforms of two names are refused: %v", err)
	}
	files["io.yaml"] = files["europa.yaml"]
	_, err = profile.Load(files)
	wantFault(t, err, `io.yaml: platform "europa" is given twice`)
}

// A platform that nobody has heard of needs a file of data and nothing else.
func TestAMadeUpPlatformIsDataOnly(t *testing.T) {
	c := load(t, fixtureMoonFiles(t))
	if got, want := c.Names(), []string{"moon-dust"}; !slices.Equal(got, want) {
		t.Fatalf("profiles: got %v, want %v", got, want)
	}
	p := known(t, c, "moon-dust")
	if p.Name != "moon-dust" || p.Platform != "moon" || p.Title != "Moon with dust" || !slices.Equal(p.Words, []string{"dusty", "grey"}) {
		t.Errorf("names: %q on %q, %q, %q", p.Name, p.Platform, p.Title, p.Words)
	}
	if got := p.MaxPodRanges(); got != 3 {
		t.Errorf("Pod ranges: got %d, want 3", got)
	}
	if got := p.MaxNodes(); got.Max != 150 || got.Text != "on the far side, a hundred and fifty" {
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
