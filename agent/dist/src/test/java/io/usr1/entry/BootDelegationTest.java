package io.usr1.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BootDelegationTest {

    private final Properties properties = new Properties();

    @Test void addsToWhatIsThereAndSaysSo() {
        properties.setProperty(BootDelegation.OSGI, "sun.*,com.acme");
        properties.setProperty(BootDelegation.JBOSS_MODULES, "com.acme");
        List<String> said = BootDelegation.append(properties);
        assertEquals("sun.*,com.acme,io.usr1.runtime", properties.getProperty(BootDelegation.OSGI));
        assertEquals("com.acme,io.usr1.runtime", properties.getProperty(BootDelegation.JBOSS_MODULES));
        assertEquals("boot delegation: io.usr1.runtime was added to the system property org.osgi.framework.bootdelegation, which was 'sun.*,com.acme'", said.get(0));
        assertEquals(2, said.size());
    }

    /** A property would hide the list in a launcher's file. */
    @Test void doesNotMakeUpAListForOsgi() {
        assertEquals(1, BootDelegation.append(properties).size());
        assertNull(properties.getProperty(BootDelegation.OSGI));
        assertEquals("io.usr1.runtime", properties.getProperty(BootDelegation.JBOSS_MODULES));
    }

    @Test void addsNothingTwice() {
        properties.setProperty(BootDelegation.OSGI, " io.usr1.runtime , sun.*");
        properties.setProperty(BootDelegation.JBOSS_MODULES, "io.usr1.runtime");
        assertTrue(BootDelegation.append(properties).isEmpty());
        assertEquals(" io.usr1.runtime , sun.*", properties.getProperty(BootDelegation.OSGI));
    }

    /** Both frameworks take {@code io.usr1.runtimes} for another package. */
    @Test void knowsAPackageFromItsPrefix() {
        properties.setProperty(BootDelegation.OSGI, "io.usr1.runtimes");
        BootDelegation.append(properties);
        assertEquals("io.usr1.runtimes,io.usr1.runtime", properties.getProperty(BootDelegation.OSGI));
    }
}
