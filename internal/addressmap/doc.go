// Package addressmap draws what the addresses of supernets and networks are used for: as SVG, as an HTML page, and as text for a
// terminal. It knows nothing of Terraform.
//
//	picture := addressmap.New(addressmap.Input{Claims: claims, VPCs: vpcs})
//	svg := addressmap.Render(picture, "svg", "en")
//
// It works in three stages. New makes a Picture: areas whose spans are disjoint, ascending and cover the area, each with all uses of
// its addresses. The layout turns an area into rows of cells and labels with numbers only, so that tests can compare them. The writers
// turn that into text, and are the only ones that escape.
package addressmap
