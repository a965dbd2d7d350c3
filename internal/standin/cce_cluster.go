package main

import (
	"context"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// cceCluster is huaweicloud_cce_cluster as of 1.97.1, read in its source
// (huaweicloud/services/cce/resource_huaweicloud_cce_cluster.go): which arguments force replacement, which
// are read back, and what conflicts.
type cceCluster struct{}

var (
	_ resource.ResourceWithImportState    = cceCluster{}
	_ resource.ResourceWithValidateConfig = cceCluster{}
)

// cluster is the resource in configuration, plan and state.
type cluster struct {
	ID           types.String `tfsdk:"id"`
	Name         types.String `tfsdk:"name"`
	Flavor       types.String `tfsdk:"flavor_id"`
	VPC          types.String `tfsdk:"vpc_id"`
	Subnet       types.String `tfsdk:"subnet_id"`
	Mode         types.String `tfsdk:"container_network_type"`
	PodCIDRs     types.String `tfsdk:"container_network_cidr"`
	ServiceCIDR  types.String `tfsdk:"service_network_cidr"`
	Subnets      types.String `tfsdk:"eni_subnet_id"`
	IPv6         types.Bool   `tfsdk:"ipv6_enable"`
	MultiAZ      types.Bool   `tfsdk:"multi_az"`
	ExtendParam  types.Map    `tfsdk:"extend_param"`
	ExtendParams types.List   `tfsdk:"extend_params"`
}

func (cceCluster) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_cce_cluster"
}

func (cceCluster) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = cceSchema
}

// ValidateConfig refuses extend_params beside multi_az (ConflictsWith).
func (cceCluster) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var c cluster
	resp.Diagnostics.Append(req.Config.Get(ctx, &c)...)
	if !c.MultiAZ.IsNull() && len(c.ExtendParams.Elements()) > 0 {
		resp.Diagnostics.AddAttributeError(
			path.Root("extend_params"), "Conflicting configuration arguments", `"extend_params": conflicts with multi_az`,
		)
	}
}

func (cceCluster) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var c cluster
	resp.Diagnostics.Append(req.Plan.Get(ctx, &c)...)
	if resp.Diagnostics.HasError() {
		return
	}
	c.ID = types.StringValue("cce-" + c.Name.ValueString())
	b := built{
		Name: c.Name.ValueString(), Flavor: c.Flavor.ValueString(), VPC: c.VPC.ValueString(), Subnet: c.Subnet.ValueString(),
		Mode: c.Mode.ValueString(), PodCIDRs: c.PodCIDRs.ValueString(), ServiceCIDR: c.ServiceCIDR.ValueString(),
		Subnets: c.Subnets.ValueString(), IPv6: c.IPv6.ValueBool(), ExtendParam: c.extended(),
	}
	if b.ServiceCIDR == "" {
		b.ServiceCIDR = "10.247.0.0/16"
	}
	if err := store(c.ID.ValueString(), b); err != nil {
		resp.Diagnostics.AddError("error creating CCE cluster", err.Error())
		return
	}
	c.read(b)
	resp.Diagnostics.Append(resp.State.Set(ctx, c)...)
}

// extended is what the cloud receives: the map and multi_az if either is set, else the block.
func (c cluster) extended() map[string]string {
	out := map[string]string{}
	for key, value := range c.ExtendParam.Elements() {
		out[key] = value.(types.String).ValueString()
	}
	if c.MultiAZ.ValueBool() {
		out["clusterAZ"] = "multi_az"
	}
	if len(out) > 0 || len(c.ExtendParams.Elements()) != 1 {
		return out
	}
	block := c.ExtendParams.Elements()[0].(types.Object).Attributes()
	for name, key := range extendParams {
		if value := block[name].(types.String).ValueString(); value != "" {
			out[key] = value
		}
	}
	return out
}

// read sets what the provider reads back: neither multi_az nor extend_param nor extend_params is among it.
func (c *cluster) read(b built) {
	c.Name, c.Flavor, c.VPC, c.Subnet = types.StringValue(
		b.Name,
	), types.StringValue(
		b.Flavor,
	), types.StringValue(
		b.VPC,
	), types.StringValue(
		b.Subnet,
	)
	c.Mode, c.PodCIDRs, c.ServiceCIDR = types.StringValue(b.Mode), types.StringValue(b.PodCIDRs), types.StringValue(b.ServiceCIDR)
	c.Subnets, c.IPv6 = types.StringValue(b.Subnets), types.BoolValue(b.IPv6)
}

func (cceCluster) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var c cluster
	resp.Diagnostics.Append(req.State.Get(ctx, &c)...)
	b, err := load(c.ID.ValueString())
	switch {
	case os.IsNotExist(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		resp.Diagnostics.AddError("error retrieving CCE cluster", err.Error())
	default:
		c.read(b)
		resp.Diagnostics.Append(resp.State.Set(ctx, c)...)
	}
}

// Update adds Pod ranges to the end of the list, and refuses any other change of it.
func (cceCluster) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var c, was cluster
	resp.Diagnostics.Append(req.Plan.Get(ctx, &c)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &was)...)
	if !strings.HasPrefix(c.PodCIDRs.ValueString(), was.PodCIDRs.ValueString()) {
		resp.Diagnostics.AddError("error updating CCE cluster", "the container_network_cidr can only be updated incrementally")
		return
	}
	b, err := load(c.ID.ValueString())
	if err == nil {
		b.Flavor, b.PodCIDRs, b.Subnets = c.Flavor.ValueString(), c.PodCIDRs.ValueString(), c.Subnets.ValueString()
		err = store(c.ID.ValueString(), b)
	}
	if err != nil {
		resp.Diagnostics.AddError("error updating CCE cluster", err.Error())
		return
	}
	c.read(b)
	resp.Diagnostics.Append(resp.State.Set(ctx, c)...)
}

func (cceCluster) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var c cluster
	resp.Diagnostics.Append(req.State.Get(ctx, &c)...)
	if err := os.Remove(file(c.ID.ValueString())); err != nil {
		resp.Diagnostics.AddError("error deleting CCE cluster", err.Error())
	}
}

func (cceCluster) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughID(ctx, path.Root("id"), req, resp)
}
