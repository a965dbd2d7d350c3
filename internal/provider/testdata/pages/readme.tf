#: page README.md
#: block 1
