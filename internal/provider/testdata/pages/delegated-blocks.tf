#: page templates/guides/several-workspaces.md.tmpl
#: block 6
