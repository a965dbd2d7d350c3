// Package clouds reads the objects of the clouds' own Terraform providers (VPCs, subnets, routes, gateways, clusters …) and joins
// them to facts: hubs, sites, VPCs with their subnets and routes, and the ranges of clusters.
//
// Where an attribute is, is data (data/*.yaml): a further resource type needs no code. Only attributes that the data names are
// read, so credentials in an object go nowhere.
//
// The result is monotone: a value that was unknown and becomes known changes no part of the result that was known.
package clouds
