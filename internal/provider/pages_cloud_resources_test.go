package provider_test

import "testing"

// Resources of a cloud in an example become objects of the same arguments, and references to them follow.
func TestCloudResourcesAreReplacedByTheirArguments(t *testing.T) {
	got := replaceClouds(t, map[string]string{
		"versions.tf": `terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
    moon     = { source = "moon/moon" }
  }
}
`,
		"cluster.tf": `locals { here = 1 }

resource "moon_crater" "all" {
  for_each = local.craters
  size     = each.value
}

resource "moon_base" "alpha" {
  crater = moon_crater.all[local.names[0]].id
  size   = moon_crater.all["a"].size
  air {
    pressure = null
  }
  air {}
  depends_on = [moon_crater.all]
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



resource "terraform_data" "moon_crater_all" {
  for_each = local.craters
  input = {
size = each.value
id = "moon_crater.all[${each.key}].id"
  }
}

resource "terraform_data" "moon_base_alpha" {
  depends_on = [terraform_data.moon_crater_all]
  input = {
crater = terraform_data.moon_crater_all[local.names[0]].input.id
size = terraform_data.moon_crater_all["a"].input.size
air = [{
pressure = null
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
