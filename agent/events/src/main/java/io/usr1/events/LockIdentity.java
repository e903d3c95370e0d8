package io.usr1.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Name;
import jdk.jfr.Relational;

/**
 * Fields of equal value mean the same lock. With the thread it joins who waited to who held: the holder's acquisition has the
 * lock that was waited for, and the thread that the wait names as previous owner.
 */
@MetadataDefinition
@Relational
@Name("io.usr1.LockIdentity")
@Label("Lock Identity")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface LockIdentity {
}
