// Package alerts holds the alert rules and the dashboard to Prometheus' own parser, and each rule to a story of what it
// shall and shall not fire for.
package alerts

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
)

// A spoiled copy is checked by naming its folder.
func observability(file string) string {
	folder := os.Getenv("OBSERVABILITY")
	if folder == "" {
		folder = "../../observability"
	}
	return filepath.Join(folder, file)
}

func expressions(t *testing.T) map[string]string {
	groups, errs := rulefmt.ParseFile(observability("alerts.yaml"), false, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.Default())
	for _, err := range errs {
		t.Error(err)
	}
	if t.Failed() {
		t.FailNow()
	}
	found := map[string]string{}
	for _, group := range groups.Groups {
		for _, rule := range group.Rules {
			if _, twice := found[rule.Alert]; twice {
				t.Errorf("%s stands there twice", rule.Alert)
			}
			found[rule.Alert] = rule.Expr
		}
	}
	return found
}

func TestPrometheusTakesTheRules(t *testing.T) {
	if len(expressions(t)) == 0 {
		t.Error("there are no rules")
	}
}

// In stories.test `$PunchbridgeBacklogOld` stands for the expression of that alert.
func TestEachRuleFiresWhenItShall(t *testing.T) {
	text, err := os.ReadFile("stories.test")
	if err != nil {
		t.Fatal(err)
	}
	stories := string(text)
	for alert, expression := range expressions(t) {
		name := "$" + alert + "\n"
		if !strings.Contains(stories, name) {
			t.Errorf("stories.test says nothing of %s", alert)
		}
		stories = strings.ReplaceAll(stories, name, expression+"\n")
	}
	if strings.Contains(stories, "$") {
		t.Fatal("stories.test names an alert that isn't there")
	}
	promqltest.RunTest(t, stories, promqltest.NewTestEngine(t, false, 0, promqltest.DefaultMaxSamplesPerQuery))
}

// Grafana puts in what begins with a dollar sign.
var grafana = strings.NewReplacer("$__rate_interval", "5m", "$__range", "1h", "$job", ".*", "$device", ".*")

func TestPrometheusTakesTheDashboardsExpressions(t *testing.T) {
	text, err := os.ReadFile(observability("dashboard.json"))
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, panel := range dashboard.Panels {
		for _, target := range panel.Targets {
			count++
			if _, err := parser.NewParser(parser.Options{}).ParseExpr(grafana.Replace(target.Expr)); err != nil {
				t.Errorf("%s: %v", panel.Title, err)
			}
		}
	}
	if count == 0 {
		t.Error("there are no expressions")
	}
}
