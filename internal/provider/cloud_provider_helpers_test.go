package provider_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// cloudSources are the clouds that have a provider to run: its source in the registry, by the name of the cloud.
var cloudSources = map[string]string{
	"alicloud": "aliyun/alicloud", "aws": "hashicorp/aws", "azure": "hashicorp/azurerm", "ctyun": "ctyun-it/ctyun",
	"google":       "hashicorp/google",
	"huaweicloud":  "huaweicloud/huaweicloud",
	"tencentcloud": "tencentcloudstack/tencentcloud",
	"volcengine":   "volcengine/volcengine", "baiducloud": "baidubce/baiducloud", "ksyun": "kingsoftcloud/ksyun",
}

// toolSources are the sources of other providers that pages use, by name.
var toolSources = map[string]string{"helm": "hashicorp/helm", "local": "hashicorp/local"}

// builtCloudsAt is the folder of the built program, "" where no test needs it.
var builtCloudsAt string

// builtClouds builds the program that serves the types of all these clouds with their real schemas, once.
var builtClouds = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "cidrplan-clouds")
	if err != nil {
		return "", err
	}
	builtCloudsAt = dir
	program := filepath.Join(dir, "standin")
	source := "github.com/cidrplan/terraform-provider-cidrplan/internal/standin"
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, source).CombinedOutput()
	if err != nil {
		return string(out), err
	}
	for _, of := range slices.Concat(slices.Collect(maps.Values(cloudSources)), slices.Collect(maps.Values(toolSources))) {
		if err := os.Link(program, filepath.Join(dir, "terraform-provider-"+path.Base(of))); err != nil {
			return "", err
		}
	}
	return dir, nil
})

// withClouds lets a workspace use the resources and data sources of the clouds. dataSources are the contents of the clouds, by data source.
func (w *workspace) withClouds(dataSources map[string]any) *workspace {
	w.t.Helper()
	built, err := builtClouds()
	if err != nil {
		w.t.Fatalf("build of the clouds' providers: %v\n%s", err, built)
	}
	var overrides strings.Builder
	for _, source := range slices.Concat(slices.Collect(maps.Values(cloudSources)), slices.Collect(maps.Values(toolSources))) {
		fmt.Fprintf(&overrides, "    \"%s/%s\" = %q\n", os.Getenv("TF_ACC_PROVIDER_HOST"), source, built)
	}
	w.clouds = true
	w.file("cli.tfrc", "provider_installation {\n  dev_overrides {\n"+overrides.String()+"  }\n  direct {}\n}\n")
	here, err := os.Getwd()
	if err != nil {
		w.t.Fatal(err)
	}
	schemas := []string{filepath.Join(here, "..", "clouds", "testdata", "schemas"), filepath.Join(here, "..", "standin", "testdata")}
	w.env = append(w.env, "STANDIN_SCHEMAS="+strings.Join(schemas, string(os.PathListSeparator)), "STANDIN_CLOUD="+w.dir)
	for name, content := range dataSources {
		text, err := json.Marshal(content)
		if err != nil {
			w.t.Fatal(err)
		}
		w.file(name+".json", string(text))
	}
	return w
}

// requiring is a terraform block that requires cidrplan and the clouds.
func requiring(clouds ...string) string {
	var out strings.Builder
	for _, cloud := range clouds {
		source := cmp.Or(cloudSources[cloud], toolSources[cloud])
		fmt.Fprintf(&out, "    %s = { source = %q }\n", path.Base(source), source)
	}
	return "terraform {\n  required_providers {\n    cidrplan = { source = \"cidrplan/cidrplan\" }\n" + out.String() + "  }\n}\n"
}
