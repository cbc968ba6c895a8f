package io.punchbridge.access;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** A page as the console has them: looked at, searched, acted on. */
@Path(PageOfATest.PATH)
@Produces(MediaType.TEXT_PLAIN)
@Guarded
public class PageOfATest {
    static final String PATH = "/page-of-a-test";

    private final WhoAsks who;

    public PageOfATest(WhoAsks who) {
        this.who = who;
    }

    @GET
    public String look() {
        return who.asker() + " " + who.mayAct();
    }

    @POST
    public String act() {
        return "acted";
    }

    @POST
    @Path("search")
    @OnlyReads
    public String search() {
        return "found";
    }
}
