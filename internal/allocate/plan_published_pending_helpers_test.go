package allocate_test

// What is missing for the cases of withoutVerdict.
const (
	noPrefixes = "no figure of the blocks of 16 addresses in a subnet; and the case is wrong: AWS reserves addresses in the " +
		"first and in the last /28 of a /24, so that 14 are whole, not 15"
	// manifests writes the objects.
	oneRangeAnObject = "each ServiceCIDR object of cidrplan has one range, so that none can have two of one family"
)

// withoutVerdict are the cases that are not as published yet, and what is missing. A case that is as published must not be
// listed.
var withoutVerdict = map[string]string{
	"K13": noPrefixes,
	"D12": oneRangeAnObject,
}
