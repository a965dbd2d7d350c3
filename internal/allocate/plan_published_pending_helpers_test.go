package allocate_test

// withoutVerdict are the cases that are not as published yet, and what is missing. A case that is as published must not be
// listed.
var withoutVerdict = map[string]string{
	"D12": "each ServiceCIDR object of cidrplan has one range, so that none can have two of one family", // manifests writes the objects
}
