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

    public static void main(String[] arguments) {
        try {
            run(new File(arguments[0]), arguments[1], arguments[2]);
            System.exit(0);
        } catch (Throwable fault) {
            fault.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(File bundle, String storage, String main) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage);
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("org.osgi.framework.") || name.startsWith("felix.")) {
                settings.put(name, System.getProperty(name));
            }
        }
        Framework framework = ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(settings);
        framework.start();
        Bundle installed = framework.getBundleContext().installBundle(bundle.toURI().toString());
        installed.start();
        ((Runnable) installed.loadClass(main).getConstructor().newInstance()).run();
        framework.stop();
        framework.waitForStop(0);
    }
}
