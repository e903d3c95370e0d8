package io.usr1.weaver.weave;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.attribute.AnnotationRetention;
import net.bytebuddy.implementation.attribute.AnnotationValueFilter;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.matcher.LatentMatcher;
import net.bytebuddy.utility.AsmClassReader;
import net.bytebuddy.utility.AsmClassWriter;

/**
 * A Byte Buddy that only decorates. Its usual one can do more, and looks at the JVM by reflection, and makes matchers and
 * names for it, when it is made. Null stands for what only a class that is made anew is asked for.
 */
final class Decorator extends ByteBuddy {

    Decorator() {
        super(ClassFileVersion.JAVA_V17, null, null, AnnotationValueFilter.Default.APPEND_DEFAULTS, AnnotationRetention.ENABLED,
                Implementation.Context.Disabled.Factory.INSTANCE, MethodGraph.Compiler.ForDeclaredMethods.INSTANCE, InstrumentedType.Factory.Default.FROZEN,
                TypeValidation.DISABLED, null, AsmClassReader.Factory.Default.IMPLICIT, AsmClassWriter.Factory.Default.IMPLICIT,
                new LatentMatcher.Resolved<>(ElementMatchers.none()));
    }
}
