import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Runs a module's main class in a layer above the boot layer. */
public final class LayerHost {

    /** Kept to the end: when a class loader goes, so does what the agent says of it. */
    private static Runnable main;

    public static void main(String[] arguments) throws Exception {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration found = boot.configuration().resolve(ModuleFinder.of(Path.of(arguments[0])), ModuleFinder.of(), Set.of(arguments[1]));
        // Exported to nobody, so it is opened to this host, as a container does.
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(found, List.of(boot), null);
        Module module = controller.layer().findModule(arguments[1]).orElseThrow();
        String name = arguments[2];
        controller.addExports(module, name.substring(0, name.lastIndexOf('.')), LayerHost.class.getModule());
        main = (Runnable) module.getClassLoader().loadClass(name).getConstructor().newInstance();
        main.run();
    }
}
