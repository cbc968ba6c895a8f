package io.punchbridge.command;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** A way to a running service: where it is, and how a command proves there that it may ask. */
interface Entrance {

    /**
     * @param url without a slash at its end
     * @param where the address in words for a person
     */
    record Access(URI url, String where) {}

    /** Where the service is now; read for each question. */
    Access access() throws NotAsked, InterruptedException;

    /** Adds the proof to a request for that place. */
    void prove(HttpRequest.Builder request, Access access) throws NotAsked;

    HttpClient http();

    /** Why it may be that nobody knew who asked (401). */
    NotAsked unknown(Access access);

    /** Why it may be that there was no answer. */
    NotAsked unreached(Access access, Exception failure);
}
