package io.punchbridge.console.loadlog;

import java.util.List;

/**
 * The newest runs.
 *
 * @param running how many are under way or wait for their turn
 */
public record RunsView(List<RunView> runs, int running) {
    public boolean isEmpty() {
        return runs.isEmpty();
    }

    public boolean live() {
        return running > 0;
    }
}
