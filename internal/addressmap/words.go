package addressmap

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// Languages are those of a map; the first one is the default.
var Languages = []string{"en", "zh"}

// words are all texts of a map in one language. Those with % are formats.
type words struct {
	kinds                                                                                      [len(kindClasses)]string
	code, title, titleOf, supernet, around, vrf, addresses, ofAll, each, to, and, conflict     string
	accepted, shared, several, legend, clusters, ranges, noRanges, conflictLine, network       string
	allocator, profile, use, description, owner, rangeColumn, share, partOf, find, findHint    string
	found, notFound, notAddress, allNetworks, allOwners, filter, reset, table, detail, summary string
	details, pool, pools, oneAddress, oneRow, overlapping, bars, colon, whyUnusable            string
	mapOf, rows, scale, toScale, acceptedLine, warning, addressColumn, comma                   string
}

var english = words{
	code: "en",
	kinds: [...]string{
		"free", "nothing declared", "unusable", "supernet", "block", "VPC", "site", "reserved", "growth reserve", "subnet", "route",
		"released", "existing", "other range", "Services", "Pods",
	},
	title:         "Address map",
	titleOf:       "Address map of %s",
	supernet:      "supernet of %s",
	around:        "ranges outside of supernets",
	vrf:           "VRF %s",
	addresses:     "%s addresses",
	oneAddress:    "1 address",
	pool:          "pool",
	pools:         "pools",
	whyUnusable:   "no further range can be allocated here; the function usage says why",
	ofAll:         "%s of %s",
	each:          "/%d each",
	to:            "/%d to /%d",
	and:           " + ",
	conflict:      "conflict",
	accepted:      "accepted conflict",
	shared:        "used by several, allowed",
	several:       "%d owners",
	legend:        "Legend",
	clusters:      "%d clusters",
	ranges:        "%d ranges",
	noRanges:      "nothing to draw: no range is declared",
	conflictLine:  "Conflict: %s and %s share %s",
	network:       "network",
	allocator:     "allocator",
	profile:       "profile",
	use:           "use",
	description:   "description",
	owner:         "owner",
	rangeColumn:   "range",
	share:         "share",
	partOf:        "also in %s",
	find:          "Find an address or CIDR",
	findHint:      "10.64.3.7 or fd00::/48",
	found:         "is in",
	overlapping:   "shares addresses with",
	notFound:      "is in none of the ranges shown",
	notAddress:    "is no IP address or CIDR",
	allNetworks:   "all networks",
	allOwners:     "all owners",
	filter:        "Filter",
	reset:         "Show all",
	table:         "All ranges",
	detail:        "%s in detail",
	details:       "Rows with small ranges in detail (%d)",
	summary:       "%s: %s, %s in use, reserved or unusable, %s free",
	mapOf:         "Map of %s. The table has the same data.",
	rows:          "%d ranges shown",
	oneRow:        "1 range shown",
	bars:          "A bar shows the range above it to scale; its letters are explained below.",
	colon:         ": ",
	toScale:       "to scale",
	scale:         "A thin bar shows a whole range to scale. Each row below enlarges the part named at its left. Long free parts are cut.",
	acceptedLine:  "Accepted conflict: %s and %s share %s",
	warning:       "warning",
	addressColumn: "addresses",
	comma:         ", ",
}

var chinese = words{
	code: "zh",
	kinds: [...]string{
		"空闲", "未声明", "不可用", "地址池", "地址块", "专有网络", "站点", "预留", "扩容预留", "子网", "路由", "已释放", "现存", "其他网段",
		"Service", "Pod",
	},
	title:         "地址图",
	titleOf:       "%s 的地址图",
	supernet:      "%s 的地址池",
	around:        "地址池之外的网段",
	vrf:           "VRF %s",
	addresses:     "%s 个地址",
	oneAddress:    "1 个地址",
	pool:          "分池",
	pools:         "分池",
	whyUnusable:   "此处无法再分配网段；原因见函数 usage",
	ofAll:         "%s / %s",
	each:          "各 /%d",
	to:            "/%d 至 /%d",
	and:           " + ",
	conflict:      "冲突",
	accepted:      "已接受的冲突",
	shared:        "多方共用（允许）",
	several:       "%d 个归属",
	legend:        "图例",
	clusters:      "%d 个集群",
	ranges:        "%d 个网段",
	noRanges:      "没有可画的内容：未声明任何网段",
	conflictLine:  "冲突：%s 与 %s 共用 %s",
	network:       "网络",
	allocator:     "分配器",
	profile:       "模式",
	use:           "用途",
	description:   "说明",
	owner:         "归属",
	rangeColumn:   "网段",
	share:         "占比",
	partOf:        "同时属于 %s",
	find:          "查找地址或网段",
	findHint:      "10.64.3.7 或 fd00::/48",
	found:         "属于",
	overlapping:   "与下列网段共用地址：",
	notFound:      "不在图中的任何网段内",
	notAddress:    "不是 IP 地址或网段",
	allNetworks:   "所有网络",
	allOwners:     "所有归属",
	filter:        "筛选",
	reset:         "全部显示",
	table:         "所有网段",
	detail:        "%s 的细节",
	details:       "含小网段的行的细节（%d）",
	summary:       "%s：%s，已用、预留或不可用 %s，空闲 %s",
	mapOf:         "%s 的地址图。表格含有同样的数据。",
	rows:          "显示 %d 个网段",
	oneRow:        "显示 1 个网段",
	bars:          "字母条按比例显示其上方的网段，其下各行说明各个字母。",
	colon:         "：",
	toScale:       "按比例",
	scale:         "细条按比例显示整个网段；其下每一行放大左侧所标的一段，较长的空闲部分缩短显示。",
	acceptedLine:  "已接受的冲突：%s 与 %s 共用 %s",
	warning:       "警告",
	addressColumn: "地址数",
	comma:         "，",
}

// wordsOf are the texts of a language, English for one that there is not.
func wordsOf(language string) *words {
	if language == chinese.code {
		return &chinese
	}
	return &english
}

// number writes a number with commas between thousands.
func number(n *big.Int) string {
	digits := n.String()
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	return out.String()
}

// percent writes which part of a whole a number is. What is neither nothing nor all is not written as such.
func percent(part, whole *big.Int) string {
	thousandfold := func(n *big.Int) *big.Int { return new(big.Int).Mul(n, big.NewInt(1000)) }
	left := new(big.Int).Sub(whole, part)
	switch {
	case part.Sign() > 0 && thousandfold(part).Cmp(whole) < 0:
		return "<0.1 %"
	case left.Sign() > 0 && thousandfold(left).Cmp(whole) < 0:
		return ">99.9 %"
	case whole.Sign() == 0:
		return "0.0 %"
	}
	return new(big.Rat).SetFrac(new(big.Int).Mul(part, big.NewInt(100)), whole).FloatString(1) + " %"
}

// brief writes a number that is too long to be read as a power of two.
func brief(n *big.Int) string {
	const longest = 48 // bits
	switch bits := n.BitLen(); {
	case bits <= longest:
		return number(n)
	case n.TrailingZeroBits() == uint(bits-1):
		return fmt.Sprintf("2^%d", bits-1)
	default:
		f, _ := new(big.Float).SetInt(n).Float64()
		return fmt.Sprintf("≈2^%.0f", math.Log2(f))
	}
}

// count is the number of addresses in words, briefCount is the same with brief.
func (w *words) count(n *big.Int) string      { return w.counted(n, number(n)) }
func (w *words) briefCount(n *big.Int) string { return w.counted(n, brief(n)) }

func (w *words) counted(n *big.Int, written string) string {
	if n.IsInt64() && n.Int64() == 1 {
		return w.oneAddress
	}
	return fmt.Sprintf(w.addresses, written)
}

// inWords names what addresses of a use are: Pods of shop.
func (w *words) inWords(u Use) string {
	if len(u.Pools) > 0 {
		return w.named(u.party()) + w.comma + w.poolNames(u.Pools)
	}
	return w.named(u.party())
}

// poolNames are the names of pools with the word for them.
func (w *words) poolNames(pools []string) string {
	word, names := w.pool, make([]string, len(pools))
	if len(pools) > 1 {
		word = w.pools
	}
	for i, name := range pools {
		names[i] = clean(name)
	}
	return word + " " + strings.Join(names, w.comma)
}

func (w *words) named(p Party) string {
	name := w.kinds[p.Kind]
	if p.Owner != "" {
		name += " " + clean(p.ownerName())
	}
	return name
}

// ownerName is the owner, with its subnet or route.
func (p Party) ownerName() string {
	if p.Part != "" {
		return p.Owner + "/" + p.Part
	}
	return p.Owner
}

// prefixes writes the prefix lengths of ranges.
func (w *words) prefixes(shortest, longest int) string {
	if shortest == longest {
		return fmt.Sprintf(w.each, longest)
	}
	return fmt.Sprintf(w.to, shortest, longest)
}

func (w *words) conflictText(c Conflict) string {
	line := w.conflictLine
	if c.Accepted {
		line = w.acceptedLine
	}
	text := fmt.Sprintf(line, w.named(c.A), w.named(c.B), c.Shared)
	if c.Code != "" {
		text += " (" + c.Code
		if c.Warning {
			text += ", " + w.warning
		}
		text += ")"
	}
	return text
}
