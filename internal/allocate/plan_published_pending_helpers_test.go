package allocate_test

// What is missing for the cases of withoutVerdict.
const (
	noDNS          = "no check of the address of cluster DNS"
	noOtherRanges  = "a cluster has no further ranges beside Pods and Services"
	noIPv6Alone    = "no cluster has IPv6 alone"
	noPrefixes     = "no figure of the blocks of 16 addresses in a subnet"
	noMoreServices = "no Service range is added to another one"
	noMorePods     = "a cluster has one Pod range with this profile"
)

// withoutVerdict are the cases that are not as published yet, and what is missing. A case that is as published must not be
// listed.
var withoutVerdict = map[string]string{
	"O12": noMoreServices,
	"A07": noDNS,
	"A08": noDNS,
	"K06": noOtherRanges,
	"K07": noOtherRanges,
	"K08": noOtherRanges,
	"K09": noOtherRanges,
	"K10": noOtherRanges,
	"K11": noOtherRanges,
	"K12": noIPv6Alone,
	"K13": noPrefixes,
	"D11": noMoreServices,
	"D12": noMoreServices,
	"D13": noMoreServices,
	"U07": noMorePods,
}
