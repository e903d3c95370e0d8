package io.usr1.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Name;
import jdk.jfr.Relational;

/** Fields of equal value mean the same carrier: it joins an insert, the attach that ended it and the wake that came too late. */
@MetadataDefinition
@Relational
@Name("io.usr1.CarrierIdentity")
@Label("Carrier Identity")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface CarrierIdentity {
}
