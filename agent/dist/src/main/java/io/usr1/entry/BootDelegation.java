package io.usr1.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Loaders that ask the boot loader for {@code java.*} only read a system property for what else to ask it for. The
 * runtime's package is added to what stands there.
 *
 * <p>OSGi's property is left alone where it is not set: a launcher takes its own list from a file then, which a property
 * would hide, and the application would miss what that file gives it. Felix and Equinox do not need it, unless told to be
 * strict: both ask their parent when the question comes from outside a bundle, as the agent's does, and the JVM
 * remembers the answer. JBoss Modules knows no other source than the property.
 */
final class BootDelegation {

    static final String OSGI = "org.osgi.framework.bootdelegation";
    static final String JBOSS_MODULES = "jboss.modules.system.pkgs";
    private static final String RUNTIME = "io.usr1.runtime";

    private BootDelegation() {
    }

    /** @return what was changed, a sentence each, for the log */
    static List<String> append(Properties properties) {
        List<String> changes = new ArrayList<>();
        if (!blank(properties.getProperty(OSGI))) {
            append(OSGI, properties, changes);
        }
        append(JBOSS_MODULES, properties, changes);
        return changes;
    }

    private static void append(String key, Properties properties, List<String> changes) {
        String before = properties.getProperty(key);
        if (blank(before)) {
            properties.setProperty(key, RUNTIME);
        } else if (!names(before)) {
            properties.setProperty(key, before + "," + RUNTIME);
        } else {
            return;
        }
        changes.add("boot delegation: " + RUNTIME + " was added to the system property " + key + ", which was "
                + (blank(before) ? "not set" : "'" + before + "'"));
    }

    private static boolean names(String list) {
        for (String entry : list.split(",")) {
            if (entry.strip().equals(RUNTIME)) {
                return true;
            }
        }
        return false;
    }

    private static boolean blank(String value) {
        return value == null || value.isBlank();
    }
}
