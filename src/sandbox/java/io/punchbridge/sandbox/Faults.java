package io.punchbridge.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which faults are in force. Several may be at once; each request takes all that match it, in the order in which they
 * were switched on. A path matches if it contains the given part, as {@code insert_many} or {@code Employee Checkin}.
 */
public final class Faults {
    private static final String ANY_PATH = "";
    private static final int FOREVER = Integer.MAX_VALUE;

    private final List<Rule> rules = new ArrayList<>();

    private static final class Rule {
        private final Fault fault;
        private final String pathPart;
        private int left;

        Rule(Fault fault, String pathPart, int left) {
            this.fault = fault;
            this.pathPart = pathPart;
            this.left = left;
        }
    }

    /** For each request until {@link #clear()}. */
    public void always(Fault fault) {
        always(ANY_PATH, fault);
    }

    public void always(String pathPart, Fault fault) {
        add(FOREVER, pathPart, fault);
    }

    /** For that many of the requests to come. */
    public void next(int requests, Fault fault) {
        next(requests, ANY_PATH, fault);
    }

    public void next(int requests, String pathPart, Fault fault) {
        add(requests, pathPart, fault);
    }

    private synchronized void add(int requests, String pathPart, Fault fault) {
        rules.add(new Rule(fault, pathPart, requests));
    }

    /** From now on all is well; requests under way keep their fate. */
    public synchronized void clear() {
        rules.clear();
    }

    /** Whether some fault is still waiting for a request. */
    public synchronized boolean isEmpty() {
        return rules.isEmpty();
    }

    synchronized RequestPlan planFor(Call call) {
        RequestPlan plan = new RequestPlan();
        for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
            Rule rule = each.next();
            if (call.path().contains(rule.pathPart)) {
                rule.fault.apply(plan);
                if (rule.left != FOREVER && --rule.left == 0) {
                    each.remove();
                }
            }
        }
        return plan;
    }
}
