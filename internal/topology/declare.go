package topology

// DeclareArgument is the argument that has the objects of other arguments as one dynamic value. Of a nested
// argument Terraform drops the attributes that the schema lacks before a provider sees them, misspelled ones
// too; of a dynamic one it passes on everything that was written. In resources it is write-only, so that it
// leaves no trace in the state, and the arguments of the same names are planned from it.
const DeclareArgument = "declare"

// GivenTwice says that an argument is given as such and in declare.
type GivenTwice struct{ Argument string }

// UnusedAttributes says that declare has attributes that nothing reads.
type UnusedAttributes struct{ At []Path }
