package sample.bench.endtoend;

import java.nio.file.Path;
import sample.bench.load.Bodies;

/**
 * How much is measured, and with what.
 *
 * @param warm     rounds that are not measured, of each JVM
 * @param rounds   that are, of each JVM
 * @param requests of a round with short bodies
 * @param clients  requests in flight
 * @param proxy    the proxy's jar
 * @param patched  class path of the patched proxy
 * @param agent    the agent's jar
 * @param target   the target file
 * @param folder   for logs
 */
record Plan(int warm, int rounds, int requests, int clients, Path proxy, String patched, Path agent, Path target, Path folder) {

    /** Long bodies take three times as long. */
    long requests(Setup setup) {
        return setup.bodies() == Bodies.LARGE ? Math.max(1, requests / 3) : requests;
    }
}
