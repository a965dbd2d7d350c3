package main

import (
	"maps"
	"slices"
)

// scenario is a configuration to measure.
type scenario struct {
	Clusters int
	Layout   layoutName
}

// edit is a change of the clusters of the configuration.
type edit int

const (
	asDeclared edit = iota
	oneAdded
	oneRemoved
)

// subject is what plans the configuration.
type subject string

const (
	cidrplan subject = "cidrplan"
	// terraformData is the resource that Terraform has built in: it stores what it is given and plans nothing.
	terraformData subject = "terraform_data"
	// sharing is cidrplan with a ledger that has ranges of others.
	sharing subject = "cidrplan with a ledger"
)

// subjects are in the order in which each step is measured.
var subjects = []subject{cidrplan, terraformData}

// layoutName says how the clusters are written.
type layoutName string

// layout writes a configuration of clusters and the networks around them.
type layout map[subject]func(networks, clusters object) string

var layoutOf = map[layoutName]layout{
	"in-place":  {cidrplan: allocatorInPlace, terraformData: dataInPlace},
	"declare":   {cidrplan: allocatorWithDeclare, terraformData: dataInPlace},
	"resources": {cidrplan: allocatorOfResources, terraformData: dataOfResources},
}

func layoutNames() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(layoutOf)) {
		names = append(names, string(name))
	}
	return names
}

// configuration is the text of the scenario, edited, for a subject.
func (s scenario) configuration(of subject, e edit) string {
	var declared object
	switch e {
	case asDeclared:
		declared = clusters(0, s.Clusters)
	case oneAdded:
		declared = withAdded(clusters(0, s.Clusters))
	case oneRemoved:
		declared = clusters(1, s.Clusters)
	}
	if of == sharing {
		return providerWithLedger + layoutOf[s.Layout][cidrplan](networks(vpcsFor(s.Clusters)), declared)
	}
	return layoutOf[s.Layout][of](networks(vpcsFor(s.Clusters)), declared)
}

const requiredProviders = `terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
  }
}

`

func allocatorInPlace(networks, clusters object) string {
	arguments := slices.Concat(supernets(), networks).with("clusters", clusters)
	return requiredProviders + resource("cidrplan_allocator", "k8s", arguments)
}

func allocatorWithDeclare(networks, clusters object) string {
	declare := networks.with("clusters", clusters)
	return requiredProviders + resource("cidrplan_allocator", "k8s", supernets().with("declare", declare))
}

func dataInPlace(networks, clusters object) string {
	input := slices.Concat(supernets(), networks).with("clusters", clusters)
	return resource("terraform_data", "k8s", object{{"input", input}})
}

func allocatorOfResources(networks, clusters object) string {
	arguments := slices.Concat(supernets(), networks).with("clusters", expression("cidrplan_cluster.all"))
	return requiredProviders + locals(clusters) +
		resource("cidrplan_cluster", "all", object{
			{"for_each", expression("local.clusters")},
			{"name", expression("each.key")},
			{"vpc", expression("each.value.vpc")},
			{"profile", expression("each.value.profile")},
			{"max_nodes", expression("each.value.max_nodes")},
			{"pods_per_node", expression("each.value.pods_per_node")},
			{"max_services", expression("each.value.max_services")},
		}) + "\n" +
		resource("cidrplan_allocator", "k8s", arguments)
}

func dataOfResources(networks, clusters object) string {
	ofClusters := expression("{ for name, cluster in terraform_data.cluster : name => cluster.input }")
	input := slices.Concat(supernets(), networks).with("clusters", ofClusters)
	return locals(clusters) +
		resource("terraform_data", "cluster", object{
			{"for_each", expression("local.clusters")},
			{"input", expression("each.value")},
		}) + "\n" +
		resource("terraform_data", "k8s", object{{"input", input}})
}

func locals(clusters object) string {
	return "locals {\n" + object{{"clusters", clusters}}.attributes("  ") + "}\n\n"
}

func resource(typeName, name string, arguments object) string {
	return "resource \"" + typeName + "\" \"" + name + "\" {\n" + arguments.attributes("  ") + "}\n"
}
