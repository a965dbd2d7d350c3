#: page templates/guides/several-workspaces.md.tmpl
#: file claims/team-a.json {"shop/pods/10.64.0.0/20": {"kind": "pods", "owner": "shop", "cidr": "10.64.0.0/20"}}
#: file claims/team-c.json {}
#: block 4
#: block 5
#: block 7
