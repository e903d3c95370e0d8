package io.usr1.weaver;

import io.usr1.runtime.Audit;
import io.usr1.runtime.Breaker;
import io.usr1.runtime.Carrier;
import io.usr1.runtime.Gate;
import io.usr1.runtime.Gates;
import io.usr1.runtime.Locks;
import io.usr1.runtime.Marks;
import io.usr1.runtime.Site;
import java.util.List;

/** What woven classes link against: a class loader that finds one of these and not the others would break the application. */
public final class WovenLinks {

    /** Every class of the runtime that woven code may name. */
    public static final List<Class<?>> RUNTIME = List.of(Audit.class, Breaker.class, Carrier.class, Gate.class, Gates.class, Locks.class, Marks.class, Site.class);

    private WovenLinks() {
    }
}
