package oracle

// otherApart is Apart for two parties of which at least one is a range that a cluster uses beside Pods and Services. Its Other are the
// levels of its pairs.
func (n Networks) otherApart(a, b Party) int {
	level := 0
	for _, ordered := range [][2]Party{{a, b}, {b, a}} {
		if other, with := ordered[0], ordered[1]; other.Kind == "other" {
			level = max(level, other.Other[n.otherPair(other, with)])
			if other.Routed && with.Kind == "reserved" {
				level = max(level, advised)
			}
		}
	}
	return level
}

// otherPair names the pair of a range that a cluster uses beside Pods and Services with another party, "" where they may share addresses.
func (n Networks) otherPair(other, with Party) string {
	own, near := other.Network == with.Network, n.connected(other.Network, with.Network)
	switch with.Kind {
	case "pod", "service", "other":
		kind := map[string]string{"pod": "pods", "service": "services", "other": "other"}[with.Kind]
		switch {
		case other.Cluster == with.Cluster && with.Kind == "other" && other.Use == with.Use:
			return ""
		case other.Cluster == with.Cluster:
			return kind
		case own:
			return kind + "_same_vpc"
		case near:
			return kind + "_peer"
		}
	case "route":
		if own {
			return "route"
		}
	case "vpc", "site":
		switch {
		case own && !with.Advertised:
			return "vpc"
		case near && !with.Hidden && with.Kind == "site":
			return "site"
		case near && !with.Hidden:
			return "peer_vpc"
		}
	}
	return ""
}
