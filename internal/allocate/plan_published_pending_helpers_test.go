package allocate_test

// What is missing for the cases of withoutVerdict.
const (
	noOtherRanges = "a cluster has no further ranges beside Pods and Services"
	noIPv6Alone   = "no cluster has IPv6 alone"
	noPrefixes    = "no figure of the blocks of 16 addresses in a subnet"
	// manifests writes the objects.
	oneRangeAnObject = "each ServiceCIDR object of cidrplan has one range, so that none can have two of one family"
)

// withoutVerdict are the cases that are not as published yet, and what is missing. A case that is as published must not be
// listed.
var withoutVerdict = map[string]string{
	"K06": noOtherRanges,
	"K07": noOtherRanges,
	"K08": noOtherRanges,
	"K09": noOtherRanges,
	"K10": noOtherRanges,
	"K11": noOtherRanges,
	"K12": noIPv6Alone,
	"K13": noPrefixes,
	"D12": oneRangeAnObject,
}
