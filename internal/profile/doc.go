// Package profile holds the platforms as data: for each container-network mode the ranges and
// sizes that its platform accepts, what a node costs in addresses and routes, which overlaps it
// forbids, and the outputs that its cloud resource wants, each with its published source.
//
// The data is in data/*.yaml, one file a platform. A new platform is a new file: nothing here
// or above needs to change for it.
package profile
