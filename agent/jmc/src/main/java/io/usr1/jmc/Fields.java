package io.usr1.jmc;

import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmc.common.item.Attribute;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.unit.ContentType;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.IUnit;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.JfrAttributes;

/** The fields of one event type in one recording. One that is not there, or that says nothing, reads as null or 0: recordings live longer than versions. */
final class Fields {

    private final IType<IItem> type;
    private final Map<String, IMemberAccessor<?, IItem>> accessors = new HashMap<>();
    private final IMemberAccessor<IQuantity, IItem> start;
    private final IMemberAccessor<IQuantity, IItem> duration;

    Fields(IType<IItem> type) {
        this.type = type;
        this.start = JfrAttributes.START_TIME.getAccessor(type);
        this.duration = JfrAttributes.DURATION.getAccessor(type);
    }

    String text(String field, IItem item) {
        return (String) value(field, UnitLookup.PLAIN_TEXT, item);
    }

    long count(String field, IItem item) {
        return in(UnitLookup.NUMBER_UNITY, (IQuantity) value(field, UnitLookup.NUMBER, item));
    }

    long nanos(String field, IItem item) {
        return in(UnitLookup.NANOSECOND, (IQuantity) value(field, UnitLookup.TIMESPAN, item));
    }

    /** Since the epoch. */
    long start(IItem item) {
        return start == null ? 0 : in(UnitLookup.EPOCH_NS, start.getMember(item));
    }

    long duration(IItem item) {
        return duration == null ? 0 : in(UnitLookup.NANOSECOND, duration.getMember(item));
    }

    private Object value(String field, ContentType<?> kind, IItem item) {
        IMemberAccessor<?, IItem> accessor = accessors.computeIfAbsent(field, id -> Attribute.attr(id, id, kind).getAccessor(type));
        return accessor == null ? null : accessor.getMember(item);
    }

    private static long in(IUnit unit, IQuantity quantity) {
        return quantity == null ? 0 : quantity.clampedLongValueIn(unit);
    }
}
