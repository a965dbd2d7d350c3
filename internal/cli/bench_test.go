package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// largeState is a state of 200 VPCs on one router, 600 subnets, 2,000 routes and 300 clusters; padding is text that each object has.
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
		r := resource{"managed", "huaweicloud_" + typeName, "all", nil}
		for i := range count {
			a := attributes(i)
			a["id"], a["description"] = fmt.Sprintf("%s-%d", typeName, i), strings.Repeat("x", padding)
			r.Instances = append(r.Instances, instance{fmt.Sprintf("%s%d", typeName[:3], i), a})
		}
		return r
	}
	inVPC := func(i int) string { return fmt.Sprintf("vpc-%d", i) }
	text, err := json.Marshal(map[string]any{"version": 4, "serial": 1, "resources": []resource{
		of("vpc", 200, func(i int) map[string]any {
			return map[string]any{"cidr": fmt.Sprintf("10.%d.0.0/16", i), "secondary_cidrs": []string{}, "region": "cn-north-4"}
		}),
		of("vpc_subnet", 600, func(i int) map[string]any {
			return map[string]any{"cidr": fmt.Sprintf("10.%d.%d.0/24", i/3, i%3), "vpc_id": inVPC(i / 3)}
		}),
		of("er_instance", 1, func(int) map[string]any { return map[string]any{"asn": 64512} }),
		of("er_vpc_attachment", 200, func(i int) map[string]any {
			return map[string]any{"vpc_id": inVPC(i), "instance_id": "er_instance-0"}
		}),
		of("vpc_route", 2000, func(i int) map[string]any {
			return map[string]any{
				"destination": fmt.Sprintf("172.%d.%d.0/24", 16+i%16, i/16), "type": "vpn", "vpc_id": inVPC(i / 10),
			}
		}),
		of("cce_cluster", 300, func(i int) map[string]any {
			return map[string]any{
				"container_network_cidr": fmt.Sprintf("100.%d.%d.0/19", 64+i/8, i%8*32), "container_network_type": "vpc-router",
				"service_network_cidr": fmt.Sprintf("192.168.%d.0/24", i%256), "vpc_id": inVPC(i % 200),
				"extend_params": []any{map[string]any{"fix_pool_mask": "25"}},
			}
		}),
	}})
	if err != nil {
		panic(err)
	}
	return text
}

// BenchmarkScan scans a state of 3,300 objects, of the size that it has and padded to 15 MB.
func BenchmarkScan(b *testing.B) {
	for _, padding := range []int{0, 4400} {
		file := filepath.Join(b.TempDir(), "large.tfstate")
		text := largeState(padding)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			b.Fatal(err)
		}
		for _, command := range []string{"scan", "adopt"} {
			b.Run(fmt.Sprintf("%s/%d_MB", command, len(text)>>20), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					var out, errOut bytes.Buffer
					if exit := Run("test", []string{command, file}, IO{Out: &out, Err: &errOut}); exit == Error {
						b.Fatal(errOut.String())
					}
				}
			})
		}
	}
}
