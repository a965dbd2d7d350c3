package conflict

// Figure is a number with what it counts.
type Figure struct {
	Unit  Unit
	Value int64
}

// Unit is what a number counts. Keys of conflicts have it, as in nodes=3000.
type Unit string

// The units of rules that count. The zero Unit is that of rules that compare ranges.
const (
	Nodes     Unit = "nodes"
	Pods      Unit = "pods"
	Routes    Unit = "routes"
	Addresses Unit = "addresses"
	// VPCBlocks are further blocks of a VPC, MaskBits the bits by which node blocks are longer than their Pod range.
	VPCBlocks Unit = "blocks"
	MaskBits  Unit = "bits"
)

// Term is one of the numbers that add up to a number. Package messages words it.
type Term struct {
	Of TermKind
	// Cluster is the cluster whose nodes or Pods are counted.
	Cluster string
	Value   int64
}

// TermKind is what a term counts.
type TermKind int

// The kinds of terms.
const (
	NodesOfCluster TermKind = iota + 1
	PodsOfCluster
	// DeclaredRoutes are the routes of a VPC that lead to no node of a cluster.
	DeclaredRoutes
)

func sum(terms []Term) int64 {
	var total int64
	for _, t := range terms {
		total += t.Value
	}
	return total
}
