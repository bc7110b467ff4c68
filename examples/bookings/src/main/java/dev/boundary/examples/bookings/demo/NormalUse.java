package dev.boundary.examples.bookings.demo;

import dev.boundary.examples.bookings.demo.Client.Answer;
import dev.boundary.examples.bookings.demo.Paper.Colour;
import dev.boundary.examples.bookings.service.Club;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two clubs at work at the same time, through the HTTP API. Each books the same court at the same hour. */
final class NormalUse {

    private static final String WISH = """
            {"court": "Centre Court", "memberNumber": 1001, "startsAt": "2027-04-01T18:00:00Z",
             "items": ["Court hour", "Racket hire"]}""";

    private final Client client;
    private final Paper paper;

    NormalUse(Client client, Paper paper) {
        this.client = client;
        this.paper = paper;
    }

    /** One request and its answer. */
    private record Step(String request, Answer answer, int wanted) {

        boolean good() {
            return answer.status() == wanted;
        }
    }

    /** Whether every answer was the right one. */
    boolean run() throws InterruptedException, ExecutionException {
        List<Club> clubs = List.of(SeededClub.NORTH, SeededClub.SOUTH);
        boolean good = true;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Step>>> days = clubs.stream()
                    .<Callable<List<Step>>>map(club -> () -> day(club))
                    .toList();
            List<Future<List<Step>>> results = threads.invokeAll(days);
            for (int i = 0; i < clubs.size(); i++) {
                good &= print(clubs.get(i), results.get(i).get());
            }
        }
        return good;
    }

    private List<Step> day(Club club) throws IOException {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("GET /members", client.get(club, "/members"), 200));
        steps.add(new Step("GET /bookings", client.get(club, "/bookings"), 200));
        Answer booked = client.post(club, "/bookings", WISH);
        steps.add(new Step("POST /bookings", booked, 201));
        steps.add(new Step("POST /bookings (again)", client.post(club, "/bookings", WISH), 409));
        String booking = "/bookings/" + booked.body().path("number").asInt(0);
        steps.add(new Step("DELETE " + booking, client.delete(club, booking), 200));
        return steps;
    }

    private boolean print(Club club, List<Step> steps) {
        paper.line("  " + paper.in(Colour.BOLD, club.name())
                + paper.in(Colour.GREY, "  Host: " + club.subdomain() + ".localhost"));
        for (Step step : steps) {
            String mark = step.good() ? paper.in(Colour.GREEN, "ok") : paper.in(Colour.RED, "wanted " + step.wanted());
            paper.line("     " + Paper.padded(step.request(), 25)
                    + step.answer().status() + " " + mark + "  " + told(step.answer()));
        }
        return steps.stream().allMatch(Step::good);
    }

    private static String told(Answer answer) {
        var body = answer.body();
        if (body.isArray()) {
            var first = body.path(0);
            String example = first.has("email")
                    ? first.path("number").asInt() + " " + first.path("name").asString() + " <"
                            + first.path("email").asString() + ">"
                    : "no. " + first.path("number").asInt() + ", "
                            + first.path("court").asString() + ", "
                            + first.path("member").asString();
            return body.size() + " rows; the first: " + example;
        }
        return body.has("message")
                ? body.path("message").asString()
                : "no. " + body.path("number").asInt() + ", "
                        + body.path("court").asString() + ", "
                        + body.path("member").asString() + ", "
                        + body.path("status").asString();
    }
}
