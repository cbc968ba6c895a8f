package io.punchbridge.access;

import java.nio.file.Path;

/**
 * How the running service lets itself be asked.
 *
 * @param tokenFile file that tells commands of this host where the service is and how they prove that they may ask
 */
public record AccessSettings(Path tokenFile) {

    /** The token file of a store that lies in this file: the same name with another ending. */
    public static Path beside(Path store) {
        String name = store.toString().isEmpty() ? "" : String.valueOf(store.getFileName());
        int dot = name.lastIndexOf('.');
        String base = dot > 0 && !name.endsWith(".token") ? name.substring(0, dot) : name;
        return store.resolveSibling(base + ".token");
    }
}
