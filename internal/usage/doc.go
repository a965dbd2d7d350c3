// Package usage says what each address of the supernets of an allocator or of blocks is used for. It chooses nothing and words
// nothing: it takes claims, rules and rooms from the planner (package allocate), so that a free address is one that the planner can
// choose.
//
//	survey, faults := usage.New(request, catalog) // the request with its Prior, which has the ranges that are held
//	for _, supernet := range survey.Supernets() {
//		for _, span := range survey.Spans(supernet) {
//			// span.Range, span.Use, span.Claims, span.FreeIn
//		}
//	}
//
// The function of a resource in internal/provider gets such a request from resourceArgument.survey.
//
// The spans of a supernet are disjoint, ascending, and cover it. Each is the largest aligned range all addresses of which are used
// alike. A span lists the claims to its addresses, however many there are. Its Use is one word for them, so that each address is counted
// once.
//
// Whether a network's range, a route or a range of another workspace makes addresses unusable depends on who demands a range: Pods in
// a network that is not connected to it may use the same addresses. Free means that the planner can choose a range there for a further
// cluster in every network that has clusters which allocate from the supernet, with the profiles and meshes of these clusters; where there
// is no cluster, in every network that is declared. FreeIn says in which of these networks the planner can choose a range there.
// What is asked for is a Pod range, or a Service range where a supernet is for Service ranges alone.
package usage
