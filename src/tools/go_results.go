// What the calls of Go's standard library return, as rules/libraries/go/results.yaml: which return an error, and the
// types of their first results. go run src/tools/go_results.go > rules/libraries/go/results.yaml
package main

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"log"
	"os/exec"
	"regexp"
	"sort"
	"strings"
)

// table holds, for each role with its type or owner, the names that have it.
type table map[string][]string

func (t table) add(key, name string) { t[key] = append(t[key], name) }

// results files a function or method under what it returns.
func (t table) results(owner, name string, signature *types.Signature) {
	list := signature.Results()
	if list.Len() == 0 {
		return
	}
	if list.At(list.Len()-1).Type() == types.Universe.Lookup("error").Type() {
		t.add("role: returns-error, in: "+owner, name)
	}
	if made := typeName(list.At(0).Type()); made != "" {
		t.add("role: constructs, type: "+made, owner+"."+name)
	}
}

// typeName is the qualified name of an exported struct or interface, behind a pointer or not.
func typeName(t types.Type) string {
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !named.Obj().Exported() {
		return ""
	}
	if _, basic := named.Underlying().(*types.Basic); basic {
		return ""
	}
	return named.Obj().Pkg().Path() + "." + named.Obj().Name()
}

func (t table) read(object types.Object) {
	path := object.Pkg().Path()
	switch object := object.(type) {
	case *types.Func:
		t.results(path, object.Name(), object.Signature())
	case *types.TypeName:
		whole := object.Type()
		if !types.IsInterface(whole) {
			whole = types.NewPointer(whole)
		}
		methods := types.NewMethodSet(whole)
		for i := 0; i < methods.Len(); i++ {
			if method := methods.At(i).Obj().(*types.Func); method.Exported() {
				t.results(path+"."+object.Name(), method.Name(), method.Signature())
			}
		}
	}
}

// skipped is what no server calls: tools that read programs, and what is not for others.
var skipped = regexp.MustCompile(`(^|/)(internal|vendor)(/|$)|^(debug|go|plugin|runtime|syscall|testing)(/|$)`)

func packages() []string {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		log.Fatal(err)
	}
	var public []string
	for _, path := range strings.Fields(string(out)) {
		if !skipped.MatchString(path) {
			public = append(public, path)
		}
	}
	return public
}

func main() {
	t := table{}
	source := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, path := range packages() {
		pkg, err := source.Import(path)
		if err != nil {
			log.Fatal(err)
		}
		for _, name := range pkg.Scope().Names() {
			if object := pkg.Scope().Lookup(name); object.Exported() {
				t.read(object)
			}
		}
	}
	t.print()
}

func (t table) print() {
	var keys []string
	for key := range t {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	fmt.Println("# Made by src/tools/go_results.go from the standard library of Go; do not edit.")
	fmt.Println("library: results of the Go standard library\nlanguage: go\nmeans:")
	for _, key := range keys {
		fmt.Printf("  - {%s, names: [%s]}\n", key, strings.Join(t[key], ", "))
	}
}
