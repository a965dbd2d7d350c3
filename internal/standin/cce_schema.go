package main

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	replaces = stringplanmodifier.RequiresReplace()
	stays    = stringplanmodifier.UseStateForUnknown()

	fixed  = schema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{replaces}}
	chosen = schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.String{stays}}
	// chosenOnce is chosen by the cloud where the configuration has no value, and a change replaces the cluster.
	chosenOnce = schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.String{stays, replaces}}
)

// extendParams are the attributes of the block extend_params, each with the key of the API.
var extendParams = map[string]string{
	"cluster_az":         "clusterAZ",
	"dss_master_volumes": "dssMasterVolumes",
	"fix_pool_mask":      "alpha.cce/fixPoolMask",
	"dec_master_flavor":  "decMasterFlavor",
	"docker_umask_mode":  "dockerUmaskMode",
	"cpu_manager_policy": "kubernetes.io/cpuManagerPolicy",
}

var cceSchema = schema.Schema{
	Attributes: map[string]schema.Attribute{
		"id":                     schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stays}},
		"name":                   fixed,
		"flavor_id":              schema.StringAttribute{Required: true},
		"vpc_id":                 fixed,
		"subnet_id":              fixed,
		"container_network_type": fixed,
		"container_network_cidr": chosen,
		"service_network_cidr":   chosenOnce,
		"eni_subnet_id":          chosen,
		"ipv6_enable": schema.BoolAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{
			boolplanmodifier.UseStateForUnknown(), boolplanmodifier.RequiresReplace(),
		}},
		"multi_az": schema.BoolAttribute{Optional: true, PlanModifiers: []planmodifier.Bool{boolplanmodifier.RequiresReplace()}},
		"extend_param": schema.MapAttribute{ElementType: types.StringType, Optional: true, PlanModifiers: []planmodifier.Map{
			mapplanmodifier.RequiresReplace(),
		}},
	},
	Blocks: map[string]schema.Block{
		"extend_params": schema.ListNestedBlock{
			PlanModifiers: []planmodifier.List{listplanmodifier.RequiresReplace()},
			NestedObject:  schema.NestedBlockObject{Attributes: extendAttributes()},
		},
	},
}

func extendAttributes() map[string]schema.Attribute {
	out := map[string]schema.Attribute{}
	for name := range extendParams {
		out[name] = schema.StringAttribute{Optional: true, PlanModifiers: []planmodifier.String{replaces}}
	}
	return out
}
