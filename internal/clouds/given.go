package clouds

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Facts reads an object with one attribute for each platform, each with maps of objects by argument, and joins the objects to facts.
// Faults are at the places in the object, of which the attributes are the top.
func (c *Catalog) Facts(v Value) (Facts, []topology.Fault) {
	r := &givenReader{catalog: c, given: map[string]Given{}}
	r.platforms(v)
	if r.afterApply {
		return Facts{
			Hubs: afterApply[map[string]Hub](), Sites: afterApply[map[string]Site](), VPCs: afterApply[map[string]VPC](),
			Existing: afterApply[map[string]Cluster](), BlockExisting: afterApply[map[string]Known[string]](),
			Unplaced: afterApply[map[string]Unplaced](),
		}, r.faults
	}
	facts, faults := c.Join(r.given)
	return facts, append(r.faults, faults...)
}

// givenReader reads the objects of the argument.
type givenReader struct {
	catalog *Catalog
	given   map[string]Given
	// afterApply says that not even the platforms are known.
	afterApply bool
	faults     []topology.Fault
}

func (r *givenReader) fault(at topology.Path, problem any) {
	r.faults = append(r.faults, topology.Fault{At: at, Problem: problem})
}

// members are those of an object or map; ok is false for what is null or known after apply, and for other values, which are faults.
func (r *givenReader) members(v Value, at topology.Path, expected any) (members map[string]Value, ok bool) {
	switch v.Kind() {
	case Null, Unknown:
		return nil, false
	case Map:
		return v.Members(), true
	}
	r.fault(at, NotMap{Is: v.Type(), Expected: expected})
	return nil, false
}

func (r *givenReader) platforms(v Value) {
	r.afterApply = v.Kind() == Unknown
	platforms, _ := r.members(v, nil, OfPlatforms{r.catalog.Platforms()})
	for _, name := range sortedKeys(platforms) {
		at := topology.Path{}.Attr(name)
		platform := r.catalog.Platform(name)
		if platform == nil {
			r.fault(at, NoSuchPlatform{name, r.catalog.Platforms()})
			continue
		}
		r.given[name] = r.arguments(platform, platforms[name], at)
	}
}

// arguments are the objects of a platform. A platform that is known after apply as a whole has all arguments, each known after apply.
func (r *givenReader) arguments(platform *Platform, v Value, at topology.Path) Given {
	given := Given{}
	if v.Kind() == Unknown {
		for _, argument := range Arguments {
			given[argument] = Objects{At: at.Attr(string(argument)), AfterApply: true}
		}
	}
	arguments, _ := r.members(v, at, OfArguments{platform.Name, platform.Arguments()})
	for _, name := range sortedKeys(arguments) {
		argument := Argument(name)
		if len(platform.Of(argument)) == 0 {
			r.fault(at.Attr(name), NoSuchArgument{platform.Name, name, platform.Arguments()})
			continue
		}
		given[argument] = r.objects(platform, argument, arguments[name], at.Attr(name))
	}
	return given
}

// objects are the objects of an argument by their keys.
func (r *givenReader) objects(platform *Platform, argument Argument, v Value, at topology.Path) Objects {
	out := Objects{Of: map[string]Object{}, At: at, AfterApply: v.Kind() == Unknown}
	objects, is := r.members(v, at, OfObjects{platform.Name, argument})
	if !is {
		return out
	}
	if single := r.singleObject(platform, argument, v, at); single != nil {
		r.fault(at, *single)
		return out
	}
	for _, key := range sortedKeys(objects) {
		object, ok := r.object(platform, argument, objects[key], at.Key(key))
		if !ok {
			continue
		}
		if object.Type == nil {
			out.AfterApply = true
			continue
		}
		out.Of[key] = object
	}
	return out
}

// singleObject is the fault of one resource where a map of them belongs: not all of its members are objects, and it has an ID or the
// attributes of a type. In a map of texts or lists, such as IDs, each of them is a fault of its own.
func (r *givenReader) singleObject(platform *Platform, argument Argument, v Value, at topology.Path) *SingleObject {
	hasValue := false
	for _, member := range v.Members() {
		hasValue = hasValue || member.Kind() == Text || member.Kind() == List
	}
	if !hasValue {
		return nil
	}
	t, fault := r.catalog.Match(platform.Name, argument, v, at)
	if fault == nil {
		return &SingleObject{argument, t.Name}
	}
	wrong, _ := fault.Problem.(WrongObject)
	if _, hasID := v.Members()["id"]; hasID || wrong.Is != "" {
		return &SingleObject{Argument: argument}
	}
	return nil
}

// object is one object. Its Type is nil where it is known after apply as a whole.
func (r *givenReader) object(platform *Platform, argument Argument, v Value, at topology.Path) (object Object, ok bool) {
	switch v.Kind() {
	case Unknown:
		return Object{}, true
	case Null:
		r.fault(at, NullObject{argument})
		return Object{}, false
	case Map:
	default:
		r.fault(at, NotMap{Is: v.Type(), Expected: OfObject{platform.Name, argument}})
		return Object{}, false
	}
	t, fault := r.catalog.Match(platform.Name, argument, v, at)
	if fault != nil {
		r.faults = append(r.faults, *fault)
		return Object{}, false
	}
	object, faults := t.Read(v, at)
	r.faults = append(r.faults, faults...)
	return object, true
}
