// Package topology holds what users declare: hubs, sites, VPCs with their routes, and clusters.
// It checks that the declarations fit together and answers who reaches whom.
//
// Values are as decoded from a configuration: an entity may be known in part, see Unknown.
package topology
