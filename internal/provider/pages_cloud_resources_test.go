package provider_test

import "testing"

// Resources of a cloud in an example become objects of the same arguments, and references to them follow.
func TestCloudResourcesAreReplacedByTheirArguments(t *testing.T) {
	got := replaceClouds(t, map[string]string{
		"versions.tf": `terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
    cloud     = { source = "cloud/cloud" }
  }
}
`,
		"cluster.tf": `locals { here = 1 }

resource "cloud_pool" "all" {
  for_each = local.pools
  size     = each.value
}

resource "cloud_cluster" "alpha" {
  pool = cloud_pool.all[local.names[0]].id
  size   = cloud_pool.all["a"].size
  nodes {
    taint = null
  }
  nodes {}
  depends_on = [cloud_pool.all]
}
`,
	})
	want := map[string]string{
		"versions.tf": `terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
  }
}
`,
		"cluster.tf": `locals { here = 1 }



resource "terraform_data" "cloud_pool_all" {
  for_each = local.pools
  input = {
size = each.value
id = "cloud_pool.all[${each.key}].id"
  }
}

resource "terraform_data" "cloud_cluster_alpha" {
  depends_on = [terraform_data.cloud_pool_all]
  input = {
pool = terraform_data.cloud_pool_all[local.names[0]].input.id
size = terraform_data.cloud_pool_all["a"].input.size
nodes = [{
taint = null
},{
},]
  }
}
`,
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s became\n%s\nwant\n%s", name, got[name], want[name])
		}
	}
}
