package statefile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// secret is in every attribute of the fixtures that nobody reads, and in the texts that are refused.
const secret = "S3CR3T"

// wantedTypes are read in the tests of this package.
func wantedTypes(typeName string) (elements string, ok bool) {
	all := map[string]string{
		"huaweicloud_vpc": "", "huaweicloud_vpc_route": "", "huaweicloud_cce_cluster": "", "data.huaweicloud_vpcs": "vpcs",
		"cidrplan_allocator": "",
	}
	elements, ok = all[typeName]
	return elements, ok
}

func read(t *testing.T, file string) Contents {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	contents, err := Read(file, text, wantedTypes)
	if err != nil {
		t.Fatal(err)
	}
	return contents
}

func TestReadRefuses(t *testing.T) {
	const expected = "Expected a state file of format 4 or the output of terraform show -json for a state or plan."
	for name, test := range map[string]struct{ text, want string }{
		"an empty file": {" \n", "The file is empty. " + expected},
		"a truncated state": {
			"{\n  \"version\": 4,\n  \"resources\": [{\"type\": \"" + secret,
			"line 3 (byte 49): The JSON ends too early: the file is truncated.",
		},
		"a wrong character": {"{\n  \"version\": 4,,\n \"" + secret + "\": 1}", "line 2 (byte 17): The text is not valid JSON here."},
		"two documents": {
			`{"version": 4, "serial": 1, "resources": []} {"a": "` + secret + `"}`, "line 1 (byte 45): The text is not valid JSON here.",
		},
		"merge markers": {"{\n<<<<<<< HEAD\n\"version\": 4}", "line 2 (byte 2): The text is not valid JSON here."},
		"an encrypted state": {
			`{"serial":1,"lineage":"a","meta":{"key_provider.a.b":"` + secret + `"},"encrypted_data":"AAAA","encryption_version":"v0"}`,
			"This state is encrypted by OpenTofu. " + expected + " Run tofu show -json",
		},
		"a newer state":  {`{"version": 5, "serial": 1, "resources": []}`, "This is a state file of format 5. " + expected},
		"an older state": {`{"version": 3, "serial": 1, "modules": []}`, "This is a state file of format 3. " + expected},
		"a newer output of show": {
			`{"format_version": "2.0", "values": {}}`, "This is output of terraform show -json of format 2.0. " + expected,
		},
		"a configuration": {
			"resource \"huaweicloud_vpc\" \"a\" {\n  cidr = \"" + secret + "\"\n}\n", "This is a configuration (HCL), not a state.",
		},
		"variables": {"cidr = \"" + secret + "\"\n", "This is a configuration (HCL), not a state."},
		"a saved plan": {
			"PK\x03\x04" + secret, "This is a saved plan in its binary format. " + expected + " Run terraform show -json",
		},
		"a gzip file":                    {"\x1f\x8b\x08", "This is a file compressed by gzip."},
		"a text in UTF-16":               {"\xff\xfe{\x00", "This is a text in UTF-16."},
		"a binary file":                  {"\x7fELF\x00\x01", "This is a binary file."},
		"a file that begins with a zero": {"\x00\x01" + secret, "This is a binary file."},
		"another text":                   {"hello " + secret, "This is not JSON."},
		"a list":                         {`["` + secret + `"]`, "This is not JSON."},
		"another document":               {`{"password": "` + secret + `"}`, "This is JSON of another kind."},
		"an empty object":                {`{}`, "This is JSON of another kind."},
		"another document of version 4":  {`{"version": 4, "metadata": {"` + secret + `": 1}}`, "This is JSON of another kind."},
		"a manifest":                     {`{"version": 1.5e3, "metadata": {}}`, "This is JSON of another kind."},
		"a text for the version": {
			`{"version": "` + secret + `", "resources": []}`, "This is JSON of another kind.",
		},
		"package-lock.json":          {`{"name": "x", "version": "1.0.0"}`, "This is JSON of another kind."},
		"a lock with a broken range": {`{"shop": {"pod_cidrs": ["` + secret + `"]}}`, "The value of an entry of the lock is not"},
		"schemas of providers": {
			`{"format_version": "1.0", "provider_schemas": {}}`, "This is the output of terraform providers schema -json.",
		},
		"the log of a plan": {`{"@level":"info","@message":"` + secret + `"}` + "\n{}", "This is the log of terraform plan -json."},
		"resources as an object": {
			"{\"version\": 4, \"serial\": 1,\n\"resources\": {\"" + secret + "\": 1}}",
			"line 2 (byte 42): The value of resources is not a list.",
		},
		"instances as a number": {
			`{"version": 4, "serial": 1, "resources": [{"mode": "managed", "type": "huaweicloud_vpc", "instances": 3}]}`,
			"The value of instances of a resource is not a list of objects.",
		},
		"attributes as a list": {
			`{"version": 4, "serial": 1, "resources": [{"mode": "managed", "type": "huaweicloud_vpc", "instances": [{"attributes": ["` +
				secret + `"]}]}]}`,
			"The value of attributes of an instance is not an object.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("prod.tfstate", []byte(test.text), wantedTypes)
			var fault *messages.FileError
			if !errors.As(err, &fault) {
				t.Fatalf("error %v, want a FileError", err)
			}
			if text := fault.Error(); !strings.HasPrefix(text, "prod.tfstate: "+test.want) || !strings.Contains(text, expected) {
				t.Errorf("%s\nwant prod.tfstate: %s", text, test.want)
			}
			if strings.Contains(err.Error(), secret) {
				t.Errorf("the error quotes the file: %s", err)
			}
		})
	}
}

func TestReadAcceptsAByteOrderMark(t *testing.T) {
	if _, err := Read("a", []byte("\xef\xbb\xbf{\"version\": 4, \"serial\": 1, \"resources\": []}"), wantedTypes); err != nil {
		t.Error(err)
	}
}

func TestReadAcceptsAnEmptyState(t *testing.T) {
	for _, text := range []string{
		`{"version": 4, "serial": 1, "resources": []}`, `{"version": 4, "serial": 1}`, `{"version": 4, "resources": []}`,
		`{"format_version": "1.0"}`,
	} {
		if c, err := Read("a", []byte(text), wantedTypes); err != nil || len(c.Objects) != 0 {
			t.Errorf("%s: %d objects, %v", text, len(c.Objects), err)
		}
	}
}
