package statefile

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// largeState is a state of 200 VPCs, 600 subnets, 2,000 routes and 300 clusters; padding is text that each object has besides.
func largeState(padding int) []byte {
	type instance struct {
		Key        string         `json:"index_key"`
		Attributes map[string]any `json:"attributes"`
	}
	type resource struct {
		Mode      string     `json:"mode"`
		Type      string     `json:"type"`
		Name      string     `json:"name"`
		Instances []instance `json:"instances"`
	}
	of := func(typeName string, count int, attributes func(i int) map[string]any) resource {
		r := resource{"managed", typeName, "all", nil}
		for i := range count {
			a := attributes(i)
			a["id"], a["description"] = fmt.Sprintf("%s-%d", typeName, i), strings.Repeat("x", padding)
			r.Instances = append(r.Instances, instance{fmt.Sprintf("n%d", i), a})
		}
		return r
	}
	text, err := json.MarshalIndent(map[string]any{"version": 4, "serial": 1, "resources": []resource{
		of("huaweicloud_vpc", 200, func(i int) map[string]any { return map[string]any{"cidr": fmt.Sprintf("10.%d.0.0/16", i)} }),
		of("huaweicloud_vpc_subnet", 600, func(i int) map[string]any {
			return map[string]any{"cidr": fmt.Sprintf("10.%d.%d.0/24", i/3, i%3), "vpc_id": fmt.Sprintf("huaweicloud_vpc-%d", i/3)}
		}),
		of("huaweicloud_vpc_route", 2000, func(i int) map[string]any {
			return map[string]any{
				"destination": fmt.Sprintf("11.%d.%d.0/24", i/200, i%200), "type": "er", "vpc_id": fmt.Sprintf("huaweicloud_vpc-%d", i/10),
			}
		}),
		of("huaweicloud_cce_cluster", 300, func(i int) map[string]any {
			return map[string]any{
				"container_network_cidr": fmt.Sprintf("12.%d.%d.0/20", i/16, i%16*16), "vpc_id": fmt.Sprintf("huaweicloud_vpc-%d", i%200),
			}
		}),
	}}, "", "  ")
	if err != nil {
		panic(err)
	}
	return text
}

// BenchmarkReadALargeState reads a state of 3,100 objects, of the size that it has and padded to 15 MB.
func BenchmarkReadALargeState(b *testing.B) {
	for _, padding := range []int{0, 4600} {
		text := largeState(padding)
		b.Run(fmt.Sprintf("%d_MB", len(text)>>20), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				contents, err := Read("a", text, func(string) (string, bool) { return "", true })
				if err != nil || len(contents.Objects) != 3100 {
					b.Fatal(len(contents.Objects), err)
				}
			}
		})
	}
}
