package conflict

import (
	"fmt"
	"strings"
)

// The endings of codes about single ranges; forbidden is that of VPCs and routes.
const (
	forbidden   = "_forbidden"
	inForbidden = "_in_forbidden_range"
	wrongLength = "_prefix_out_of_range"
	outside     = "_out_of_allowed_range"
)

func maskDifferenceOver(bits int) string { return fmt.Sprintf("node_mask_difference_over_%d", bits) }

func mask6DifferenceOver(bits int) string { return fmt.Sprintf("node6_mask_difference_over_%d", bits) }

// InForbiddenRange says whether a rule on a single range is broken because the range overlaps addresses that are excluded.
func InForbiddenRange(code string) bool {
	return strings.HasSuffix(code, inForbidden) || strings.HasSuffix(code, forbidden)
}

// OutsideAllowedRange says whether a rule on a single range is broken because the range is outside the ranges that are allowed.
func OutsideAllowedRange(code string) bool { return strings.HasSuffix(code, outside) }

// OfPods says whether the code of a rule is about Pods, and not about nodes.
func OfPods(code string) bool { return strings.HasPrefix(code, Pod.String()) }
