#: page templates/guides/several-workspaces.md.tmpl
#: file terraform.tfstate.d/dev/terraform.tfstate {"version": 4, "terraform_version": "1.8.0", "serial": 1, "lineage": "a", "outputs": {"claims": {"value": {}, "type": ["object", {}]}}, "resources": [], "check_results": null}
#: file terraform.tfstate.d/prod/terraform.tfstate {"version": 4, "terraform_version": "1.8.0", "serial": 1, "lineage": "a", "outputs": {"claims": {"value": {}, "type": ["object", {}]}}, "resources": [], "check_results": null}
#: block 3
