package topology

// UserValue is a value that only the user knows: options ask for it. Package messages words it.
type UserValue int

// The values that only the user knows.
const (
	// MostNodes is the largest number of nodes of a cluster that exists, MostNodesPlanned that of any cluster.
	MostNodes UserValue = iota + 1
	MostNodesPlanned
	// PodRangesOfCluster are the Pod ranges of a cluster that has some, PodRangesIfAny those of one that may have none.
	PodRangesOfCluster
	PodRangesIfAny
	ServiceRangeOfCluster
	NodeBlockLength
	BlockLength
	BlockAddresses
	// RangeOfBlock is the range of a block that has one, BlockRangeIfAny that of one that may have none.
	RangeOfBlock
	BlockRangeIfAny
	// PriorProfile is the profile that a cluster had.
	PriorProfile
	// FreshToken is a token of renumber that was not used before, LiteralTokens are tokens that are known at plan.
	FreshToken
	LiteralTokens
	// NewToken is a token of renumber that the entry did not have before.
	NewToken
	// NetworkOfOtherVRF is a VPC or site that is in another VRF.
	NetworkOfOtherVRF
	// ValueOfDeclare is the value that an argument has in declare.
	ValueOfDeclare
	// ReasonToAccept is why a conflict is acceptable.
	ReasonToAccept
	// AllowedByRule is a value that the rule of the platform allows.
	AllowedByRule
	// ElementValue is a value of an element of a list or map that has none.
	ElementValue
)
