import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Starts an OSGi framework as its launcher does, the system properties over a configuration of its own, and runs a bundle's class. */
public final class OsgiHost {

    /** Kept to the end: when a class loader goes, so does what the agent says of it. */
    private static Runnable main;

    public static void main(String[] arguments) {
        try {
            run(new File(arguments[0]), arguments[1], arguments[2]);
            System.exit(0);
        } catch (Throwable fault) {
            fault.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(File bundle, String storage, String name) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage);
        for (String key : System.getProperties().stringPropertyNames()) {
            if (key.startsWith("org.osgi.framework.") || key.startsWith("felix.")) {
                settings.put(key, System.getProperty(key));
            }
        }
        Framework framework = ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(settings);
        framework.start();
        Bundle installed = framework.getBundleContext().installBundle(bundle.toURI().toString());
        installed.start();
        main = (Runnable) installed.loadClass(name).getConstructor().newInstance();
        main.run();
        framework.stop();
        framework.waitForStop(0);
    }
}
