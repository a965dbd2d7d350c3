#: page templates/resources/blocks.md.tmpl
#: block 1 with
  clusters = {}
#: end
