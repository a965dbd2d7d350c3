package main

import (
	"bytes"
	_ "embed" // the template
	"slices"
	"strings"
	"text/template"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

//go:embed page.md.tmpl
var layout string

// pageTemplate uses brackets, since tfplugindocs executes later what is between braces.
var pageTemplate = template.Must(template.New("page").Delims("[[", "]]").Funcs(template.FuncMap{"cell": cell}).Parse(layout))

// page is what a guide shows, in the order in which it shows it.
type page struct {
	Platform, Title string
	// Service is what the platform calls its clusters, such as "ACK".
	Service string
	// Distributions says that the clusters can be in networks of every platform.
	Distributions bool
	Profiles      []profileRow
	Networks      ruleLines
	// Gaps are what there is no data on.
	Gaps  []gap
	Hubs  ruleLines
	Modes []mode
	// Unusable are addresses that no network can use, whatever the platform.
	Unusable ruleLines
	Outputs  []output
	Sources  []source
}

// Heading names the page.
func (p page) Heading() string {
	if p.Service == "" || p.Service == p.Title {
		return capital(p.Title)
	}
	return p.Title + ": " + p.Service
}

// profileRow is a line of the table of profiles.
type profileRow struct{ Name, Title, Words, Pods, Nodes string }

// output is an object of an allocation.
type output struct {
	Name, Description string
	Profiles          []string
	Attributes        []attribute
}

type attribute struct{ Name, Type, Description string }

// Page is the guide of a platform.
func Page(catalog *profile.Catalog, platform string) ([]byte, error) {
	view, err := viewOf(catalog, platform)
	if err != nil {
		return nil, err
	}
	return view.render()
}

func (p page) render() ([]byte, error) {
	var out bytes.Buffer
	err := pageTemplate.Execute(&out, p)
	return out.Bytes(), err
}

// viewOf builds a page from top to bottom, since sources are numbered as they are cited.
func viewOf(catalog *profile.Catalog, platform string) (page, error) {
	of, cited := catalog.Platform(platform), &citations{catalog: catalog}
	profiles := profilesOf(catalog, platform)
	view := page{
		Platform:      platform,
		Title:         of.Title,
		Service:       serviceOf(profiles),
		Distributions: of.Distributions,
		Networks:      cited.networks(of.Networks),
		Gaps:          gaps(of.Networks),
		Hubs:          cited.hubs(of.Networks.Hubs),
		Outputs:       outputsOf(catalog, profiles),
	}
	for _, p := range profiles {
		view.Profiles = append(view.Profiles, profileRow{p.Name, p.Title, strings.Join(p.Words, ", "), podsFrom(p), nodesTake(p)})
		mode, err := cited.mode(p)
		if err != nil {
			return page{}, err
		}
		view.Modes = append(view.Modes, mode)
	}
	view.Unusable = cited.forbidden("any range", profile.Unusable())
	view.Sources = cited.sources()
	return view, nil
}

func profilesOf(catalog *profile.Catalog, platform string) []*profile.Profile {
	var of []*profile.Profile
	for _, name := range catalog.Names() {
		if p, _ := catalog.Profile(name); p.Platform == platform {
			of = append(of, p)
		}
	}
	return of
}

// serviceOf is what the titles of the profiles begin with: "ACK" of "ACK with Flannel" and of "ACK
// Edge with Flannel".
func serviceOf(profiles []*profile.Profile) string {
	var names []string
	for _, p := range profiles {
		if name, _, _ := strings.Cut(p.Title, " with "); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(names, func(whole string) bool { return strings.HasPrefix(name, whole+" ") })
	}), ", ")
}

// outputsOf are the objects that the profiles fill, in the order of the profiles.
func outputsOf(catalog *profile.Catalog, profiles []*profile.Profile) []output {
	var out []output
	for _, p := range profiles {
		if at := slices.IndexFunc(out, func(o output) bool { return o.Name == p.Output }); at >= 0 {
			out[at].Profiles = append(out[at].Profiles, p.Name)
			continue
		}
		data := catalog.Output(p)
		o := output{Name: p.Output, Description: data.Description, Profiles: []string{p.Name}}
		for _, name := range sorted(data.Attributes) {
			a := data.Attributes[name]
			o.Attributes = append(o.Attributes, attribute{name, a.Type, a.Description})
		}
		out = append(out, o)
	}
	return out
}
