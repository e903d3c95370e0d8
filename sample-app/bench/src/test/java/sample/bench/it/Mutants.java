package sample.bench.it;

import static sample.bench.it.Mutation.DELAY;
import static sample.bench.it.Mutation.none;

import java.io.IOException;
import java.util.List;

/** S16, as this project has it: each fault that would make a bypass wrong, or useless, and what must find it. */
final class Mutants {

    /** What finds a mutant. */
    enum Finder {
        /** The proof, before anything runs. */
        CHECK,
        /** A finding of {@code usr1.mode=audit}. */
        AUDIT,
        /** The breaker, in {@code usr1.mode=bypass}. */
        BREAKER
    }

    /** A fault, done in one way, and its finder. */
    record Mutant(String name, Finder finder, Mutation mutation, String says) {
    }

    private static final String MARKS = "io.usr1.runtime.Marks.";
    private static final String TRIPPED = "the breaker tripped at sample.proxy.IdleConns#takeover";

    private Mutants() {
    }

    static List<Mutant> all() throws IOException {
        return List.of(
                new Mutant("no set", Finder.CHECK, none().target("IdleConns#insertLocked, at: entry, carrier: arg0.tasklet", "BackConnection#drop, at: entry, carrier: this.tasklet"),
                        "a method that sets the flag of layer 'mux' first"),
                new Mutant("no set of one layer", Finder.CHECK, none().target("  - { method: IdleConns#insertLocked, at: entry, carrier: arg0.tls.tasklet }\n", ""),
                        "no place where the flag of layer 'tls' is set"),
                new Mutant("no set", Finder.AUDIT, noSet(), "the flag of a connection that was just listed was clear"),
                new Mutant("no set", Finder.BREAKER, noSet(), TRIPPED),
                new Mutant("clear before unlink", Finder.AUDIT, clearBeforeUnlink(), "the flag of a connection that is about to leave the list was clear"),
                new Mutant("clear before unlink", Finder.BREAKER, clearBeforeUnlink(), TRIPPED),
                new Mutant("set after insert", Finder.CHECK, none().target("IdleConns#insertLocked, at: entry, carrier: arg0.tasklet", "IdleConns#insertLocked, at: exit, carrier: arg0.tasklet"),
                        "the flag must stand before the connection can be found"),
                new Mutant("set after insert", Finder.AUDIT, setAfterInsert(), "the flag of a connection that was just listed was clear"),
                new Mutant("set after insert", Finder.BREAKER, setAfterInsert(), TRIPPED),
                new Mutant("flag on the connection", Finder.CHECK, none().target("class: Tasklet", "class: BackConnection"), "expected the carrier sample.proxy.BackConnection"),
                new Mutant("flag on the connection", Finder.AUDIT, flagOnTheConnection(), "the connection was taken over"),
                new Mutant("carrier reused by takeover", Finder.CHECK, none().source("IdleConns", "connection.tasklet = fresh;", ""),
                        "a takeover that does not write sample.proxy.BackConnection.tasklet"),
                new Mutant("one layer left by takeover", Finder.CHECK, none().source("IdleConns", "            tls.tasklet = freshTls;\n", ""),
                        "a takeover that does not write sample.proxy.TlsLayer.tasklet of layer 'tls'"),
                new Mutant("carrier reused by takeover", Finder.AUDIT, carrierReused(), "the thread that wakes the carrier was"),
                new Mutant("refused insert left clear", Finder.AUDIT, refusedLeftClear(), "the flag after an insert that was refused was clear"),
                new Mutant("no clear", Finder.AUDIT, noClear(), "bypass ratio near 0"));
    }

    private static Mutation noSet() throws IOException {
        return none().source("IdleConns", "        counters.insertLocked();\n", "        " + MARKS + "clear(connection.tasklet, null);\n        counters.insertLocked();\n");
    }

    /** The thief clears what it is about to take. */
    private static Mutation clearBeforeUnlink() throws IOException {
        return none().source("Thief", "candidate.isQuiet(probe) && victim.takeover", "candidate.isQuiet(probe) && clears(old) && victim.takeover")
                .source("Thief", "    private void wakeOwner(", "    private static boolean clears(Tasklet old) {\n        " + MARKS + "clear(old, null);\n        " + DELAY
                        + "\n        return true;\n    }\n\n    private void wakeOwner(");
    }

    private static Mutation setAfterInsert() throws IOException {
        return noSet().source("BackConnection", "            if (!loop().idle.insert(this)) {\n                close();\n            }\n",
                "            Tasklet mine = tasklet;\n            if (!loop().idle.insert(this)) {\n                close();\n            } else {\n"
                        + DELAY + MARKS + "set(mine, null);\n            }\n");
    }

    /** One flag for the connection and all its carriers: the new owner's CLEAR shows on the stolen one too, whose late wake comes after it. */
    private static Mutation flagOnTheConnection() throws IOException {
        return none().source("BackConnection", "    Tasklet tasklet;\n", "    Tasklet tasklet;\n    Tasklet former;\n")
                .source("BackConnection", "        attached++;\n", "        attached++;\n        if (former != null) {\n            "
                        + MARKS + "clear(former, null);\n            former.loop.wakeFromOutside(former);\n            former = null;\n        }\n")
                .source("IdleConns", "        connection.tasklet = fresh;\n", "        connection.former = old;\n        connection.tasklet = fresh;\n");
    }

    /** Undoes the takeover's change of carriers. By reflection and a name put together at run time, which the proof does not see. */
    private static Mutation carrierReused() throws IOException {
        return none().source("Thief", "        if (taken) {\n", "        if (taken) {\n            reuse(candidate, old);\n")
                .source("Thief", "    private void wakeOwner(", "    private static void reuse(BackConnection connection, Tasklet old) {\n        try {\n"
                        + "            java.lang.reflect.Field tasklet = BackConnection.class.getDeclaredField(new StringBuilder(\"telksat\").reverse().toString());\n"
                        + "            java.lang.reflect.Field context = Tasklet.class.getDeclaredField(new StringBuilder(\"txetnoc\").reverse().toString());\n"
                        + "            context.set(old, connection);\n            tasklet.set(connection, old);\n"
                        + "        } catch (ReflectiveOperationException e) {\n            throw new IllegalStateException(e);\n        }\n    }\n\n    private void wakeOwner(");
    }

    private static Mutation refusedLeftClear() throws IOException {
        return none().source("IdleConns", "        if (refusing || !pool.admit()) {\n            counters.insertRefused();\n",
                "        if (refusing || size > 2 || !pool.admit()) {\n            " + MARKS + "clear(connection.tasklet, null);\n            counters.insertRefused();\n");
    }

    private static Mutation noClear() throws IOException {
        return none().source("BackConnection", "        attached++;\n", "        " + MARKS + "set(tasklet, null);\n        attached++;\n");
    }
}
